import fc from 'fast-check';
import t from 'tap';
import { Refusal } from '../../src/errors/refusal.js';
import { type HeaderValue, readHeaderJson } from '../../src/safetensors/readHeaderJson.js';

/** What JSON.parse would have made of it. */
function plain(value: HeaderValue): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

function attempt(text: string): { value: unknown } | undefined {
  try {
    return { value: plain(readHeaderJson(text)) };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

const leaf = fc.oneof(fc.string({ unit: 'binary' }), fc.maxSafeNat());
const inner = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 4 }),
  fc.dictionary(fc.string(), leaf, { maxKeys: 4 }),
);
const header = fc.dictionary(fc.string({ unit: 'grapheme' }), inner, { maxKeys: 6 });

t.test('agrees with JSON.parse on every header', async (t) => {
  const agrees = fc.property(header, fc.constantFrom(undefined, 1), (value, indent) => {
    const text = JSON.stringify(value, null, indent);
    // A string of lone surrogates is valid to JSON.stringify only.
    fc.pre(!/\\ud[89a-f]/i.test(text));
    const read = attempt(text);
    return read !== undefined && JSON.stringify(read.value) === JSON.stringify(JSON.parse(text));
  });
  t.doesNotThrow(() => fc.assert(agrees, { numRuns: 500 }));
});

t.test('accepts nothing that JSON.parse refuses, and reads the same where both accept', async (t) => {
  const tokens = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"b"',
    '0',
    '10',
    '007',
    '-1',
    '1.5',
    '1e3',
    ' ',
    '\n',
    'null',
    'true',
    '"',
    '\\',
    '"\\u0041"',
    '"\\q"',
  );
  const mangled = fc.tuple(header, fc.nat(), fc.nat(2), tokens).map(([value, at, drop, token]) => {
    const text = JSON.stringify(value);
    const place = at % (text.length + 1);
    return text.slice(0, place) + token + text.slice(place + drop);
  });
  const soup = fc.array(tokens, { maxLength: 12 }).map((parts) => `{${parts.join('')}}`);
  let accepted = 0;
  fc.assert(
    fc.property(fc.oneof(mangled, soup), (text) => {
      const read = attempt(text);
      if (!read) return true;
      accepted++;
      return JSON.stringify(read.value) === JSON.stringify(JSON.parse(text));
    }),
    { numRuns: 3000 },
  );
  t.ok(accepted > 100, `${accepted} of the texts were valid`);
});
