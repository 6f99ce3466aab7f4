import type { Settings } from '@florist/core/settings/readSettings';
import type { Blobs } from '@florist/storage/blobs/blobs';
import type { EventHub } from '@florist/storage/events/eventHub';
import type { Ledger } from '@florist/storage/ledger/openLedger';
import type { Queues } from '@florist/storage/queue/openQueues';

/** Everything the routes need from outside; the process or a test puts it together. */
export interface Services {
  settings: Settings & { operatorToken: string };
  ledger: Ledger;
  blobs: Blobs;
  hub: EventHub;
  queues: Queues;
}
