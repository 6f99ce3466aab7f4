import { recordProgress } from '@florist/storage/adapters/recordProgress';
import type { AttemptRef } from '@florist/storage/adapters/refs';
import type { Ledger } from '@florist/storage/ledger/openLedger';

/** Modules done within this time of a report are told together in the next: each is synced to the disk. */
export const REPORT_EVERY_MS = 200;

/** Tells the ledger which modules are done while others are being made. */
export interface ProgressReports {
  /** Notes a module that is done. False as soon as it is known that nobody wants the adapter any more. */
  note(module: string): boolean;
  /** Tells what was not told yet. False when nobody wants the adapter. @throws when the ledger cannot be told */
  finish(): Promise<boolean>;
}

export function progressReports(ledger: Ledger, ref: AttemptRef): ProgressReports {
  let untold: string[] = [];
  let toldAt = Number.NEGATIVE_INFINITY;
  let telling: Promise<void> | undefined;
  let wanted = true;
  const tell = async () => {
    const modules = untold;
    untold = [];
    toldAt = performance.now();
    try {
      if ((await recordProgress(ledger, ref, modules)) === 'stale') wanted = false;
    } catch (error) {
      untold = [...modules, ...untold];
      throw error;
    }
  };
  return {
    note(module) {
      untold.push(module);
      if (telling === undefined && performance.now() - toldAt >= REPORT_EVERY_MS) {
        // what the ledger could not be told now is told with the next, or in the end, which reports the fault
        telling = tell()
          .catch(() => {})
          .finally(() => {
            telling = undefined;
          });
      }
      return wanted;
    },
    async finish() {
      await telling;
      if (untold.length > 0) await tell();
      return wanted;
    },
  };
}
