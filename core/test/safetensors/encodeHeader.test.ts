import t from 'tap';
import { encodeHeader } from '../../src/safetensors/encodeHeader.js';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes.subarray(8));

t.test('writes length, JSON and padding to a multiple of 8', async (t) => {
  for (let n = 0; n < 16; n++) {
    const bytes = encodeHeader([{ name: 'x'.repeat(n), dtype: 'F16', shape: [2, 3] }]);
    const length = new DataView(bytes.buffer).getBigUint64(0, true);
    t.equal(length, BigInt(bytes.length - 8));
    t.equal(bytes.length % 8, 0);
    const json = text(bytes);
    t.match(json, /\} {0,7}$/);
    t.strictSame(JSON.parse(json), {
      __metadata__: { format: 'pt' },
      ['x'.repeat(n)]: { dtype: 'F16', shape: [2, 3], data_offsets: [0, 12] },
    });
  }
});

t.test('lays the tensors out one after the other, in the given order', async (t) => {
  const bytes = encodeHeader(
    [
      { name: 'b', dtype: 'F32', shape: [3] },
      { name: 'é"\n', dtype: 'BF16', shape: [5] },
      { name: 'a', dtype: 'F32', shape: [] },
    ],
    {},
  );
  t.ok(
    bytes.subarray(8).every((byte) => byte < 0x80) && !text(bytes).includes('\n'),
    'the header is plain ASCII',
  );
  const parsed = JSON.parse(text(bytes));
  t.strictSame(Object.keys(parsed), ['__metadata__', 'b', 'é"\n', 'a']);
  t.strictSame(parsed.b.data_offsets, [0, 12]);
  t.strictSame(parsed['é"\n'].data_offsets, [12, 22]);
  t.strictSame(parsed.a.data_offsets, [22, 26]);
});

t.test('does not write what it would refuse to read', async (t) => {
  const tensor = { name: 'x', dtype: 'F32', shape: [1] };
  t.throws(() => encodeHeader([tensor, tensor]), RangeError);
  t.throws(() => encodeHeader([{ ...tensor, name: '__metadata__' }]), RangeError);
  t.throws(() => encodeHeader([{ ...tensor, dtype: 'F33' }]), RangeError);
  t.throws(() => encodeHeader([{ ...tensor, shape: [-1] }]), RangeError);
  t.throws(() => encodeHeader([{ ...tensor, shape: [1.5, 2] }]), RangeError);
  t.throws(() => encodeHeader([{ ...tensor, shape: [2 ** 40, 2 ** 40] }]), RangeError);
  t.throws(() => encodeHeader([{ ...tensor, dtype: 'F4', shape: [3] }]), RangeError);
  t.throws(() => encodeHeader([tensor], { note: 'n'.repeat(2 ** 24) }), RangeError);
});
