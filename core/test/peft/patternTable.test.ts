import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import { Refusal } from '../../src/errors/refusal.js';
import { PATTERN_KEY_MAX } from '../../src/peft/limits.js';
import { patternTable } from '../../src/peft/patternTable.js';

/** Values are the keys' places, so that a look-up tells which key was picked. */
const tableOf = (keys: readonly string[]) =>
  patternTable(new Map(keys.map((key, i) => [key, i])), 'rank_pattern');

function refusalOrNone(act: () => void): Refusal | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

const [first = '', ...rest] = readFileSync(new URL('getPatternKey.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');

t.test('picks the key that PEFT picks', async (t) => {
  const modules: string[] = JSON.parse(first);
  for (const line of rest) {
    const [keys, picked]: [string[], (number | null)[]] = JSON.parse(line);
    const table = tableOf(keys);
    t.strictSame(
      modules.map((module) => table(module) ?? null),
      picked,
      JSON.stringify(keys),
    );
  }
  t.ok(rest.length > 300, 'the table was there');
});

t.test('finds its own name among very many', async (t) => {
  const names: string[] = [];
  for (let layer = 0; layer < 40; layer++) {
    for (let expert = 0; expert < 64; expert++) {
      for (const kind of ['gate', 'up', 'down'])
        names.push(`model.layers.${layer}.experts.${expert}.${kind}_proj`);
    }
  }
  const table = tableOf(names);
  t.ok(names.every((name, i) => table(name) === i));
  t.equal(table('model.layers.40.experts.0.up_proj'), undefined);
});

t.test('plain keys mean what they mean as regular expressions', async () => {
  const part = fc.constantFrom('a', 'b', 'ab', 'x0', 'q_proj', '0', 'v-p');
  const name = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));
  const token = fc.constantFrom('a', 'b', 'x', '0', '.', '.', '\\.', 'q_proj', 'ab');
  const key = fc
    .tuple(
      fc.constantFrom('', '^'),
      fc.array(token, { minLength: 1, maxLength: 5 }),
      fc.constantFrom('', '$'),
    )
    .map(([start, middle, end]) => start + middle.join('') + end);
  const keys = fc.uniqueArray(key, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      keys,
      fc.oneof(
        name,
        keys.map((all) => all[0]?.replace(/[\\^$]/g, '') ?? ''),
      ),
      (all, module) => {
        const expected = all.findIndex((text) => new RegExp(`^(.*\\.)?(${text})$`).test(module));
        return (tableOf(all)(module) ?? -1) === expected;
      },
    ),
    { numRuns: 3000 },
  );
});

t.test('a hostile map is refused or matched in short time', async (t) => {
  const names = Array.from({ length: 2000 }, (_, i) => `${'ab'.repeat(100)}${i}`);
  const hostile = [
    ['(a|b)*a(a|b){120}c?'],
    ['((a?b?){30}){30}x?'],
    ['((a?){30}){30}x', '(.*a){20}b'],
    Array.from({ length: 3000 }, (_, i) => `(a|b)*a.{${i % 900}}x${i}`),
    Array.from({ length: 400 }, (_, i) => '(((a*)*)*)*'.repeat(40) + i),
    Array.from({ length: 20_000 }, (_, i) => i.toString(2).padStart(201, 'a').replaceAll('0', '.')),
    [`${'('.repeat(250)}a${')'.repeat(250)}`],
    [`${'(a*'.repeat(100)}${')*'.repeat(100)}`],
  ];
  for (const keys of hostile) {
    t.ok(keys.every((key) => key.length <= PATTERN_KEY_MAX));
    const start = performance.now();
    const refusal = refusalOrNone(() => {
      const table = tableOf(keys);
      for (const name of names) table(name);
    });
    if (refusal) t.equal(refusal.code, 'config_unsupported');
    const seconds = (performance.now() - start) / 1000;
    t.ok(seconds < 10, `${keys[0]?.slice(0, 30)} took ${seconds.toFixed(2)} s`);
  }
});
