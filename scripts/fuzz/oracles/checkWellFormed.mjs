// @ts-check
import { DTYPE_BITS } from '../../../core/dist/safetensors/dtypes.js';
import { promise } from './promise.mjs';

/**
 * Whether a file that was accepted is what the format says, found out in another way than the reader's: with
 * JSON.parse, exact integers, and a count of members that equal keys would falsify.
 *
 * @param {Uint8Array} file
 * @param {{ tensors: { name: string, dtype: string, shape: number[], begin: number, end: number }[] }} read
 */
export function checkWellFormed(file, read) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const length = Number(view.getBigUint64(0, true));
  const text = new TextDecoder('utf-8', { fatal: true }).decode(file.subarray(8, 8 + length));
  promise(text.startsWith('{'), 'a header starts with {');
  /** @type {Record<string, any>} */
  const header = JSON.parse(text);
  promise(countColons(text) === countMembers(header), 'no key is given twice');
  const { __metadata__: metadata = {}, ...tensors } = withoutPrototype(header);
  promise(
    Object.values(metadata).every((value) => typeof value === 'string'),
    'metadata are strings',
  );
  promise(Object.keys(tensors).length === read.tensors.length, 'every tensor is read');
  const spans = Object.entries(tensors).map(([name, tensor]) => spanOf(name, tensor, 8 + length, read));
  spans.sort((x, y) => Number(x.begin - y.begin) || Number(x.end - y.end));
  let end = 0n;
  for (const span of spans) {
    promise(span.begin === end, `tensors tile the data, ${span.name} too`);
    end = span.end;
  }
  promise(8n + BigInt(length) + end === BigInt(file.length), 'the tensors fill the file');
}

/**
 * @param {string} name
 * @param {{ dtype: string, shape: number[], data_offsets: [number, number] }} tensor
 * @param {number} dataStart
 * @param {Parameters<typeof checkWellFormed>[1]} read
 */
function spanOf(name, { dtype, shape, data_offsets: [from, to] }, dataStart, read) {
  const [begin, end] = [BigInt(from), BigInt(to)];
  const bits = shape.reduce((product, size) => product * BigInt(size), BigInt(DTYPE_BITS.get(dtype) ?? -1));
  promise(bits === 8n * (end - begin), `${name} has the bytes that its shape needs`);
  const found = read.tensors.find((each) => each.name === name);
  promise(found?.begin === dataStart + from && found.end === dataStart + to, `${name} is where it says`);
  promise(found.dtype === dtype && String(found.shape) === String(shape), `${name} is read as it is written`);
  return { name, begin, end };
}

/** @param {Record<string, any>} object an own `__proto__` is a member like any other */
const withoutPrototype = (object) =>
  Object.assign(Object.create(null), Object.fromEntries(Object.entries(object)));

/** @param {string} json */
function countColons(json) {
  let count = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (quoted && character === '\\') at++;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === ':') count++;
  }
  return count;
}

/**
 * @param {unknown} value
 * @returns {number}
 */
function countMembers(value) {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value).reduce((sum, member) => sum + countMembers(member), 0);
  return inner + (Array.isArray(value) ? 0 : Object.keys(value).length);
}
