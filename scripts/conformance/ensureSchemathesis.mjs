// @ts-check
import { inRoot } from '../processes/root.mjs';
import { ensureVenv } from '../python/ensureVenv.mjs';

/**
 * A Python with Schemathesis, in an environment of its own: the one that FLORIST_CONFORMANCE_VENV names, taken as
 * it is, or one beside that of the interoperability test, whose large packages it does not need.
 *
 * @returns {Promise<string>} path of the interpreter
 * @throws {import('../terminal/complaint.mjs').Complaint}
 */
export const ensureSchemathesis = () =>
  ensureVenv({
    given: process.env.FLORIST_CONFORMANCE_VENV,
    folder: inRoot('.venv-conformance'),
    requirements: inRoot('scripts', 'conformance', 'requirements.txt'),
    stamp: 'florist-requirements.txt',
    purpose: 'the check of the api against its document',
  });
