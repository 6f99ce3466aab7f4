import { randomUUID } from 'node:crypto';
import type { Multipart } from '@fastify/multipart';
import { Refusal } from '@florist/core/errors/refusal';
import { readAdapter } from '@florist/core/peft/readAdapter';
import type { Receipt } from '@florist/core/schemas/submission';
import { ADAPTER_FILE, CONFIG_FILE, RECEIPT_FILE, submissionFolder } from '@florist/storage/blobs/keys';
import {
  type Acceptance,
  acceptSubmission,
  type SubmissionOffer,
} from '@florist/storage/submissions/acceptSubmission';
import type { FastifyBaseLogger } from 'fastify';
import type { Services } from '../services.js';
import { contentDigest } from './contentDigest.js';
import { formRefusal } from './formRefusal.js';
import { IncomingAdapter } from './incomingAdapter.js';
import { readForm } from './readForm.js';

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
}

type Stores = Pick<Services, 'ledger' | 'blobs'>;

/**
 * Takes a submission in: adapter, config and receipt become durable in this order, then the ledger decides. A
 * refusal, a broken connection or a full disk leaves nothing behind. A fault of the ledger leaves the blobs,
 * since it may have accepted them before the answer was lost; sending the same content again settles it.
 */
export async function receiveSubmission(
  stores: Stores,
  upload: Upload,
  log: FastifyBaseLogger,
): Promise<Acceptance> {
  const { federation, round, client } = upload;
  const folder = submissionFolder(federation, round, client, randomUUID());
  const discard = async (unwanted: string) => {
    await stores.blobs.removeFolder(unwanted).catch((error: unknown) => {
      log.error({ err: error, folder: unwanted }, 'blobs not removed');
    });
  };
  let offer: SubmissionOffer;
  try {
    offer = await store(stores, upload, folder);
  } catch (error) {
    await discard(folder);
    throw formRefusal(error);
  }
  const acceptance = await acceptSubmission(stores.ledger, offer).catch(async (error: unknown) => {
    if (error instanceof Refusal) {
      await discard(folder);
    }
    throw error;
  });
  if (acceptance.outcome === 'same') {
    await discard(folder);
  }
  if (acceptance.replacedBlob !== undefined) {
    await discard(acceptance.replacedBlob);
  }
  return acceptance;
}

/** Reads the form and makes everything durable under `folder`. */
async function store(stores: Stores, upload: Upload, folder: string): Promise<SubmissionOffer> {
  const { federation, round, client, replace, parts, contentLength } = upload;
  const draft = await stores.blobs.begin(contentLength);
  try {
    const adapter = new IncomingAdapter(draft, upload.received);
    const { numExamples, config, configText } = await readForm(parts, adapter);
    const { header, sha256, bytes } = adapter.finish();
    const { modules, rank, fanInFanOut } = readAdapter(header, config);
    const receivedAt = stores.ledger.now().toISOString();
    const receipt: Receipt = {
      ...{ client, round, sha256, bytes, numExamples, modules: modules.length, rank },
      acceptedAt: receivedAt,
    };
    await draft.commit(`${folder}${ADAPTER_FILE}`);
    await stores.blobs.write(`${folder}${CONFIG_FILE}`, Buffer.from(configText));
    await stores.blobs.write(`${folder}${RECEIPT_FILE}`, Buffer.from(JSON.stringify(receipt)));
    const layout = Object.fromEntries(modules.map(({ name, shape: [m, n] }) => [name, `${m}x${n}`]));
    const digest = contentDigest({ sha256, config: configText, numExamples });
    return {
      ...{ federation, round, client, sha256, bytes, numExamples, rank },
      ...{ contentDigest: digest, blob: folder, layout, fanInFanOut, replace },
    };
  } catch (error) {
    await draft.abort();
    throw error;
  }
}
