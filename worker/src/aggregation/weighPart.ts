import { Refusal } from '@florist/core/errors/refusal';
import { stopwatch } from '@florist/core/florist/stopwatch';
import { type ClientProducts, clientProducts } from '@florist/core/weighting/clientProducts';
import { productsWanted } from '@florist/core/weighting/productsWanted';
import { jobStillWanted } from '@florist/storage/adapters/jobStillWanted';
import { partKey, partName, partsFolder } from '@florist/storage/blobs/keys';
import type { PartJob } from '@florist/storage/queue/payloads';
import type { AggregationContext } from './aggregationContext.js';
import { commitPart } from './commitPart.js';
import type { WeighIndex } from './partIndex.js';
import type { PartOutcome } from './partOutcome.js';
import { weighModule } from './weighModule.js';

/** Clients that are compared each with each at most: 16 MB of products in each of up to 64 parts. */
const COMPARED_CLIENTS_MAX = 2_000;

/**
 * Sums the clients' inner products over one part's modules, from which a robust policy chooses weights: the `.bin`
 * holds them as float64, little-endian, in the order of `ClientProducts`.
 *
 * @throws Refusal clients_too_many
 */
export async function weighPart(context: AggregationContext, job: PartJob): Promise<PartOutcome> {
  const { ledger, blobs, rounds, log } = context;
  const indexKey = partKey(job, job.phase, job.index, 'json');
  if ((await blobs.stat(indexKey)) !== undefined) return 'present';
  const clients = await rounds.read(job.federation, job.round);
  const products = noProducts(job, clients.length);
  const lap = stopwatch();
  for (const name of job.modules) {
    if (!(await jobStillWanted(ledger, job))) return 'unwanted';
    await weighModule(context, clients, name, products);
  }
  const index: WeighIndex = {
    clients: products.clients,
    kind: products.kind,
    computeSeconds: lap(),
  };
  const values = new Uint8Array(products.values.buffer);
  await commitPart(blobs, partsFolder(job), partName(job.phase, job.index), values, index);
  log.info({ part: job.index, modules: job.modules.length, compute: index.computeSeconds }, 'part weighed');
  return 'made';
}

function noProducts({ aggregation }: PartJob, count: number): ClientProducts {
  const kind = aggregation.weighting && productsWanted(aggregation.weighting);
  if (kind === undefined) throw new Error('the weighting asks for no products');
  if (kind === 'triangle' && count > COMPARED_CLIENTS_MAX) {
    throw new Refusal(
      'clients_too_many',
      `The weighting compares each client with each, which takes at most ${COMPARED_CLIENTS_MAX} of them; the ` +
        `round has ${count}. Clipping has no such limit.`,
    );
  }
  return clientProducts(kind, count);
}
