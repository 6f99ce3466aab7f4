// @ts-check
// Prints two lines of JSON, the second of them in two pieces, complains and fails.
process.stdout.write('{"number":1}\n{"num');
setTimeout(() => {
  process.stdout.write('ber":2}\n');
  process.stderr.write('it broke: here is why\n');
  process.exitCode = 1;
}, 100);
