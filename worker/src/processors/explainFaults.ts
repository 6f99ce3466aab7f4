import { outageOf } from '@florist/core/errors/outageOf';
import type { ProblemCode } from '@florist/core/errors/problems';
import type { AttemptRef } from '@florist/storage/adapters/refs';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { ADAPTER_FILE, adapterFolder } from '@florist/storage/blobs/keys';
import { checkFile } from '@florist/storage/reconcile/checkFile';
import { submissionRecords } from '@florist/storage/submissions/submissionRecords';
import { readAdapterFile } from '../aggregation/readAdapterFile.js';
import type { PublishContext } from '../publication/publishAttempt.js';

/** What an adapter's record says of its failure. */
interface Failure {
  code: ProblemCode;
  detail: string;
}

/** The cause is in the log and not for everyone's eyes. */
const GAVE_UP: Failure = {
  code: 'internal',
  detail: "aggregation failed in every attempt; see the worker's log, then retry the round",
};

/** By adapter and attempt: parts fail together, and what is read for one of them serves all. */
const underWay = new Map<string, Promise<Failure>>();

/**
 * Why making an adapter failed in every attempt, as far as its users can do something about it: a submission whose
 * files are no longer those that were accepted. Reads all of them.
 */
export function explainFaults(context: PublishContext, ref: AttemptRef): Promise<Failure> {
  const key = adapterFolder(ref);
  const explained = underWay.get(key) ?? explain(context, ref).finally(() => underWay.delete(key));
  underWay.set(key, explained);
  return explained;
}

async function explain(context: PublishContext, ref: AttemptRef): Promise<Failure> {
  const damaged = await findDamaged(context, ref).catch(() => undefined);
  if (damaged === undefined) return GAVE_UP;
  const { client, wrong } = damaged;
  return {
    code: 'submission_damaged',
    detail:
      `The submission of ${client} was damaged after it was accepted: ${wrong}. Put it back from a backup, or take ` +
      `it out with DELETE …/submissions/${client}; then retry the round.`,
  };
}

async function findDamaged({ ledger, blobs }: PublishContext, { federation, round }: AttemptRef) {
  for (const { blob, receipt } of await submissionRecords(ledger, federation, round)) {
    const wrong = await checkFile(blobs, blob + ADAPTER_FILE, receipt, true);
    if (wrong !== undefined) return { client: receipt.client, wrong: `${ADAPTER_FILE} ${wrong}` };
    if (!(await isReadable(blobs, blob)))
      return { client: receipt.client, wrong: 'its adapter_config.json cannot be read' };
  }
  return undefined;
}

async function isReadable(blobs: Blobs, folder: string): Promise<boolean> {
  try {
    await readAdapterFile(blobs, folder);
    return true;
  } catch (error) {
    if (outageOf(error) !== undefined) throw error;
    return false;
  }
}
