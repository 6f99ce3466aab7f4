import fc from 'fast-check';
import t from 'tap';
import { groupModules, type ModuleSize, moduleCost } from '../../src/florist/groupModules.js';

const anyModules: fc.Arbitrary<ModuleSize[]> = fc
  .array(fc.tuple(fc.constantFrom(256, 2048, 4096, 11008), fc.integer({ min: 1, max: 200 })), {
    minLength: 1,
    maxLength: 60,
  })
  .map((all) =>
    all.map(([m, stackedRank], i) => ({ name: `layers.${i}`, shape: [m, 2048] as const, stackedRank })),
  );

const costs = (modules: readonly ModuleSize[], groups: readonly string[][]) => {
  const cost = new Map(modules.map((module) => [module.name, moduleCost(module)]));
  return groups.map((names) => names.reduce((sum, name) => sum + (cost.get(name) ?? Number.NaN), 0));
};

t.test('every module is in one group, no group is empty, none is much heavier than it must be', async () => {
  fc.assert(
    fc.property(anyModules, fc.integer({ min: 1, max: 20 }), (modules, count) => {
      const groups = groupModules(modules, { groups: count });
      const own = modules.map(moduleCost);
      const total = own.reduce((sum, cost) => sum + cost, 0);
      const atLeast = Math.max(total / groups.length, ...own);
      return (
        groups.length === Math.min(count, modules.length) &&
        groups.every((names) => names.length > 0) &&
        groups.flat().sort().join() ===
          modules
            .map(({ name }) => name)
            .sort()
            .join() &&
        Math.max(...costs(modules, groups)) <= total / groups.length + Math.max(...own) &&
        Math.max(...costs(modules, groups)) <= 2 * atLeast
      );
    }),
    { seed: 9 },
  );
});

t.test('the order in which modules come does not matter', async () => {
  fc.assert(
    fc.property(anyModules, fc.integer({ min: 1, max: 8 }), (modules, groups) => {
      const turned = groupModules([...modules].reverse(), { groups });
      return JSON.stringify(turned) === JSON.stringify(groupModules(modules, { groups }));
    }),
    { seed: 10 },
  );
});

t.test('equal modules are spread evenly', async (t) => {
  const modules = Array.from(
    { length: 64 },
    (_, i): ModuleSize => ({
      name: `m${String(i).padStart(2, '0')}`,
      shape: [4096, 4096],
      stackedRank: 152,
    }),
  );
  t.strictSame(
    groupModules(modules, { groups: 4 }).map((names) => names.length),
    [16, 16, 16, 16],
  );
  const target = 10 * moduleCost(modules[0]);
  t.equal(groupModules(modules, { targetCost: target }).length, 7);
  t.equal(groupModules(modules, { targetCost: 1e30 }).length, 1);
  t.equal(groupModules(modules, { targetCost: 1 }).length, 64);
});

t.test('nothing to group, and nonsense', async (t) => {
  t.strictSame(groupModules([], { groups: 3 }), []);
  t.throws(
    () => groupModules([{ name: 'x', shape: [1, 1], stackedRank: 1 }], { targetCost: Number.NaN }),
    /split/,
  );
});
