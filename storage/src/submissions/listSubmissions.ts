import type { Receipt } from '@florist/core/schemas/submission';
import type { Ledger } from '../ledger/openLedger.js';
import { nameCursor, type Page, type PageRequest, pageLimit, pageOf } from '../paging/page.js';
import { recordPage } from './recordPage.js';

/**
 * A round's receipts in the order of the clients' ids.
 * @throws Refusal federation_not_found, round_not_found, request_invalid
 */
export async function listSubmissions(
  ledger: Ledger,
  federation: string,
  round: number | 'latest',
  request: PageRequest = {},
): Promise<Page<Receipt>> {
  const limit = pageLimit(request);
  const records = await recordPage(ledger, federation, round, nameCursor(request), limit + 1);
  const receipts = records.map(({ receipt }) => receipt);
  return pageOf(receipts, limit, ({ client }) => client);
}
