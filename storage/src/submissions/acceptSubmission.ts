import { TRANSITIONS } from '@florist/core/rounds/transition';
import type { Receipt } from '@florist/core/schemas/submission';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript } from '../ledger/runScript.js';
import { ACCEPT } from './acceptScript.js';
import { layoutOf } from './layout.js';
import { type SubmissionRecord, submissionRecordFrom } from './submissionRecord.js';

/** A checked submission whose blobs are durable, about to become part of its round. */
export interface SubmissionOffer {
  federation: string;
  round: number;
  client: string;
  /** Of adapter_model.safetensors. */
  sha256: string;
  bytes: number;
  numExamples: number;
  /** The largest rank among its modules. */
  rank: number;
  /** Stands for adapter, config and number of examples together. */
  contentDigest: string;
  /** Folder key of its blobs; each upload has its own. */
  blob: string;
  /** Module name → 'MxN', for each of its modules. */
  layout: Record<string, string>;
  fanInFanOut: boolean;
  /** Take the place of other content that the client has submitted before. */
  replace: boolean;
}

export interface Acceptance {
  outcome: 'accepted' | 'replaced' | 'same';
  receipt: Receipt;
  /** With 'replaced': the folder of the content that no longer counts, which the caller removes. */
  replacedBlob?: string;
  /** This submission made the round full and closed it; enqueueAggregation then queues its a1. */
  closed: boolean;
}

/**
 * Makes a submission part of its round. With outcome 'same', and whenever it throws a Refusal, the caller
 * removes the folder that it offered.
 * @throws Refusal federation_not_found, round_not_found, client_not_found, round_not_collecting,
 * submission_conflict, shape_mismatch, modules_mismatch
 */
export async function acceptSubmission(ledger: Ledger, offer: SubmissionOffer): Promise<Acceptance> {
  const { federation, round, client, contentDigest, blob, replace } = offer;
  const layout = layoutOf(offer.layout);
  const receipt: Receipt = {
    client,
    round,
    sha256: offer.sha256,
    bytes: offer.bytes,
    numExamples: offer.numExamples,
    modules: layout.modules,
    rank: offer.rank,
    acceptedAt: ledger.now().toISOString(),
  };
  const record: SubmissionRecord = { receipt, contentDigest, blob, layoutDigest: layout.digest };
  const [outcome, stored, replacedBlob, closed] = await runScript(ledger, ACCEPT, federation, {
    round,
    client,
    contentDigest,
    blob,
    replace,
    record: JSON.stringify(record),
    layout: layout.json,
    layoutDigest: layout.digest,
    fanInFanOut: String(offer.fanInFanOut),
    close: TRANSITIONS.close,
  });
  const acceptance = { receipt: submissionRecordFrom(stored).receipt, closed: closed === 1 };
  if (outcome === 'replaced') return { ...acceptance, outcome, replacedBlob: String(replacedBlob) };
  return { ...acceptance, outcome: outcome === 'same' ? 'same' : 'accepted' };
}
