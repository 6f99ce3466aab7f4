// @ts-check
import fc from 'fast-check';
import { AdapterScanner } from '../../../core/dist/safetensors/adapterScanner.js';
import { buildAnyFile, drawAnyFile } from '../draw/corpus.mjs';
import { cutBytes, drawCuts } from '../draw/edits.mjs';
import { isUntouched } from '../draw/files.mjs';
import { checkWellFormed } from '../oracles/checkWellFormed.mjs';
import { firstNonFinite } from '../oracles/firstNonFinite.mjs';
import { promise } from '../oracles/promise.mjs';
import { verdictOn } from '../oracles/verdictOn.mjs';

/** Far above the size of any drawn file, and below sizes that drawn headers claim. */
const FILE_BYTES_MAX = 1 << 20;

const draw = fc.record({ file: drawAnyFile, cuts: drawCuts });

/** @type {import('../tryTarget.mjs').Target<typeof draw extends fc.Arbitrary<infer C> ? C : never>} */
export const scanner = {
  name: 'scanner',
  draw,
  run({ file, cuts }) {
    const bytes = buildAnyFile(file);
    const whole = scan([bytes]);
    const pieces = scan(cutBytes(bytes, cuts));
    promise(
      JSON.stringify(whole) === JSON.stringify(pieces),
      `the pieces do not matter: whole ${tell(whole)}, in pieces ${tell(pieces)}`,
    );
    if (whole.accepted) {
      checkWellFormed(bytes, whole.value);
      for (const { name, dtype, begin, end } of whole.value.tensors) {
        promise(firstNonFinite(bytes.subarray(begin, end), dtype) === -1, `${name} is finite`);
      }
    } else
      promise('corpus' in file || !isUntouched(file), `a good file is read, not refused: ${whole.message}`);
    return whole.accepted ? 'accepted' : whole.code;
  },
};

/** @param {readonly Uint8Array[]} pieces */
const scan = (pieces) =>
  verdictOn(() => {
    const reader = new AdapterScanner({ fileBytesMax: FILE_BYTES_MAX });
    for (const piece of pieces) reader.push(piece);
    return reader.finish();
  });

/** @param {ReturnType<typeof scan>} verdict */
const tell = (verdict) => (verdict.accepted ? 'accepted' : verdict.message);
