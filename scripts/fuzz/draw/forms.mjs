// @ts-check
import fc from 'fast-check';
import { buildConfig, drawConfig, fitTo } from './configs.mjs';
import { buildAnyFile, drawAnyFile } from './corpus.mjs';
import { drawCuts, drawEdits, editBytes, join } from './edits.mjs';
import { NAMES, TOKENS } from './tokens.mjs';
import { drawWord } from './words.mjs';

const BOUNDARY = 'florist-fuzz-8c1d';

const EXAMPLES = [
  '1',
  '1200',
  '0',
  '-1',
  '1.5',
  '1e3',
  ' 7 ',
  '',
  '9007199254740992',
  '١',
  'NaN',
  '0x10',
  '00',
  '1\n',
];

const KINDS = /** @type {const} */ ([
  'drop',
  'twice',
  'rename',
  'file',
  'field',
  'empty',
  'type',
  'header',
  'first',
]);

const change = fc.record({
  kind: fc.constantFrom(...KINDS),
  at: fc.nat(2),
  word: fc.oneof(fc.constantFrom(...NAMES, ...TOKENS), drawWord(20)),
});

const TYPES = [
  ...[`multipart/form-data; boundary=${BOUNDARY}`, 'multipart/form-data', 'multipart/form-data; boundary='],
  ...[
    'multipart/mixed; boundary=a',
    'application/json',
    'text/plain',
    `multipart/form-data; boundary="${BOUNDARY}"`,
  ],
  ...[`multipart/form-data; boundary=${'b'.repeat(300)}`, `MULTIPART/FORM-DATA; BOUNDARY=${BOUNDARY}`, ''],
];

/** A submission as it comes over the wire: its parts, what is done to them, and how it is sent. */
export const drawForm = fc.record({
  file: drawAnyFile,
  config: drawConfig,
  fitting: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
  examples: fc.oneof({ weight: 6, arbitrary: fc.constant('1200') }, fc.constantFrom(...EXAMPLES)),
  changes: fc.oneof(
    { weight: 4, arbitrary: /** @type {fc.Arbitrary<Change[]>} */ (fc.constant([])) },
    fc.array(change, { minLength: 1, maxLength: 2 }),
  ),
  closed: fc.oneof({ weight: 15, arbitrary: fc.constant(true) }, fc.constant(false)),
  bytes: drawEdits,
  type: fc.oneof({ weight: 12, arbitrary: fc.constant(TYPES[0] ?? '') }, fc.constantFrom(...TYPES)),
  cuts: drawCuts,
  /** Whether the length is announced, and whether the sender goes away before it has sent it all. */
  sending: fc.constantFrom(
    .../** @type {const} */ (['length', 'length', 'length', 'chunked', 'chunked', 'gone']),
  ),
  replace: fc.boolean(),
});

/** @typedef {typeof change extends fc.Arbitrary<infer C> ? C : never} Change */
/** @typedef {typeof drawForm extends fc.Arbitrary<infer F> ? F : never} DrawnForm */
/** @typedef {{ name: string, content: Uint8Array, filename?: string, headers: string[] }} Part */

/**
 * @param {DrawnForm} drawn
 * @returns {{ body: Uint8Array, file: Uint8Array, config: Uint8Array, plain: boolean }} plain: nothing of the form
 *   itself is changed, so that what is in it decides
 */
export function buildForm({ file, config, fitting, examples, changes, closed, bytes }) {
  const [adapter, text] = [buildAnyFile(file), buildConfig(fitting ? fitTo(file, config) : config)];
  /** @type {Part[]} */
  const parts = [
    { name: 'num_examples', content: new TextEncoder().encode(examples), headers: [] },
    { name: 'config', content: text, filename: 'adapter_config.json', headers: [] },
    { name: 'adapter', content: adapter, filename: 'adapter_model.safetensors', headers: [] },
  ];
  const encoded = changes.reduce(changeParts, parts).map(encodePart);
  const end = closed ? new TextEncoder().encode(`--${BOUNDARY}--\r\n`) : new Uint8Array(0);
  const plain = changes.length + bytes.length === 0 && closed && examples === '1200';
  return { body: editBytes(join(...encoded, end), bytes), file: adapter, config: text, plain };
}

/**
 * @param {Part[]} parts
 * @param {Change} change
 * @returns {Part[]}
 */
function changeParts(parts, { kind, at, word }) {
  const part = parts[at];
  if (!part) return parts;
  const { filename: _, ...field } = part;
  /** @type {Record<typeof kind, Part[]>} */
  const changed = {
    drop: [],
    twice: [part, part],
    rename: [{ ...part, name: word }],
    file: [{ ...part, filename: word || 'x' }],
    field: [field],
    empty: [{ ...part, content: new Uint8Array(0) }],
    type: [{ ...part, headers: [`Content-Type: ${word}`] }],
    header: [{ ...part, headers: [`${word}: ${word}`, 'Content-Transfer-Encoding: base64'] }],
    first: [],
  };
  const rest = parts.filter((_, index) => index !== at);
  if (kind === 'first') return [part, ...rest];
  return [...parts.slice(0, at), ...changed[kind], ...parts.slice(at + 1)];
}

/** @param {Part} part */
function encodePart({ name, content, filename, headers }) {
  const named = filename === undefined ? '' : `; filename="${filename}"`;
  const head = [`--${BOUNDARY}`, `Content-Disposition: form-data; name="${name}"${named}`, ...headers];
  return join(
    new TextEncoder().encode(`${head.join('\r\n')}\r\n\r\n`),
    content,
    new TextEncoder().encode('\r\n'),
  );
}
