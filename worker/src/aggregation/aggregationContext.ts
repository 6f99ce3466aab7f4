import type { Kernel } from '@florist/core/kernel/kernel';
import type { Engine } from '@florist/core/schemas/lineage';
import type { Blobs } from '@florist/storage/blobs/blobs';
import type { Ledger } from '@florist/storage/ledger/openLedger';
import type { Logger } from 'pino';
import type { BufferPool } from './bufferPool.js';
import type { Turns } from './inTurn.js';
import type { RoundReader } from './openRoundReader.js';

/** What a process that aggregates keeps open between its jobs. */
export interface AggregationContext {
  ledger: Ledger;
  blobs: Blobs;
  buffers: BufferPool;
  kernel: Kernel;
  /** What the kernel is, for the lineage of what it makes. */
  engine: Engine;
  rounds: RoundReader;
  /**
   * Of parts made at the same time one computes, module by module, while another reads its first, or puts what it has
   * made on the disk: memory is that of one.
   */
  inTurn: Turns;
  log: Logger;
}
