import fc from 'fast-check';
import t from 'tap';
import { factorNames } from '../../src/peft/factorNames.js';
import { readAdapter } from '../../src/peft/readAdapter.js';
import { readConfig } from '../../src/peft/readConfig.js';
import { writeConfig } from '../../src/peft/writeConfig.js';
import { headerOf } from './header.js';

const LINEAR = { fanInFanOut: false };

t.test('writes the config that PEFT scales by one', async (t) => {
  const modules = [
    { name: 'model.layers.1.q_proj', rank: 3 },
    { name: 'model.layers.0.q_proj', rank: 11 },
  ];
  const pattern = { 'model.layers.0.q_proj': 11, 'model.layers.1.q_proj': 3 };
  const about = { baseModel: 'org/base', taskType: 'CAUSAL_LM', fanInFanOut: true };
  const config = writeConfig(modules, about);
  t.strictSame(config, {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    base_model_name_or_path: 'org/base',
    inference_mode: true,
    r: 11,
    lora_alpha: 11,
    use_rslora: false,
    use_dora: false,
    rank_pattern: pattern,
    alpha_pattern: pattern,
    target_modules: ['model.layers.0.q_proj', 'model.layers.1.q_proj'],
    lora_dropout: 0,
    bias: 'none',
    fan_in_fan_out: true,
    init_lora_weights: true,
    modules_to_save: null,
  });
  t.equal(
    JSON.stringify(config),
    JSON.stringify(writeConfig(modules.toReversed(), about)),
    'the order given does not matter',
  );
  const { task_type, base_model_name_or_path } = writeConfig(modules, LINEAR);
  t.strictSame([task_type, base_model_name_or_path], [null, null]);
});

t.test('anchors and escapes only keys that would match another module', async (t) => {
  const names = ['encoder.model.q', 'model.q', 'model.qq', 'a.b', 'axb', 'x.c', '0', 'fc.1'];
  const { rank_pattern } = writeConfig(
    names.map((name, i) => ({ name, rank: i + 1 })),
    LINEAR,
  );
  t.strictSame(rank_pattern, {
    'encoder.model.q': 1,
    '^model\\.q': 2,
    'model.qq': 3,
    '^a\\.b': 4,
    axb: 5,
    'x.c': 6,
    '^0': 7,
    'fc.1': 8,
  });
});

t.test('lists target modules, or where a container has a listed ending, matches whole paths', async (t) => {
  const targets = (...names: string[]) =>
    writeConfig(
      names.map((name) => ({ name, rank: 1 })),
      LINEAR,
    ).target_modules;
  t.strictSame(targets('b.q', 'a.b.q'), ['a.b.q', 'b.q']);
  t.strictSame(targets('0', '1'), ['0', '1']);
  t.strictSame(targets('0', '0.fc'), ['0', '0.fc'], 'a container that is itself adapted');
  t.strictSame(targets('0', 'a.0', 'a.0.fc'), ['0', 'a.0', 'a.0.fc'], 'the same, with a listed ending');
  t.equal(targets('0', 'layers.0.fc'), '0|layers\\.0\\.fc');
});

t.test('refuses what is not an adapter', async (t) => {
  t.throws(() => writeConfig([], LINEAR), RangeError);
  for (const rank of [0, -1, 1.5, Number.NaN]) {
    t.throws(() => writeConfig([{ name: 'a', rank }], LINEAR), RangeError);
  }
  const twice = [
    { name: 'a', rank: 1 },
    { name: 'a', rank: 2 },
  ];
  t.throws(() => writeConfig(twice, LINEAR), RangeError);
});

const segment = fc.constantFrom('a', 'b', 'ab', 'a-b', 'q_proj', '0', '1', '12', 'axb', 'x');
const name = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));
const adapters = fc.uniqueArray(fc.record({ name, rank: fc.integer({ min: 1, max: 9 }) }), {
  selector: (module) => module.name,
  minLength: 1,
  maxLength: 12,
});

/** As get_pattern_key does it, and with the keys in any order. */
function picked(pattern: Record<string, number>, module: string, reverse: boolean): number | undefined {
  const keys = Object.keys(pattern);
  const ordered = reverse ? keys.toReversed() : keys;
  const key = ordered.find((text) => new RegExp(`^(.*\\.)?(${text})$`).test(module));
  return pattern[key ?? module];
}

t.test('every key matches its own module only, in whatever order', async () => {
  fc.assert(
    fc.property(adapters, (modules) => {
      const { rank_pattern, alpha_pattern } = writeConfig(modules, LINEAR);
      return modules.every((module) =>
        [false, true].every(
          (reverse) =>
            picked(rank_pattern, module.name, reverse) === module.rank &&
            picked(alpha_pattern, module.name, reverse) === module.rank,
        ),
      );
    }),
    { numRuns: 1000 },
  );
});

t.test('before PEFT 0.15, plain keys are found by suffix or by name', async () => {
  fc.assert(
    fc.property(adapters, (modules) => {
      const { rank_pattern, r } = writeConfig(modules, LINEAR);
      const keys = Object.keys(rank_pattern);
      return modules.every(({ name, rank }) => {
        const key = keys.find((text) => new RegExp(`^.*\\.${text}$`).test(name)) ?? name;
        const found = rank_pattern[key];
        return found === rank || (found === undefined && r >= rank && !(name in rank_pattern));
      });
    }),
    { numRuns: 1000 },
  );
});

t.test('target modules cover the modules and none of their containers', async () => {
  fc.assert(
    fc.property(adapters, (modules) => {
      const targets = writeConfig(modules, LINEAR).target_modules;
      const hits = (path: string) =>
        typeof targets === 'string'
          ? new RegExp(`^(?:${targets})$`).test(path)
          : targets.some((target) => path === target || path.endsWith(`.${target}`));
      const names = new Set(modules.map((module) => module.name));
      const parts = [...names].map((path) => path.split('.'));
      const containers = parts.flatMap((path) => path.slice(1).map((_, i) => path.slice(0, i + 1).join('.')));
      return [...names].every(hits) && containers.every((path) => names.has(path) || !hits(path));
    }),
    { numRuns: 1000 },
  );
});

t.test('names that make the check costly are anchored throughout', async (t) => {
  const modules = Array.from({ length: 2000 }, (_, i) => ({
    name: `m${(i + 4096).toString(2).replaceAll('0', '.a').replaceAll('1', 'bb')}`,
    rank: 1,
  }));
  const keys = Object.keys(writeConfig(modules, LINEAR).rank_pattern);
  t.equal(keys.length, 2000);
  t.ok(keys.every((key) => key.startsWith('^')));
});

t.test('what is published reads back with scale one', async () => {
  fc.assert(
    fc.property(adapters, (modules) => {
      fc.pre(modules.every(({ name: module }) => !/^\d+$/.test(module)));
      const tensors = Object.fromEntries(
        modules.flatMap(({ name: module, rank }) => {
          const { a, b } = factorNames(module);
          return [
            [a, [rank, 3]],
            [b, [2, rank]],
          ];
        }),
      );
      const json: unknown = JSON.parse(JSON.stringify(writeConfig(modules, LINEAR)));
      const adapter = readAdapter(headerOf(tensors, 'F32'), readConfig(json));
      const ranks = new Map(modules.map((module) => [module.name, module.rank]));
      return (
        adapter.modules.length === modules.length &&
        adapter.modules.every((module) => module.scale === 1 && module.rank === ranks.get(module.name))
      );
    }),
    { numRuns: 500 },
  );
});
