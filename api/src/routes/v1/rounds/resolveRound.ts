import type { Ledger } from '@florist/storage/ledger/openLedger';
import { getRound } from '@florist/storage/rounds/getRound';

/**
 * The number of the round that a URL names by its number or as `latest`.
 * @throws Refusal federation_not_found, round_not_found
 */
export async function resolveRound(ledger: Ledger, federation: string, round: string): Promise<number> {
  return round === 'latest' ? (await getRound(ledger, federation, 'latest')).number : Number(round);
}
