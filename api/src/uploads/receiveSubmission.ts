import { randomUUID } from 'node:crypto';
import type { Multipart } from '@fastify/multipart';
import { readAdapter } from '@florist/core/peft/readAdapter';
import { ADAPTER_FILE, CONFIG_FILE, OFFER_FILE, submissionFolder } from '@florist/storage/blobs/keys';
import { incarnationOf } from '@florist/storage/federations/incarnationOf';
import { removeMarked } from '@florist/storage/retention/removeMarked';
import type { Acceptance, SubmissionOffer } from '@florist/storage/submissions/acceptSubmission';
import { settleOffer } from '@florist/storage/submissions/settleOffer';
import { offerFile } from '@florist/storage/submissions/uploadFiles';
import type { FastifyBaseLogger } from 'fastify';
import type { Services } from '../services.js';
import { contentDigest } from './contentDigest.js';
import { formRefusal } from './formRefusal.js';
import { IncomingAdapter } from './incomingAdapter.js';
import { readForm } from './readForm.js';
import { passUpload } from './resumable/passUpload.js';

/** An upload that has passed the checks that need no body. */
export interface Upload {
  federation: string;
  round: number;
  client: string;
  replace: boolean;
  parts: AsyncIterable<Multipart>;
  /** What the client says it sends, if it does. */
  contentLength?: number | undefined;
  /** Told how many bytes of the adapter have come, piece by piece. */
  received(bytes: number): void;
  /** Called once before an adapter that has arrived already is read, during which nothing moves on the line. */
  assembling(): void;
}

type Stores = Pick<Services, 'ledger' | 'blobs'>;

/**
 * Takes a submission in: adapter, config and offer become durable together, then the ledger decides, then its
 * receipt becomes durable. A refusal, a broken connection or a full disk leaves nothing behind; what a fault leaves,
 * sending the same content again settles, and so does the reconciler.
 */
export async function receiveSubmission(
  stores: Stores,
  upload: Upload,
  log: FastifyBaseLogger,
): Promise<Acceptance> {
  const { ledger, blobs } = stores;
  const { federation, round, client } = upload;
  const folder = submissionFolder(federation, round, client, randomUUID());
  const notRemoved = (unwanted: string, error: unknown) => {
    log.error({ err: error, folder: unwanted }, 'blobs not removed');
  };
  let offer: SubmissionOffer;
  try {
    offer = await store(stores, upload, folder);
  } catch (error) {
    await blobs.removeFolder(folder).catch((fault: unknown) => notRemoved(folder, fault));
    throw formRefusal(error);
  }
  const acceptance = await settleOffer(ledger, blobs, offer, notRemoved);
  if (offer.upload !== undefined) {
    await removeMarked(ledger, blobs, federation).catch((error: unknown) => {
      log.warn({ err: error, upload: offer.upload }, 'pieces left for the sweep to remove');
    });
  }
  return acceptance;
}

/** Reads the form and makes everything durable under `folder`. */
async function store(stores: Stores, upload: Upload, folder: string): Promise<SubmissionOffer> {
  const { federation, round, client, replace, parts, contentLength } = upload;
  const draft = await stores.blobs.begin(contentLength);
  try {
    const adapter = new IncomingAdapter(draft, upload.received);
    const { numExamples, config, configText, upload: arrived } = await readForm(parts, adapter);
    if (arrived !== undefined) {
      upload.assembling();
      await passUpload(stores, { federation, client, upload: arrived }, adapter);
    }
    const { header, sha256, bytes } = await adapter.finish();
    const { modules, rank, fanInFanOut } = readAdapter(header, config);
    const layout = Object.fromEntries(modules.map(({ name, shape: [m, n] }) => [name, `${m}x${n}`]));
    const digest = contentDigest({ sha256, config: configText, numExamples });
    const offer: SubmissionOffer = {
      ...{ federation, round, client, sha256, bytes, numExamples, rank },
      ...{ contentDigest: digest, blob: folder, layout, fanInFanOut, replace, upload: arrived },
    };
    const incarnation = await incarnationOf(stores.ledger, federation);
    await stores.blobs.commitAll(folder, {
      [ADAPTER_FILE]: draft,
      [CONFIG_FILE]: Buffer.from(configText),
      // without one the federation is gone, and the ledger refuses
      ...(incarnation !== undefined && { [OFFER_FILE]: offerFile({ incarnation, offer }) }),
    });
    return offer;
  } catch (error) {
    await draft.abort();
    throw error;
  }
}
