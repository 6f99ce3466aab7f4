// @ts-check
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { canonicalJson } from '../../../api/dist/uploads/canonicalJson.js';
import { readConfig } from '../../../core/dist/peft/readConfig.js';
import { buildConfig, drawConfig } from '../draw/configs.mjs';
import { checkPlainLora } from '../oracles/checkPlainLora.mjs';
import { promise } from '../oracles/promise.mjs';
import { verdictOn } from '../oracles/verdictOn.mjs';

const draw = fc.record({ config: drawConfig });

/** @type {import('../tryTarget.mjs').Target<typeof draw extends fc.Arbitrary<infer C> ? C : never>} */
export const config = {
  name: 'config',
  draw,
  run({ config }) {
    /** @type {unknown} */
    let json;
    try {
      json = JSON.parse(new TextDecoder().decode(buildConfig(config)));
    } catch {
      return 'not JSON';
    }
    const text = verdictOn(() => canonicalJson(json));
    if (!text.accepted) return text.code;
    const again = JSON.parse(text.value);
    // what JSON cannot write, such as the infinity that 1e400 is read as, and the sign of zero, may go
    promise(isDeepStrictEqual(again, JSON.parse(JSON.stringify(json))), 'the canonical text says the same');
    promise(canonicalJson(again) === text.value, 'the canonical text is its own');
    const verdict = verdictOn(() => readConfig(json));
    if (verdict.accepted) checkPlainLora(json, verdict.value);
    return verdict.accepted ? 'accepted' : verdict.code;
  },
};
