import type { Receipt } from '@florist/core/schemas/submission';
import { listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript } from '../ledger/runScript.js';
import type { RecordedDocument } from '../records/ledgerRecord.js';
import { isDocument } from '../records/unrecorded.js';
import { ACCEPT } from './acceptScript.js';
import { layoutOf } from './layout.js';
import { submissionRecordFrom } from './submissionRecord.js';
import type { ReceiptFile } from './uploadFiles.js';

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
  /** The upload in pieces that the adapter came as; it ends with the acceptance. */
  upload?: string | undefined;
}

const OUTCOMES = ['accepted', 'replaced', 'same', 'carried'] as const;

export interface Acceptance {
  /** 'carried': it came too late for its round and is kept for the one that its receipt names. */
  outcome: (typeof OUTCOMES)[number];
  receipt: Receipt;
  /** The folder of the content of which this took the place, which removeUpload then removes. */
  replacedBlob?: string;
  /** What the upload's folder must say before anybody is told. */
  file: ReceiptFile;
  /** Documents that the receipt rests on and whose records are out of date. */
  unrecorded: RecordedDocument[];
  /** This submission made the round full and closed it; enqueueAggregation then queues its a1. */
  closed: boolean;
}

/**
 * Makes a submission part of its round, or, where the round has ended its collecting and keeps what comes late, of
 * a later one with less weight. A submission that was carried gives way to a fresh one without being asked. With
 * outcome 'same', and whenever it throws a Refusal, the caller removes the folder that it offered; settleOffer does
 * all of this.
 * @throws Refusal federation_not_found, round_not_found, client_not_found, client_not_invited,
 * quota_exceeded, round_not_collecting, submission_conflict, submission_superseded, shape_mismatch, modules_mismatch
 */
export async function acceptSubmission(ledger: Ledger, offer: SubmissionOffer): Promise<Acceptance> {
  const { federation, round, client, contentDigest, blob, replace, upload } = offer;
  const layout = layoutOf(offer.layout);
  const receipt: Omit<Receipt, 'round' | 'acceptedAt' | 'carried'> = {
    client,
    sha256: offer.sha256,
    bytes: offer.bytes,
    numExamples: offer.numExamples,
    modules: layout.modules,
    rank: offer.rank,
  };
  // where and when it counts is the script's to say, which writes it at the beginning of the receipt
  const record = { receipt, contentDigest, blob, layoutDigest: layout.digest };
  const [outcome, stored, replacedBlob, closed, incarnation, unrecorded] = await runScript(
    ledger,
    ACCEPT,
    federation,
    {
      round,
      client,
      contentDigest,
      blob,
      bytes: offer.bytes,
      replace,
      upload,
      record: JSON.stringify(record),
      layout: layout.json,
      layoutDigest: layout.digest,
      fanInFanOut: String(offer.fanInFanOut),
    },
  );
  const accepted = submissionRecordFrom(stored);
  return {
    outcome: OUTCOMES.find((known) => known === outcome) ?? 'accepted',
    receipt: accepted.receipt,
    closed: closed === 1,
    file: {
      ...{ incarnation: String(incarnation), record: accepted },
      ...{ layout: layout.json, fanInFanOut: offer.fanInFanOut },
    },
    unrecorded: listFrom(unrecorded).map(String).filter(isDocument),
    ...(replacedBlob !== '' && { replacedBlob: String(replacedBlob) }),
  };
}
