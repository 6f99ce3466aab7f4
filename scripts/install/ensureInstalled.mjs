// @ts-check
import { mkdir, stat } from 'node:fs/promises';
import { acquireLock } from '../processes/acquireLock.mjs';
import { inRoot, ROOT } from '../processes/root.mjs';
import { run } from '../processes/run.mjs';
import { Complaint } from '../terminal/complaint.mjs';
import { step } from '../terminal/step.mjs';

/** Commands started together in one clone install one after the other: as long as a slow network may take. */
const LOCK_WAIT_MS = 20 * 60_000;
/** Nothing about anybody's build leaves the machine. */
const TURBO_ENV = { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };

/**
 * Makes a clone ready to run: dependencies as the lock file has them, every workspace built. Where there is nothing to
 * build with, as in a container's image, everything was built when that was made.
 *
 * @throws {Complaint} with the log of the command that failed
 */
export async function ensureInstalled() {
  if ((await modifiedMs('turbo.json')) === 0) return;
  const lock = await lockClone();
  try {
    if (await isOutdated()) await step('Installing packages', install);
    await step('Building', build);
  } finally {
    await lock.release();
  }
}

/** @throws {Complaint} when this user may not write into the clone */
async function lockClone() {
  try {
    // npm ci empties node_modules, so the lock cannot be there
    await mkdir(inRoot('.turbo'), { recursive: true });
    return await acquireLock(inRoot('.turbo', 'florist-install.lock'), { waitMs: LOCK_WAIT_MS });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!['EACCES', 'EPERM', 'EROFS'].includes(code)) throw error;
    throw new Complaint(
      `${ROOT} cannot be written to (${code}): start Florist as the user to whom it belongs.`,
    );
  }
}

/** Whether node_modules is missing, was left half installed, or is older than the lock file. */
async function isOutdated() {
  const [installed, wanted] = await Promise.all(
    ['node_modules/.package-lock.json', 'package-lock.json'].map(modifiedMs),
  );
  return !installed || installed < (wanted ?? 0);
}

/**
 * @param {string} file
 * @returns {Promise<number>} 0 when it is not there
 */
const modifiedMs = (file) =>
  stat(inRoot(file)).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );

async function install() {
  const { code, output } = await run('npm', ['ci', '--loglevel=error']);
  if (code !== 0) throw new Complaint('npm ci failed; its output is above.', { log: output });
}

async function build() {
  const turbo = inRoot('node_modules', '.bin', 'turbo');
  const { code, output } = await run(turbo, ['run', 'build', '--output-logs=errors-only'], {
    env: TURBO_ENV,
  });
  if (code !== 0) throw new Complaint('The build failed; its output is above.', { log: output });
}
