// @ts-check
import fc from 'fast-check';
import { readAdapter } from '../../../core/dist/peft/readAdapter.js';
import { readConfig } from '../../../core/dist/peft/readConfig.js';
import { parseHeader } from '../../../core/dist/safetensors/parseHeader.js';
import { buildConfig, drawConfig, fitTo } from '../draw/configs.mjs';
import { buildAnyFile, drawAnyFile } from '../draw/corpus.mjs';
import { checkPairs } from '../oracles/checkPairs.mjs';
import { verdictOn } from '../oracles/verdictOn.mjs';

const draw = fc.record({ file: drawAnyFile, config: drawConfig, fitting: fc.boolean() });

/** @type {import('../tryTarget.mjs').Target<typeof draw extends fc.Arbitrary<infer C> ? C : never>} */
export const adapter = {
  name: 'adapter',
  draw,
  run({ file, config, fitting }) {
    const own = fitting ? fitTo(file, config) : config;
    const bytes = buildAnyFile(file);
    /** @type {unknown} */
    let json;
    try {
      json = JSON.parse(new TextDecoder().decode(buildConfig(own)));
    } catch {
      return 'not JSON';
    }
    const verdict = verdictOn(() => {
      const header = parseHeader(bytes, bytes.length);
      return { header, read: readAdapter(header, readConfig(json)) };
    });
    if (verdict.accepted) checkPairs(verdict.value.header, verdict.value.read);
    return verdict.accepted ? 'accepted' : verdict.code;
  },
};
