import type { Weights } from '@florist/core/schemas/weighting';
import { productsWanted } from '@florist/core/weighting/productsWanted';
import { weighClients } from '@florist/core/weighting/weighClients';
import { adapterFolder, WEIGHTS_FILE } from '@florist/storage/blobs/keys';
import type { PartJob } from '@florist/storage/queue/payloads';
import type { AggregationContext } from './aggregationContext.js';
import { applyWeights } from './applyWeights.js';
import { readJson } from './readJson.js';
import type { RoundClient } from './roundClient.js';

/** A round's clients with the weights that the adapter's weighting gives them, without those it drops. */
export async function readWeighedClients(
  { blobs, rounds }: AggregationContext,
  job: PartJob,
): Promise<readonly RoundClient[]> {
  const clients = await rounds.read(job.federation, job.round);
  const { weighting } = job.aggregation;
  if (weighting === undefined) return clients;
  if (productsWanted(weighting) === undefined) return applyWeights(clients, weighClients(weighting, clients));
  const weights = await readJson<Weights>(blobs, adapterFolder(job) + WEIGHTS_FILE);
  if (weights === undefined) throw new Error('the clients have not been weighed');
  return applyWeights(clients, weights);
}
