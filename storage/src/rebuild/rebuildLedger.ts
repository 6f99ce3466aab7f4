import { Refusal } from '@florist/core/errors/refusal';
import { ENDED } from '@florist/core/rounds/transition';
import type { Blobs } from '../blobs/blobs.js';
import { ADAPTER_FILE } from '../blobs/keys.js';
import { listFederations } from '../federations/listFederations.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript } from '../ledger/runScript.js';
import { checkFile } from '../reconcile/checkFile.js';
import { recordedFederations } from '../records/readRecords.js';
import { restoreSubmission } from '../submissions/restoreSubmission.js';
import { clearFederation } from './clearFederation.js';
import { FINISH, LOAD } from './loadScripts.js';
import { planRebuild, type RebuildPlan } from './planRebuild.js';
import { roundsOf } from './roundsOf.js';

export interface RebuildOptions {
  /** Which to rebuild; all that the blobs hold, into an empty ledger, where left out. */
  federations?: readonly string[];
  /** Reads and reports, and leaves the ledger as it is. */
  dryRun?: boolean;
  /** Told of each federation as it is begun. */
  progress?: (federation: string) => void;
}

/** What came of one federation. */
export interface RebuiltFederation {
  federation: string;
  clients: number;
  rounds: number;
  submissions: number;
  /** Published ones whose files are kept. */
  adapters: number;
  /** What could not be mended, and why. */
  problems: string[];
}

/**
 * Rebuilds the ledger from what the blobs hold. Nothing else may use the ledger meanwhile. One that broke off is
 * started again as if it had not been.
 * @throws Refusal federation_exists where the ledger has federations, or one that was asked for;
 * federation_not_found for one that was asked for and that the blobs do not hold
 */
export async function rebuildLedger(
  ledger: Ledger,
  blobs: Blobs,
  { federations, dryRun = false, progress = () => {} }: RebuildOptions = {},
): Promise<RebuiltFederation[]> {
  const names = federations ?? (await recordedFederations(blobs));
  await refuseKnown(ledger, federations);
  const rebuilt: RebuiltFederation[] = [];
  for (const federation of names) {
    progress(federation);
    const plan = await planRebuild(blobs, federation);
    if (typeof plan === 'object') {
      if (!dryRun) await load(ledger, plan);
      rebuilt.push(await describe(blobs, plan));
    } else if (plan !== undefined) {
      rebuilt.push({ federation, clients: 0, rounds: 0, submissions: 0, adapters: 0, problems: [plan] });
    } else if (federations !== undefined) {
      throw new Refusal('federation_not_found', `The blobs hold no federation ${federation}.`);
    }
  }
  return rebuilt;
}

async function refuseKnown(ledger: Ledger, asked: readonly string[] | undefined): Promise<void> {
  const { items, nextCursor } = await listFederations(ledger);
  const known = asked === undefined ? items.map(({ name }) => name) : await knownOf(ledger, asked);
  if (known.length === 0) return;
  const more = asked === undefined && nextCursor !== undefined ? ' and more' : '';
  throw new Refusal('federation_exists', `The ledger is not empty: it has ${known.join(', ')}${more}.`);
}

async function knownOf({ redis, prefix }: Ledger, names: readonly string[]): Promise<string[]> {
  const scores = await redis.zmscore(`${prefix}:federations`, ...names);
  return names.filter((_name, index) => scores[index] !== null);
}

async function load(ledger: Ledger, plan: RebuildPlan): Promise<void> {
  const { federation, latest, lost, revision, attempts, sumAttempts } = plan;
  await clearFederation(ledger, federation);
  for (const { keys } of plan.records) await runScript(ledger, LOAD, federation, { keys });
  for (const file of plan.receipts) {
    const { client, round } = file.record.receipt;
    try {
      await restoreSubmission(ledger, federation, file, true);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      plan.problems.push(`the submission of ${client} to round ${round} does not fit: ${error.message}`);
    }
  }
  await runScript(ledger, FINISH, federation, {
    latest,
    lost,
    revision,
    attempts,
    sumAttempts,
    ended: ENDED,
  });
}

async function describe(blobs: Blobs, plan: RebuildPlan): Promise<RebuiltFederation> {
  const { federation, records, receipts, problems } = plan;
  const { rounds, adapters } = roundsOf(records);
  for (const { round, adapter, folder, result } of adapters) {
    const wrong = await checkFile(blobs, folder + ADAPTER_FILE, result, true);
    if (wrong) problems.push(`the file of adapter ${adapter} of round ${round} ${wrong}`);
  }
  for (const { record } of receipts) {
    const { client, round } = record.receipt;
    if (rounds.get(round)?.submissionsKept === false) continue;
    const wrong = await checkFile(blobs, record.blob + ADAPTER_FILE, record.receipt, true);
    if (wrong) problems.push(`the file of ${client}'s submission to round ${round} ${wrong}`);
  }
  return {
    federation,
    clients: records.filter(({ document }) => document.startsWith('client/')).length,
    rounds: plan.latest,
    submissions: receipts.length,
    adapters: adapters.length,
    problems,
  };
}
