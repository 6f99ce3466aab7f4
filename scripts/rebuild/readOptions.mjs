// @ts-check
import { parseArgs } from 'node:util';
import { Complaint } from '../terminal/complaint.mjs';

export const USAGE = `Usage: npm run rebuild [-- options]
  --dry-run           says what would be restored, and changes nothing
  --federation demo   restores only this one, into a ledger that may hold
                      others; may be given several times
Rebuilds the ledger in Redis from the blobs. Stop whatever else uses the two
first. The settings are those of npm start: FLORIST_DATA_DIR, FLORIST_BLOB_URL,
REDIS_URL, FLORIST_KEY_PREFIX.`;

/**
 * @param {string[]} args
 * @returns {{ dryRun: boolean, federations: string[] | undefined }}
 * @throws {Complaint} for an option that does not exist
 */
export function readOptions(args) {
  const flag = /** @type {const} */ ({ type: 'boolean', default: false });
  const options = {
    'dry-run': flag,
    federation: /** @type {const} */ ({ type: 'string', multiple: true }),
  };
  try {
    const { values } = parseArgs({ args, options });
    return { dryRun: values['dry-run'], federations: values.federation };
  } catch (error) {
    throw new Complaint(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  }
}
