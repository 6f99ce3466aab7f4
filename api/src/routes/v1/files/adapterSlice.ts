import { Refusal } from '@florist/core/errors/refusal';
import { pairFactors } from '@florist/core/peft/pairFactors';
import { readFactor } from '@florist/core/peft/readFactor';
import type { Adapter } from '@florist/core/schemas/adapter';
import type { Method } from '@florist/core/schemas/aggregation';
import { planSlice, type SlicePlan } from '@florist/core/slices/planSlice';
import type { PublishedAdapter } from '@florist/storage/adapters/publishedAdapter';
import { ADAPTER_FILE } from '@florist/storage/blobs/keys';
import { readTensorHeader } from '@florist/storage/blobs/readTensorHeader';
import { findSubmission } from '@florist/storage/submissions/findSubmission';
import type { Services } from '../../../services.js';

type Stores = Pick<Services, 'ledger' | 'blobs'>;

/** How much of an adapter a URL asks for. */
export interface SliceWish {
  /** The most rank of every module. */
  rank?: number | undefined;
  /** Whose ranks: those of this client's submission, and of the modules that it holds. */
  client?: string | undefined;
}

/**
 * How to cut a published adapter, or undefined where all of it is asked for. Given both, a rank and a client, the
 * smaller rank counts.
 *
 * @throws Refusal adapter_not_sliceable, client_not_found, submission_not_found, submissions_gone
 */
export async function adapterSlice(
  { ledger, blobs }: Stores,
  federation: string,
  { round, adapter, folder }: PublishedAdapter,
  { rank, client }: SliceWish,
): Promise<SlicePlan | undefined> {
  if (rank === undefined && client === undefined) {
    return undefined;
  }
  requireSingularVectors(adapter);
  const most = rank ?? Number.POSITIVE_INFINITY;
  const ranks =
    client === undefined ? undefined : await clientRanks({ ledger, blobs }, federation, round, client);
  const header = await readTensorHeader(blobs, `${folder}${ADAPTER_FILE}`);
  const plan = planSlice(header, (module) => {
    const own = ranks === undefined ? most : ranks.get(module);
    return own === undefined ? undefined : Math.min(own, most);
  });
  return plan.whole ? undefined : plan;
}

/** The rank of each module in what a client submitted, from the header of the stored file. */
async function clientRanks(
  { ledger, blobs }: Stores,
  federation: string,
  round: number,
  client: string,
): Promise<Map<string, number>> {
  const { blob } = await findSubmission(ledger, federation, round, client);
  const { tensors } = await readTensorHeader(blobs, `${blob}${ADAPTER_FILE}`);
  return new Map(pairFactors(tensors).map(({ module, a }) => [module, readFactor(a).rows]));
}

function requireSingularVectors({ id, aggregation: { method } }: Adapter): void {
  if (!isSorted(method)) {
    const detail =
      `Adapter ${id} was made by ${method}, whose columns and rows have no order: the first few of them are ` +
      'no smaller version of it. Only florist and flexlora can be cut.';
    throw new Refusal('adapter_not_sliceable', detail);
  }
}

/** Whether a method publishes singular vectors, the most important first. */
function isSorted(method: Method): boolean {
  switch (method) {
    case 'florist':
    case 'flexlora':
      return true;
    case 'fedit':
    case 'ffa-lora':
    case 'flora':
      return false;
  }
}
