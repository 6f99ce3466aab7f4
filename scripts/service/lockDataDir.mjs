// @ts-check
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { acquireLock, LockHeld } from '../processes/acquireLock.mjs';
import { Complaint } from '../terminal/complaint.mjs';

/**
 * Makes the data folder and keeps it for this process.
 *
 * @param {string} dataDir
 * @returns {Promise<{ release: () => Promise<void> }>}
 * @throws {Complaint} when another process uses it, or it cannot be made
 */
export async function lockDataDir(dataDir) {
  try {
    await mkdir(join(dataDir, 'logs'), { recursive: true });
    return await acquireLock(join(dataDir, 'lock'));
  } catch (error) {
    if (error instanceof LockHeld) {
      throw new Complaint(
        `${dataDir} is in use by process ${error.pid}: stop that one, or set FLORIST_DATA_DIR to another folder.`,
      );
    }
    if (error instanceof Error && 'code' in error) {
      throw new Complaint(`FLORIST_DATA_DIR ${dataDir} cannot be used: ${error.message}.`);
    }
    throw error;
  }
}
