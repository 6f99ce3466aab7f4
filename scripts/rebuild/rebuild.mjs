// @ts-check
import { ensureInstalled } from '../install/ensureInstalled.mjs';
import { colours } from '../terminal/colours.mjs';
import { Complaint } from '../terminal/complaint.mjs';
import { drawTable } from '../terminal/drawTable.mjs';
import { step } from '../terminal/step.mjs';
import { readOptions } from './readOptions.mjs';

/** @typedef {import('../../storage/src/rebuild/rebuildLedger.js').RebuiltFederation} Rebuilt */

/**
 * The command: rebuilds the ledger from the blobs, and shows what came of it.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} exit code: 0 when everything was restored, 1 when something could not be mended
 * @throws {Complaint} when the ledger is not empty, or something cannot be opened
 */
export async function rebuild(args, env) {
  const { dryRun, federations } = readOptions(args);
  await ensureInstalled();
  const { openStores } = await import('./openStores.mjs');
  const { rebuildLedger } = await import('../../storage/dist/rebuild/rebuildLedger.js');
  const { ledger, blobs, close } = await openStores(env, dryRun);
  try {
    const title = dryRun ? 'Reading the blobs' : 'Rebuilding the ledger';
    /** @type {Rebuilt[]} */
    const rebuilt = await step(title, (progress) =>
      rebuildLedger(ledger, blobs, { ...(federations && { federations }), dryRun, progress }),
    );
    print(rebuilt, dryRun);
    return rebuilt.some(({ problems }) => problems.length > 0) ? 1 : 0;
  } catch (error) {
    throw toComplaint(error);
  } finally {
    await close();
  }
}

/** @param {unknown} error */
function toComplaint(error) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (!(error instanceof Error)) return error;
  if (code === 'federation_exists') {
    return new Complaint(`${error.message} Name what to restore beside it with --federation.`);
  }
  return code === 'federation_not_found' ? new Complaint(error.message) : error;
}

/**
 * @param {Rebuilt[]} rebuilt
 * @param {boolean} dryRun
 */
function print(rebuilt, dryRun) {
  const counted = /** @type {const} */ (['clients', 'rounds', 'submissions', 'adapters']);
  const columns = [
    { title: 'federation', align: /** @type {const} */ ('left') },
    ...counted.map((title) => ({ title })),
    { title: 'not mended' },
  ];
  const rows = rebuilt.map((each) => [
    each.federation,
    ...counted.map((name) => String(each[name])),
    String(each.problems.length),
  ]);
  process.stdout.write(
    rows.length > 0 ? `\n${drawTable(columns, rows)}\n` : 'The blobs hold no federation.\n',
  );
  for (const { federation, problems } of rebuilt) {
    for (const problem of problems) process.stdout.write(`${colours().red('✗')} ${federation}: ${problem}\n`);
  }
  if (dryRun) process.stdout.write('Nothing was changed.\n');
}
