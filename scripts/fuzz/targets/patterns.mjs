// @ts-check
import fc from 'fast-check';
import { patternTable } from '../../../core/dist/peft/patternTable.js';
import { drawKey, drawModuleName, drawPlainKey } from '../draw/patterns.mjs';
import { promise } from '../oracles/promise.mjs';
import { verdictOn } from '../oracles/verdictOn.mjs';

const modules = fc.array(drawModuleName, { minLength: 1, maxLength: 4 });

const draw = fc.oneof(
  fc.record({ plain: fc.constant(true), keys: fc.uniqueArray(drawPlainKey, { maxLength: 4 }), modules }),
  fc.record({ plain: fc.constant(false), keys: fc.uniqueArray(drawKey, { maxLength: 4 }), modules }),
);

/** @type {import('../tryTarget.mjs').Target<typeof draw extends fc.Arbitrary<infer C> ? C : never>} */
export const patterns = {
  name: 'patterns',
  draw,
  run({ plain, keys, modules }) {
    const map = new Map(keys.map((key, at) => [key, at + 1]));
    const verdict = verdictOn(() => {
      const find = patternTable(map, 'rank_pattern');
      return modules.map(find);
    });
    if (!verdict.accepted) {
      promise(!plain, `plain expressions are understood: ${verdict.message}`);
      return verdict.code;
    }
    for (const [at, module] of modules.entries()) {
      const found = verdict.value[at];
      promise(found === undefined || (found >= 1 && found <= keys.length), 'a value of the map is found');
      if (!plain) continue;
      const expected = keys.findIndex((key) => new RegExp(`^(.*\\.)?(${key})$`).test(module));
      const wanted = expected === -1 ? map.get(module) : expected + 1;
      promise(found === wanted, `${module} finds ${wanted}, as PEFT does, not ${found}`);
    }
    return 'accepted';
  },
};
