import fc from 'fast-check';
import t from 'tap';
import { AdapterScanner } from '../../src/safetensors/adapterScanner.js';
import { encodeHeader } from '../../src/safetensors/encodeHeader.js';
import { parseHeader } from '../../src/safetensors/parseHeader.js';
import { buildFile, concat, entry } from './build.js';
import { refusalOf } from './refusalOf.js';

const CAPS = { fileBytesMax: 1_000_000 };
const LAYOUT = [
  { name: 'first', dtype: 'F16', shape: [3], bad: 0x7c00 },
  { name: 'second', dtype: 'F32', shape: [2, 2], bad: 0x7fc00000 },
  { name: 'empty', dtype: 'F32', shape: [0, 4], bad: 0 },
  { name: 'third', dtype: 'BF16', shape: [5], bad: 0xff80 },
  { name: 'fourth', dtype: 'F32', shape: [3], bad: 0xff800000 },
];
const bytesOf = (dtype: string) => (dtype === 'F32' ? 4 : 2);

/** A valid file; with `spoil`, one element of one tensor is not finite. */
function adapter(spoil?: { tensor: number; element: number }): Uint8Array {
  const head = encodeHeader(LAYOUT);
  const parts = LAYOUT.map(({ dtype, shape, bad }, i) => {
    const count = shape.reduce((product, n) => product * n, 1);
    const bytes = new Uint8Array(count * bytesOf(dtype));
    const view = new DataView(bytes.buffer);
    for (let k = 0; k < count; k++) {
      const bits = spoil?.tensor === i && spoil.element === k ? bad : 0x3c00 + k;
      if (dtype === 'F32') view.setUint32(4 * k, bits, true);
      else view.setUint16(2 * k, bits, true);
    }
    return bytes;
  });
  return concat(head, ...parts);
}

function scan(file: Uint8Array, cuts: readonly number[] = [], caps = CAPS) {
  const scanner = new AdapterScanner(caps);
  const ends = [...cuts.map((cut) => cut % (file.length + 1)), file.length].sort((x, y) => x - y);
  let at = 0;
  for (const end of ends) {
    scanner.push(file.subarray(at, end));
    at = end;
  }
  return scanner.finish();
}

const cuts = fc.array(fc.nat(), { maxLength: 12 });

t.test('gives the header that the whole file gives, whatever the pieces', async (t) => {
  const file = adapter();
  const whole = parseHeader(file, file.length);
  t.strictSame(scan(file), whole);
  t.strictSame(scan(file, Array.from(file.keys())), whole, 'byte by byte');
  fc.assert(
    fc.property(cuts, (places) => JSON.stringify(scan(file, places)) === JSON.stringify(whole)),
    { numRuns: 300 },
  );
});

t.test('shows the header as soon as it is complete', async (t) => {
  const file = adapter();
  const { dataStart } = parseHeader(file, file.length);
  const scanner = new AdapterScanner(CAPS);
  scanner.push(file.subarray(0, dataStart - 1));
  t.equal(scanner.header, undefined);
  scanner.push(file.subarray(dataStart - 1, dataStart));
  t.equal(scanner.header?.fileBytes, file.length);
});

t.test('names tensor and element of every value that is not finite, whatever the pieces', async (t) => {
  for (const [tensor, { name, shape }] of LAYOUT.entries()) {
    const count = shape.reduce((product, n) => product * n, 1);
    for (let element = 0; element < count; element++) {
      const file = adapter({ tensor, element });
      const every = Array.from(file.keys());
      for (const places of [[], every, every.filter((n) => n % 2), every.filter((n) => n % 3 === 0)]) {
        const refusal = refusalOf(() => scan(file, places));
        t.equal(refusal.code, 'tensor_not_finite');
        t.equal(refusal.errors[0]?.tensor, name);
        t.match(refusal.message, new RegExp(`element ${element}$`));
      }
    }
  }
});

t.test('random pieces find the same value', async () => {
  fc.assert(
    fc.property(cuts, fc.nat(2), (places, element) => {
      const refusal = refusalOf(() => scan(adapter({ tensor: 4, element }), places));
      return refusal.message === `tensor "fourth" holds NaN or infinity at element ${element}`;
    }),
    { numRuns: 300 },
  );
});

t.test('names the same fault of a file that has two, whatever the pieces', async (t) => {
  const file = concat(adapter({ tensor: 4, element: 2 }), new Uint8Array(3));
  for (const places of [[], [file.length - 3], Array.from(file.keys())]) {
    t.equal(refusalOf(() => scan(file, places)).code, 'tensor_not_finite');
  }
});

t.test('refuses a value before the rest of the file arrives', async (t) => {
  const file = adapter({ tensor: 0, element: 1 });
  const scanner = new AdapterScanner(CAPS);
  const { dataStart } = parseHeader(file, file.length);
  scanner.push(file.subarray(0, dataStart + 3));
  t.equal(
    refusalOf(() => scanner.push(file.subarray(dataStart + 3, dataStart + 4))).code,
    'tensor_not_finite',
  );
});

t.test('refuses what the header shows before any data arrives', async (t) => {
  const early = (file: Uint8Array, caps = CAPS) => refusalOf(() => new AdapterScanner(caps).push(file));
  const f64 = buildFile(`{"w":${entry('F64', [10], 0, 80)}}`);
  t.equal(early(f64).code, 'tensor_dtype_unsupported');
  t.equal(early(f64).errors[0]?.tensor, 'w');
  t.equal(early(buildFile(`{"w":${entry('I8', [1], 0, 1)}}`)).code, 'tensor_dtype_unsupported');
  t.equal(early(buildFile('{"w":1}')).code, 'safetensors_malformed');
  t.equal(early(buildFile('', new Uint8Array(0), 2n ** 40n)).code, 'safetensors_malformed');
  t.equal(early(buildFile('', new Uint8Array(0), 0n)).code, 'safetensors_malformed');
  const huge = buildFile(`{"w":${entry('F32', [2 ** 40], 0, 2 ** 42)}}`);
  t.equal(early(huge).code, 'safetensors_too_large');
  t.equal(early(adapter(), { fileBytesMax: adapter().length - 1 }).code, 'safetensors_too_large');
  t.ok(scan(adapter(), [], { fileBytesMax: adapter().length }), 'a file of just the cap passes');
});

t.test('refuses a file that goes on, at the first byte too many', async (t) => {
  const file = adapter();
  const scanner = new AdapterScanner(CAPS);
  scanner.push(file);
  const refusal = refusalOf(() => scanner.push(new Uint8Array(1)));
  t.equal(refusal.code, 'safetensors_malformed');
  t.equal(refusalOf(() => scan(concat(file, new Uint8Array(1)))).code, 'safetensors_malformed');
});

t.test('refuses a file that stops short, wherever', async (t) => {
  const file = adapter();
  for (let bytes = 0; bytes < file.length; bytes++) {
    const scanner = new AdapterScanner(CAPS);
    scanner.push(file.subarray(0, bytes));
    const refusal = refusalOf(() => scanner.finish());
    if (refusal.code !== 'safetensors_malformed') t.fail(`${bytes}: ${refusal.code}`);
  }
  t.ok(scan(file));
});

t.test('takes a file without tensors', async (t) => {
  t.strictSame(scan(buildFile('{}')).tensors, []);
});

t.test('keeps no reference to the pieces', async (t) => {
  const file = adapter();
  const scanner = new AdapterScanner(CAPS);
  const piece = new Uint8Array(7);
  for (let at = 0; at < file.length; at += 7) {
    const bytes = file.subarray(at, at + 7);
    piece.set(bytes);
    scanner.push(piece.subarray(0, bytes.length));
    piece.fill(0xff);
  }
  t.strictSame(scanner.finish(), parseHeader(file, file.length));
});
