import type { AdapterReport } from '@florist/core/results/adapterReport';
import type { Adapter } from '@florist/core/schemas/adapter';
import { listAdapters } from '@florist/storage/adapters/listAdapters';
import { publishedAdapter } from '@florist/storage/adapters/publishedAdapter';
import { RESULT_FILE } from '@florist/storage/blobs/keys';
import { readBlob } from '@florist/storage/blobs/readBlob';
import { askAgain } from '../../../files/askAgain.js';
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
  return askAgain(async () => {
    const current = await publishedAdapter(ledger, federation, address, 'current');
    const content = await readBlob(blobs, `${current.folder}${RESULT_FILE}`);
    return {
      report: JSON.parse(content.toString('utf8')),
      adapters: await listAdapters(ledger, federation, current.round),
    };
  });
}
