// @ts-check
import { join } from 'node:path';
import { inRoot } from '../../processes/root.mjs';

/** The folder of the virtual environment: the one that FLORIST_VENV names, or the clone's own. */
export const venvFolder = () => process.env.FLORIST_VENV || inRoot('.venv');

/** The interpreter in it. */
export const pythonPath = () => join(venvFolder(), 'bin', 'python');
