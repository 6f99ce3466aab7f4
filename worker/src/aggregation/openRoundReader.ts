import { effectiveExamples } from '@florist/core/rounds/effectiveExamples';
import type { Blobs } from '@florist/storage/blobs/blobs';
import type { Ledger } from '@florist/storage/ledger/openLedger';
import { submissionRecords } from '@florist/storage/submissions/submissionRecords';
import { readRoundClients } from './readRoundClients.js';
import type { RoundClient } from './roundClient.js';

/**
 * Reads what a round's submissions declare; the answer of the last round is kept, as its parts come in a row, and
 * several at once.
 */
export interface RoundReader {
  read(federation: string, round: number): Promise<readonly RoundClient[]>;
}

export function openRoundReader(ledger: Ledger, blobs: Blobs): RoundReader {
  let last: { key: string; clients: Promise<readonly RoundClient[]> } | undefined;
  return {
    async read(federation, round) {
      const records = await submissionRecords(ledger, federation, round);
      if (records.length === 0) throw new Error(`round ${round} of ${federation} has no submissions`);
      // a submission's folder is never written twice, so it stands for its content
      const key = records.map(({ blob, receipt }) => `${blob} ${effectiveExamples(receipt)}`).join();
      if (last?.key !== key) {
        const own = { key, clients: readRoundClients(blobs, records) };
        last = own;
        // what could not be read is tried again by the next part; whoever waits for it reports why
        own.clients.catch(() => {
          if (last === own) last = undefined;
        });
      }
      return last.clients;
    },
  };
}
