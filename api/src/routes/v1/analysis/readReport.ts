import type { AdapterReport } from '@florist/core/results/adapterReport';
import type { Adapter } from '@florist/core/schemas/adapter';
import { listAdapters } from '@florist/storage/adapters/listAdapters';
import { publishedAdapter } from '@florist/storage/adapters/publishedAdapter';
import { BlobMissing } from '@florist/storage/blobs/blobMissing';
import { RESULT_FILE } from '@florist/storage/blobs/keys';
import { roundNamed } from '../../../rounds/roundNamed.js';
import type { Services } from '../../../services.js';

/** What is known of a round since its first adapter was published. */
export interface RoundReport {
  report: AdapterReport;
  adapters: Adapter[];
}

/**
 * The report of the round's current adapter, and all of its adapters.
 *
 * @throws Refusal federation_not_found, round_not_found, round_not_published
 */
export async function readReport(
  { ledger, blobs }: Pick<Services, 'ledger' | 'blobs'>,
  federation: string,
  round: string,
): Promise<RoundReport> {
  const address = roundNamed(round);
  const current = await publishedAdapter(ledger, federation, address, 'current');
  const key = `${current.folder}${RESULT_FILE}`;
  const stat = await blobs.stat(key);
  if (stat === undefined) throw new BlobMissing(key);
  const content = await blobs.read(key, 0, stat.bytes);
  return {
    report: JSON.parse(content.toString('utf8')),
    adapters: await listAdapters(ledger, federation, current.round),
  };
}
