import { expireUploads } from '@florist/storage/uploads/expireUploads';
import type { SweepContext } from './sweepRounds.js';

/** Ends uploads in pieces that nobody goes on with. */
export async function sweepUploads({ ledger, log }: SweepContext): Promise<void> {
  const expired = await expireUploads(ledger);
  if (expired > 0) log.info({ expired }, 'uploads expired');
}
