// @ts-check
import fc from 'fast-check';
import { drawEdits, editBytes, join } from './edits.mjs';
import { DTYPES, NAMES, TOKENS } from './tokens.mjs';
import { drawWord } from './words.mjs';

/** Modules of a drawn adapter; what depends on their number has tests of its own. */
const MODULES_MAX = 3;
const RANK_MAX = 4;
const SIDE_MAX = 6;
const TREE = ['q_proj', 'v_proj', 'model.layers.0.self_attn.q_proj', 'model.layers.1.mlp.down_proj', 'head'];

const BYTES = /** @type {Record<string, number>} */ ({ F32: 4, F16: 2, BF16: 2 });

/**
 * @typedef {object} Entry one tensor of a header, as text
 * @property {string} name
 * @property {string} dtype
 * @property {string[]} shape
 * @property {string[]} offsets
 * @property {string} extra further fields, each with its comma before it
 */

const module = fc.record({
  name: fc.constantFrom(...TREE),
  dtype: fc.constantFrom('F32', 'F16', 'BF16'),
  rank: fc.integer({ min: 1, max: RANK_MAX }),
  rows: fc.integer({ min: 1, max: SIDE_MAX }),
  cols: fc.integer({ min: 1, max: SIDE_MAX }),
  prefix: fc.constantFrom('base_model.model.', 'base_model.model.', ''),
});

/** @typedef {typeof module extends fc.Arbitrary<infer M> ? M : never} Module */

const KINDS = /** @type {const} */ ([
  ...[
    'begin',
    'end',
    'shape',
    'dtype',
    'name',
    'extra',
    'twice',
    'drop',
    'swap',
    'shift',
    'metadata',
    'dimension',
  ],
]);

const change = fc.record({
  kind: fc.constantFrom(...KINDS),
  at: fc.nat(2 * MODULES_MAX),
  token: fc.constantFrom(...TOKENS),
  word: fc.oneof(fc.constantFrom(...NAMES), drawWord(12)),
  dtype: fc.constantFrom(...DTYPES),
  delta: fc.oneof(fc.integer({ min: -16, max: 16 }), fc.constantFrom(2 ** 31, 2 ** 53, -(2 ** 53))),
});

/** @typedef {typeof change extends fc.Arbitrary<infer C> ? C : never} Change */

/** A 32-bit word of the data that is overwritten: with NaN and infinity of every dtype, or anything. */
const plant = fc.record({
  at: fc.nat(),
  word: fc.oneof(
    fc.nat(0xffffffff),
    fc.constantFrom(0x7f800000, 0xff800001, 0x7c00, 0x7c007c00, 0x7f80, 0xffff),
  ),
});

/** @typedef {{ at: number, word: number }} Plant */

/** A safetensors file: an adapter, what is changed in its header, in the text of that, and in the bytes. */
export const drawFile = fc.record({
  modules: fc.uniqueArray(module, { maxLength: MODULES_MAX, selector: ({ name }) => name }),
  changes: fc.oneof(
    fc.constant(/** @type {Change[]} */ ([])),
    fc.array(change, { minLength: 1, maxLength: 3 }),
  ),
  text: drawEdits,
  plants: fc.oneof(
    { weight: 3, arbitrary: fc.constant(/** @type {Plant[]} */ ([])) },
    fc.array(plant, { maxLength: 2 }),
  ),
  claimed: fc.oneof(
    { weight: 9, arbitrary: fc.constant(undefined) },
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  ),
  bytes: drawEdits,
  padding: fc.nat(9),
});

/** @typedef {typeof drawFile extends fc.Arbitrary<infer F> ? F : never} DrawnFile */

/**
 * @param {DrawnFile} drawn
 * @returns {Uint8Array}
 */
export function buildFile({ modules, changes, text, plants, claimed, bytes, padding }) {
  const { entries, dataBytes } = layOut(modules);
  const header = changes.reduce(changeHeader, { entries, metadata: '"__metadata__":{"format":"pt"}' });
  const json = `{${[header.metadata, ...header.entries.map(entryText)].filter(Boolean).join(',')}}`;
  const encoded = editBytes(new TextEncoder().encode(json + ' '.repeat(padding)), text);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, claimed ?? BigInt(encoded.length), true);
  return editBytes(join(length, encoded, fill(dataBytes, plants)), bytes);
}

/** Whether nothing was changed that a reader may refuse. */
export const isUntouched = (/** @type {DrawnFile} */ drawn) =>
  drawn.changes.length + drawn.text.length + drawn.plants.length + drawn.bytes.length === 0 &&
  drawn.claimed === undefined;

/** @param {readonly Module[]} modules */
function layOut(modules) {
  let end = 0;
  const entries = modules.flatMap(({ name, dtype, rank, rows, cols, prefix }) =>
    [
      { side: 'A', shape: [rank, cols] },
      { side: 'B', shape: [rows, rank] },
    ].map(({ side, shape }) => {
      const begin = end;
      end += (shape[0] ?? 0) * (shape[1] ?? 0) * (BYTES[dtype] ?? 0);
      return {
        name: JSON.stringify(`${prefix}${name}.lora_${side}.weight`),
        dtype: JSON.stringify(dtype),
        shape: shape.map(String),
        offsets: [String(begin), String(end)],
        extra: '',
      };
    }),
  );
  return { entries, dataBytes: end };
}

/**
 * @param {{ entries: Entry[], metadata: string }} header
 * @param {Change} change
 */
function changeHeader(header, { kind, at, token, word, dtype, delta }) {
  const entries = [...header.entries];
  const index = entries.length > 0 ? at % entries.length : 0;
  const entry = entries[index];
  if (kind === 'metadata') return { entries, metadata: `"__metadata__":${token}` };
  if (!entry) return header;
  const moved = (/** @type {string} */ offset) => String(Number(offset) + delta);
  const [begin = '', end = ''] = entry.offsets;
  /** @type {Record<Exclude<typeof kind, 'metadata'>, Entry[]>} */
  const changed = {
    begin: [{ ...entry, offsets: [token, end] }],
    end: [{ ...entry, offsets: [begin, token] }],
    shift: [{ ...entry, offsets: [moved(begin), moved(end)] }],
    shape: [{ ...entry, shape: [token, ...entry.shape.slice(1)] }],
    dimension: [{ ...entry, shape: [...entry.shape, token] }],
    dtype: [{ ...entry, dtype: JSON.stringify(dtype) }],
    name: [{ ...entry, name: JSON.stringify(word) }],
    extra: [{ ...entry, extra: `,${JSON.stringify(word)}:${token}` }],
    twice: [entry, entry],
    drop: [],
    swap: [{ ...entry, offsets: [end, begin] }],
  };
  entries.splice(index, 1, ...changed[kind]);
  return { ...header, entries };
}

/** @param {Entry} entry */
const entryText = ({ name, dtype, shape, offsets, extra }) =>
  `${name}:{"dtype":${dtype},"shape":[${shape}],"data_offsets":[${offsets}]${extra}}`;

/**
 * Small finite numbers in every dtype, and what is planted among them.
 *
 * @param {number} size in bytes
 * @param {readonly Plant[]} plants
 */
function fill(size, plants) {
  const data = Uint8Array.from({ length: size }, (_, at) => (at % 2 === 0 ? (at * 37) % 256 : 0x3c));
  const view = new DataView(data.buffer);
  for (const { at, word } of plants) if (size >= 4) view.setUint32(at % (size - 3), word, true);
  return data;
}
