// @ts-check
import fc from 'fast-check';
import { parseHeader } from '../../../core/dist/safetensors/parseHeader.js';
import { buildAnyFile, drawAnyFile } from '../draw/corpus.mjs';
import { isUntouched } from '../draw/files.mjs';
import { checkWellFormed } from '../oracles/checkWellFormed.mjs';
import { promise } from '../oracles/promise.mjs';
import { verdictOn } from '../oracles/verdictOn.mjs';

const draw = fc.record({ file: drawAnyFile });

/** @type {import('../tryTarget.mjs').Target<typeof draw extends fc.Arbitrary<infer C> ? C : never>} */
export const header = {
  name: 'header',
  draw,
  run({ file }) {
    const bytes = buildAnyFile(file);
    const verdict = verdictOn(() => {
      // the function asks for as much of the file as its header needs: the whole is always enough
      return parseHeader(bytes, bytes.length);
    });
    if (verdict.accepted) checkWellFormed(bytes, verdict.value);
    else
      promise('corpus' in file || !isUntouched(file), `a good file is read, not refused: ${verdict.message}`);
    return verdict.accepted ? 'accepted' : verdict.code;
  },
};
