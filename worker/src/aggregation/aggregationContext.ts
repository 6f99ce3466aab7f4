import type { Kernel } from '@florist/core/kernel/kernel';
import type { Blobs } from '@florist/storage/blobs/blobs';
import type { Ledger } from '@florist/storage/ledger/openLedger';
import type { Logger } from 'pino';
import type { RoundReader } from './openRoundReader.js';

/** What a process that aggregates keeps open between its jobs. */
export interface AggregationContext {
  ledger: Ledger;
  blobs: Blobs;
  kernel: Kernel;
  rounds: RoundReader;
  log: Logger;
}
