import fc from 'fast-check';
import t from 'tap';
import { Refusal } from '../../src/errors/refusal.js';
import { encodeHeader } from '../../src/safetensors/encodeHeader.js';
import {
  DIMENSIONS_MAX,
  HEADER_BYTES_MAX,
  METADATA_ENTRIES_MAX,
  TENSOR_NAME_MAX,
  TENSORS_MAX,
} from '../../src/safetensors/limits.js';
import { parseHeader } from '../../src/safetensors/parseHeader.js';
import { buildFile, concat, entry } from './build.js';
import { refusalOf } from './refusalOf.js';

const parse = (file: Uint8Array, fileBytes = file.length) => parseHeader(file, fileBytes);
const zeros = (bytes: number) => new Uint8Array(bytes);

t.test('reads tensors in the order of their bytes, with absolute offsets', async (t) => {
  const text = `{"b":${entry('F16', [2, 3], 8, 20)},"__metadata__":{"format":"pt"},"a":${entry('F32', [2], 0, 8)}}`;
  const header = parse(buildFile(text, zeros(20)));
  const dataStart = 8 + text.length;
  t.strictSame(header.tensors, [
    { name: 'a', dtype: 'F32', shape: [2], begin: dataStart, end: dataStart + 8 },
    { name: 'b', dtype: 'F16', shape: [2, 3], begin: dataStart + 8, end: dataStart + 20 },
  ]);
  t.equal(header.metadata.format, 'pt');
  t.equal(header.dataStart, dataStart);
  t.equal(header.fileBytes, dataStart + 20);
});

t.test('accepts what the format allows', async (t) => {
  t.equal(parse(buildFile('{}')).tensors.length, 0, 'no tensors');
  t.equal(parse(buildFile('{}      ')).tensors.length, 0, 'padding with spaces');
  t.equal(parse(buildFile(`{"x":${entry('F64', [], 0, 8)}}`, zeros(8))).tensors.length, 1, 'a scalar');
  t.equal(parse(buildFile(`{"x":${entry('BOOL', [0, 5], 0, 0)}}`)).tensors.length, 1, 'an empty tensor');
  t.equal(parse(buildFile(`{"x":${entry('F4', [2], 0, 1)}}`, zeros(1))).tensors.length, 1, 'half bytes');
  const spaced = '{ "x" :\n{ "data_offsets":[ 0 ,1],\t"shape":[1 ], "dtype":"U8" } }';
  t.equal(parse(buildFile(spaced, zeros(1))).tensors.length, 1, 'white space and another order of fields');
  const empties = `{"b":${entry('F32', [0], 4, 4)},"a":${entry('F32', [1], 0, 4)},"c":${entry('F32', [0], 0, 0)}}`;
  t.strictSame(
    parse(buildFile(empties, zeros(4))).tensors.map(({ name }) => name),
    ['c', 'a', 'b'],
    'empty tensors between others',
  );
  for (const dtype of ['I8', 'U8', 'BOOL', 'F8_E4M3', 'F8_E5M2', 'F8_E8M0']) {
    t.equal(parse(buildFile(`{"x":${entry(dtype, [3], 0, 3)}}`, zeros(3))).tensors[0]?.dtype, dtype);
  }
  for (const dtype of ['I64', 'U64', 'F64', 'C64']) {
    t.equal(parse(buildFile(`{"x":${entry(dtype, [3], 0, 24)}}`, zeros(24))).tensors[0]?.dtype, dtype);
  }
});

t.test('refuses lengths that cannot be', async (t) => {
  const refused = (file: Uint8Array, fileBytes = file.length) =>
    t.equal(refusalOf(() => parse(file, fileBytes)).code, 'safetensors_malformed');
  for (let bytes = 0; bytes < 8; bytes++) refused(zeros(bytes));
  refused(zeros(8));
  refused(buildFile('{}', zeros(0), 3n));
  refused(buildFile('{}', zeros(0), BigInt(HEADER_BYTES_MAX) + 1n), HEADER_BYTES_MAX * 2);
  refused(buildFile('{}', zeros(0), 2n ** 32n + 2n));
  refused(buildFile('{}', zeros(0), 2n ** 64n - 1n));
  refused(buildFile('{}', zeros(0), 2n ** 63n));
  refused(buildFile('{}', zeros(0), 0n));
  refused(buildFile('{}', zeros(0), 1n));
});

t.test('asks for the whole header and does not take too little for malformed', async (t) => {
  const file = buildFile('{}   ');
  t.throws(() => parseHeader(file.subarray(0, 7), file.length), RangeError);
  t.throws(() => parseHeader(file.subarray(0, 12), file.length), RangeError);
});

const ok = entry('F32', [1], 0, 4);
const quoted = (name: string) => JSON.stringify(name);

/** Header text, the data's size, and the tensor that the refusal must name where there is one. */
const HOSTILE: [why: string, header: string, dataBytes: number, tensor?: string][] = [
  ['an array', '[]', 0],
  ['a leading space', ' {}', 0],
  ['a byte order mark', '\uFEFF{}', 0],
  ['no end', '{', 0],
  ['no end after a key', '{"x"', 0, 'x'],
  ['no end after a colon', '{"x":', 0, 'x'],
  ['no end of a string', '{"x', 0],
  ['no end after an escape', '{"x\\', 0],
  ['text after the end', '{}x', 0],
  ['a second object', '{}{}', 0],
  ['a line feed after the end', '{}\n', 0],
  ['a zero byte after the end', '{}\0', 0],
  ['a trailing comma', `{"x":${ok},}`, 4, 'x'],
  ['a missing comma', `{"x":${ok} "y":${ok}}`, 4, 'x'],
  ['a key without quotes', `{x:${ok}}`, 4],
  ['a key in single quotes', `{'x':${ok}}`, 4],
  ['a comment', `{/**/"x":${ok}}`, 4],
  ['a control character in a key', `{"x\u0001":${ok}}`, 4],
  ['a bad escape', `{"\\x":${ok}}`, 4],
  ['half a surrogate pair', `{"\\ud800":${ok}}`, 4],
  ['a key twice', `{"x":${ok},"x":${ok}}`, 4, 'x'],
  ['a key twice, once escaped', `{"x":${ok},"\\u0078":${ok}}`, 4, 'x'],
  ['metadata twice', '{"__metadata__":{},"__metadata__":{}}', 0],
  ['a key of metadata twice', '{"__metadata__":{"a":"1","a":"2"}}', 0],
  ['a field twice', '{"x":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 4, 'x'],
  ['metadata that is a string', '{"__metadata__":"pt"}', 0],
  ['metadata that is an array', '{"__metadata__":[]}', 0],
  ['a number in metadata', '{"__metadata__":{"a":1}}', 0],
  ['an object in metadata', '{"__metadata__":{"a":{}}}', 0],
  ['null in metadata', '{"__metadata__":{"a":null}}', 0],
  ['an entry that is a string', '{"x":"F32"}', 0, 'x'],
  ['an entry that is null', '{"x":null}', 0, 'x'],
  ['an entry that is a number', '{"x":1}', 0, 'x'],
  ['an entry that is an array', '{"x":[]}', 0, 'x'],
  ['an empty entry', '{"x":{}}', 0, 'x'],
  ['no dtype', '{"x":{"shape":[1],"data_offsets":[0,4]}}', 4, 'x'],
  ['no shape', '{"x":{"dtype":"F32","data_offsets":[0,4]}}', 4, 'x'],
  ['no offsets', '{"x":{"dtype":"F32","shape":[1]}}', 4, 'x'],
  ['another field', '{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"y":1}}', 4, 'x'],
  [
    'a field named like a prototype',
    '{"x":{"__proto__":[],"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
    4,
    'x',
  ],
  ['a numeric dtype', '{"x":{"dtype":32,"shape":[1],"data_offsets":[0,4]}}', 4, 'x'],
  ['an unknown dtype', `{"x":${entry('F33', [1], 0, 4)}}`, 4, 'x'],
  ['a dtype in lower case', `{"x":${entry('f32', [1], 0, 4)}}`, 4, 'x'],
  ['a dtype named like a method', `{"x":${entry('toString', [1], 0, 4)}}`, 4, 'x'],
  ['a shape that is a number', '{"x":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}', 4, 'x'],
  ['a shape that is an object', '{"x":{"dtype":"F32","shape":{"0":1},"data_offsets":[0,4]}}', 4, 'x'],
  ['a string in a shape', '{"x":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}', 4, 'x'],
  ['a negative size', '{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}', 4, 'x'],
  [
    'negative sizes with a right product',
    '{"x":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}',
    4,
    'x',
  ],
  ['a fractional size', '{"x":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}', 4, 'x'],
  ['an exponent', '{"x":{"dtype":"F32","shape":[1e0],"data_offsets":[0,4]}}', 4, 'x'],
  ['a leading zero', '{"x":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}', 4, 'x'],
  ['NaN', '{"x":{"dtype":"F32","shape":[NaN],"data_offsets":[0,4]}}', 4, 'x'],
  ['a size above 2^53', '{"x":{"dtype":"F32","shape":[9007199254740993],"data_offsets":[0,4]}}', 4, 'x'],
  [
    'a number of 400 digits',
    `{"x":{"dtype":"F32","shape":[${'9'.repeat(400)}],"data_offsets":[0,4]}}`,
    4,
    'x',
  ],
  ['a product above 2^53', `{"x":${entry('F32', [2 ** 30, 2 ** 30], 0, 0)}}`, 0, 'x'],
  ['a product that wraps to 4 in 64 bits', `{"x":${entry('F32', [2 ** 32, 2 ** 32, 1], 0, 4)}}`, 4, 'x'],
  ['an impossible product made zero', `{"x":${entry('F32', [2 ** 40, 2 ** 40, 0], 0, 0)}}`, 0, 'x'],
  ['too few bytes', `{"x":${entry('F32', [2], 0, 4)}}`, 4, 'x'],
  ['too many bytes', `{"x":${entry('F16', [1], 0, 4)}}`, 4, 'x'],
  ['part of a byte', `{"x":${entry('F4', [3], 0, 1)}}`, 1, 'x'],
  ['an end before the begin', `{"x":${entry('F32', [1], 4, 0)}}`, 4, 'x'],
  ['one offset', '{"x":{"dtype":"F32","shape":[1],"data_offsets":[4]}}', 4, 'x'],
  ['three offsets', '{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}', 4, 'x'],
  ['offsets that are strings', '{"x":{"dtype":"F32","shape":[1],"data_offsets":["0","4"]}}', 4, 'x'],
  ['a negative offset', '{"x":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}', 4, 'x'],
  ['a gap at the start', `{"x":${entry('F32', [1], 4, 8)}}`, 8, 'x'],
  ['a gap in the middle', `{"x":${ok},"y":${entry('F32', [1], 8, 12)}}`, 12, 'y'],
  ['an overlap', `{"x":${entry('F32', [2], 0, 8)},"y":${entry('F32', [2], 4, 12)}}`, 12, 'y'],
  ['the same bytes twice', `{"x":${ok},"y":${ok}}`, 4, 'y'],
  [
    'an empty tensor inside another',
    `{"x":${entry('F32', [2], 0, 8)},"y":${entry('F32', [0], 4, 4)}}`,
    8,
    'y',
  ],
  ['an end beyond the file', `{"x":${ok}}`, 3, 'x'],
  ['an end far beyond the file', `{"x":${entry('U8', [2 ** 50], 0, 2 ** 50)}}`, 3, 'x'],
  ['bytes after the last tensor', `{"x":${ok}}`, 5],
  ['data without tensors', '{}', 1],
  ['more dimensions than allowed', `{"x":${entry('F32', Array(DIMENSIONS_MAX + 1).fill(1), 0, 4)}}`, 4, 'x'],
  ['a name above the cap', `{${quoted('n'.repeat(TENSOR_NAME_MAX + 1))}:${ok}}`, 4, `${'n'.repeat(160)}…`],
  ['deep arrays', `{"x":${'['.repeat(1e5)}${']'.repeat(1e5)}}`, 0, 'x'],
  ['deep objects', `{"x":${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}}`, 0, 'x'],
  ['an array in a shape', '{"x":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}', 4, 'x'],
];

for (const [why, text, dataBytes, tensor] of HOSTILE) {
  t.test(`refuses ${why}`, async (t) => {
    const refusal = refusalOf(() => parse(buildFile(text, zeros(dataBytes))));
    t.equal(refusal.code, 'safetensors_malformed');
    t.equal(refusal.errors[0]?.tensor, tensor, refusal.message);
    t.ok(refusal.message.length < 1000, 'the message stays short');
    t.match(refusal.message, /^[ -~…]+$/, 'the message has one line of plain characters');
  });
}

t.test('refuses more members than any header needs', async (t) => {
  const many = Array.from({ length: TENSORS_MAX + 2 }, (_, i) => `"${i}":${entry('U8', [0], 0, 0)}`);
  t.equal(refusalOf(() => parse(buildFile(`{${many}}`))).code, 'safetensors_malformed');
  const notes = Array.from({ length: METADATA_ENTRIES_MAX + 1 }, (_, i) => `"${i}":""`);
  t.equal(refusalOf(() => parse(buildFile(`{"__metadata__":{${notes}}}`))).code, 'safetensors_malformed');
  t.equal(Object.keys(parse(buildFile(`{"__metadata__":{${notes.slice(1)}}}`)).metadata).length, 1024);
});

t.test('refuses invalid UTF-8', async (t) => {
  const bytes = new TextEncoder().encode(`{"x":${ok}}`);
  bytes[2] = 0xff;
  const refusal = refusalOf(() => parse(buildFile(bytes, zeros(4))));
  t.equal(refusal.code, 'safetensors_malformed');
  t.match(refusal.message, /UTF-8/);
});

t.test('names with a meaning in JavaScript are names like any other', async (t) => {
  const text = `{"__proto__":${ok},"constructor":${entry('F32', [1], 4, 8)},"__metadata__":{"__proto__":"p","toString":"s"}}`;
  const header = parse(buildFile(text, zeros(8)));
  t.strictSame(
    header.tensors.map(({ name }) => name),
    ['__proto__', 'constructor'],
  );
  t.strictSame(Object.entries(header.metadata), [
    ['__proto__', 'p'],
    ['toString', 's'],
  ]);
  t.equal(Reflect.get({}, 'p'), undefined);
});

const tensors = fc.uniqueArray(
  fc.record({
    name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    dtype: fc.constantFrom('F64', 'F32', 'F16', 'BF16', 'I8', 'BOOL'),
    shape: fc.array(fc.nat(5), { maxLength: 4 }),
  }),
  { selector: ({ name }) => name, maxLength: 12 },
);
const size = (dtype: string) => ({ F64: 8, F32: 4, F16: 2, BF16: 2 })[dtype] ?? 1;
const volume = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);

t.test('reads back whatever encodeHeader writes', async () => {
  fc.assert(
    fc.property(
      tensors,
      fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })),
      (list, metadata) => {
        const bytes = encodeHeader(list, metadata);
        const dataBytes = list.reduce((sum, { dtype, shape }) => sum + size(dtype) * volume(shape), 0);
        const header = parseHeader(bytes, bytes.length + dataBytes);
        const byName = new Map(header.tensors.map((tensor) => [tensor.name, tensor]));
        let begin = bytes.length;
        for (const { name, dtype, shape } of list) {
          const end = begin + size(dtype) * volume(shape);
          const found = byName.get(name);
          const same = found?.dtype === dtype && found.begin === begin && found.end === end;
          if (!same || String(found.shape) !== String(shape)) return false;
          begin = end;
        }
        const entries = Object.entries(metadata);
        return (
          byName.size === list.length &&
          Object.keys(header.metadata).length === entries.length &&
          entries.every(([key, text]) => header.metadata[key] === text)
        );
      },
    ),
    { numRuns: 300 },
  );
});

t.test('a damaged file is parsed or refused, never a fault, and what is parsed tiles the file', async () => {
  const text = `{"__metadata__":{"format":"pt"},"a.lora_A":${entry('F32', [2, 2], 0, 16)},"b":${entry('F16', [3], 16, 22)}}`;
  const valid = buildFile(text, zeros(22));
  const damage = fc.record({
    at: fc.nat(valid.length - 1),
    drop: fc.nat(3),
    insert: fc.oneof(
      fc.uint8Array({ maxLength: 3 }),
      fc
        .constantFrom('"', '{', '}', '[', ']', ',', ':', '0', '9', '\\', 'e', '.')
        .map((c) => new TextEncoder().encode(c)),
    ),
  });
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (all) => {
      let file = valid;
      for (const { at, drop, insert } of all) {
        file = concat(file.subarray(0, at), insert, file.subarray(Math.min(file.length, at + drop)));
      }
      try {
        const header = parse(file);
        let end = header.dataStart;
        for (const tensor of header.tensors) {
          if (tensor.begin !== end) return false;
          end = tensor.end;
        }
        return end === file.length;
      } catch (error) {
        return error instanceof Refusal && error.code === 'safetensors_malformed';
      }
    }),
    { numRuns: 3000 },
  );
});
