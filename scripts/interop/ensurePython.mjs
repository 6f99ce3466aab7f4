// @ts-check
import { inRoot } from '../processes/root.mjs';
import { ensureVenv } from '../python/ensureVenv.mjs';

/**
 * A Python with PEFT: the virtual environment that FLORIST_VENV names, taken as it is, or `.venv`, made and
 * filled when it lacks what requirements.txt names.
 *
 * @returns {Promise<string>} path of the interpreter
 * @throws {import('../terminal/complaint.mjs').Complaint}
 */
export const ensurePython = () =>
  ensureVenv({
    given: process.env.FLORIST_VENV,
    folder: inRoot('.venv'),
    requirements: inRoot('scripts', 'interop', 'requirements.txt'),
    stamp: 'florist-requirements.txt',
    purpose: 'the interoperability test',
  });
