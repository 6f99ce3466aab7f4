// @ts-check
// Says when it starts and when it is asked to stop; crashes when told to by its argument.
import { writeSync } from 'node:fs';

process.on('SIGTERM', () => {
  writeSync(1, 'stopping\n');
  if (process.argv[2] !== 'stubborn') process.exit(0);
});
// Only now: whoever reads this may send the signal at once.
writeSync(1, `started ${process.pid}\n`);
if (process.argv[2] === 'crash') setTimeout(() => process.exit(7), 50);
setInterval(() => {}, 1000);
