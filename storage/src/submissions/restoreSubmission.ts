import type { Ledger } from '../ledger/openLedger.js';
import { runScript } from '../ledger/runScript.js';
import { RESTORE } from './restoreScript.js';
import type { ReceiptFile } from './uploadFiles.js';

const OUTCOMES = ['restored', 'present', 'superseded', 'given-up', 'foreign', 'left-out'] as const;

/**
 * 'restored' and 'present': it counts. 'superseded': its client has submitted something newer. 'given-up': it was
 * withdrawn or replaced. 'foreign': it is of a federation that had the name before. 'left-out': its round has ended
 * its collecting without it.
 */
export type RestoreOutcome = (typeof OUTCOMES)[number];

/**
 * Puts a submission back in the ledger as its receipt says it was.
 * @param loading as part of a rebuild, which counts and closes afterwards
 * @throws Refusal federation_not_found, shape_mismatch
 */
export async function restoreSubmission(
  ledger: Ledger,
  federation: string,
  { incarnation, record, layout, fanInFanOut }: ReceiptFile,
  loading = false,
): Promise<RestoreOutcome> {
  const { receipt, revision, blob, layoutDigest } = record;
  const [outcome] = await runScript(ledger, RESTORE, federation, {
    ...{ incarnation, revision, blob, layout, layoutDigest, loading },
    ...{ round: receipt.round, client: receipt.client, fromRound: receipt.carried?.fromRound },
    bytes: receipt.bytes,
    record: JSON.stringify(record),
    fanInFanOut: String(fanInFanOut),
  });
  const known = OUTCOMES.find((each) => each === outcome);
  if (known === undefined) throw new Error(`A submission cannot be ${outcome}.`);
  return known;
}
