// @ts-check
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
 * Makes a clone ready to run: dependencies as the lock file has them, every workspace built.
 *
 * @throws {Complaint} with the log of the command that failed
 */
export async function ensureInstalled() {
  const name = createHash('sha256').update(ROOT).digest('hex').slice(0, 16);
  const lock = await acquireLock(join(tmpdir(), `florist-install-${name}.lock`), { waitMs: LOCK_WAIT_MS });
  try {
    if (await isOutdated()) await step('Installing packages', install);
    await step('Building', build);
  } finally {
    await lock.release();
  }
}

/** Whether node_modules is missing, was left half installed, or is older than the lock file. */
async function isOutdated() {
  const [installed, wanted] = await Promise.all(
    ['node_modules/.package-lock.json', 'package-lock.json'].map((file) =>
      stat(inRoot(file)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return !installed || installed < (wanted ?? 0);
}

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
