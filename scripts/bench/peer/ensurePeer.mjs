// @ts-check
import { inRoot } from '../../processes/root.mjs';
import { ensureVenv } from '../../python/ensureVenv.mjs';
import { venvFolder } from './pythonPath.mjs';

/**
 * Fills `.venv` with what the peer needs, unless it has that already. An environment that FLORIST_VENV names is
 * taken as it is.
 *
 * @returns {Promise<string>} path of the interpreter
 * @throws {import('../../terminal/complaint.mjs').Complaint}
 */
export const ensurePeer = () =>
  ensureVenv({
    given: process.env.FLORIST_VENV,
    folder: venvFolder(),
    requirements: inRoot('scripts', 'bench', 'peer', 'requirements.txt'),
    stamp: 'florist-bench-requirements.txt',
    purpose: "the peer's measurements",
  });
