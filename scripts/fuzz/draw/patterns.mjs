// @ts-check
import fc from 'fast-check';
import { drawWord } from './words.mjs';

/** Pieces of regular expressions that every engine reads the same, each of them harmless to any. */
const PLAIN = [
  'q_proj',
  'v_proj',
  'layers',
  'model',
  'a',
  '0',
  '1',
  '\\.',
  '.',
  '[01]',
  '[a-q]',
  '\\d',
  '(a|b)',
  'x?',
  '1+',
];

/** Pieces that backtrack, that grow when compiled, that some engines lack, or that are no syntax. */
const HOSTILE = [
  ...[
    '(a+)+',
    '(a|a)*',
    '(.*)*',
    '(a*)*b',
    '(a|aa)+$',
    '((a?){9}){9}',
    '(.?){40}a{40}',
    '(\\w+\\.?)+',
    '.*.*.*.*=',
  ],
  ...['a{1000}', 'a{1,1000}', '(a{30}){30}', '((a{9}){9}){9}', 'a{99999}', 'a{2,1}', 'a{,3}', '{', '}', 'a{'],
  ...[
    '(?=a)',
    '(?!a)',
    '(?<=a)',
    '(?<n>a)\\k<n>',
    '(a)\\1',
    '(?P<n>a)',
    '(?P=n)',
    '(?i)A',
    '(?-i)',
    '(?:',
    '(?#c)',
  ],
  ...[
    '(',
    ')',
    '[',
    ']',
    '[^',
    '[z-a]',
    '[[:alpha:]]',
    '[]a]',
    '*',
    '+',
    '?',
    '|',
    '||',
    '()',
    '(|)',
    '^',
    '$',
    '^^',
  ],
  ...[
    '\\',
    '\\p{L}',
    '\\p{Nope}',
    '\\x41',
    '\\x{110000}',
    '\\u0041',
    '\\Q',
    '\\E',
    '\\C',
    '\\b',
    '\\Z',
    '\\A',
    '\\z',
  ],
  ...[
    '\u0000',
    '\n',
    '💐',
    '\ud800',
    'é',
    '(?s).',
    '(?m)^',
    '\\N{DASH}',
    '(?(1)a|b)',
    '(?>a)',
    'a++',
    '(?R)',
  ],
];

/** A key of which JavaScript's own engine says whether it matches, in no time. */
export const drawPlainKey = fc
  .array(fc.constantFrom(...PLAIN), { minLength: 1, maxLength: 5 })
  .map((pieces) => pieces.join(''));

const hostileKey = fc
  .tuple(
    fc.array(fc.oneof(fc.constantFrom(...HOSTILE), fc.constantFrom(...PLAIN)), {
      minLength: 1,
      maxLength: 6,
    }),
    fc.constantFrom(1, 1, 1, 2, 7, 40, 200),
  )
  .map(([pieces, times]) => pieces.join('').repeat(times).slice(0, KEY_MAX));

/** One more than is permitted. */
const KEY_MAX = 513;

export const drawKey = fc.oneof(drawPlainKey, hostileKey, drawWord(10));

const value = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -1, 0.5, 2 ** 40) },
);
const entry = fc.tuple(
  fc.oneof({ weight: 2, arbitrary: drawPlainKey }, { weight: 1, arbitrary: drawKey }),
  value,
);

/** A rank_pattern or alpha_pattern; as an object, so that equal keys and digits are as JSON.parse gives them. */
export const drawPatterns = fc.array(entry, { maxLength: 3 }).map((entries) => Object.fromEntries(entries));

/** Names of modules, some of which make an engine that backtracks try everything. */
export const drawModuleName = fc.oneof(
  fc.constantFrom('q_proj', 'model.layers.0.q_proj', 'model.layers.1.self_attn.v_proj', 'a.b', 'head', 'x'),
  fc.nat(255).map((length) => `${'a'.repeat(length)}!`),
  fc.nat(60).map((depth) => `${'a.'.repeat(depth)}b`),
  fc
    .array(fc.constantFrom('a', 'b', '0', '.', '_', '-', 'q_proj', 'layers'), { maxLength: 20 })
    .map((parts) => parts.join('')),
);
