import { type Static, Type } from 'typebox';
import { Time } from './common.js';
import { component } from './component.js';

const Count = (description: string) => Type.Integer({ minimum: 0, description });
const Bytes = (description: string) => Type.Integer({ minimum: 0, description });

export const WorkerStatus = component(
  'WorkerStatus',
  Type.Object(
    {
      id: Type.String({ description: 'Made when the process started.' }),
      host: Type.String({ description: 'Name of the machine or container.' }),
      pid: Type.Integer({ minimum: 0 }),
      provider: Type.Union([Type.Literal('cpu'), Type.Literal('cuda')], {
        description: 'What it computes on.',
      }),
      reason: Type.String({ description: 'Why it computes on that.' }),
      concurrency: Type.Integer({ minimum: 1, description: 'Groups of modules it computes at a time.' }),
      threads: Type.Integer({ minimum: 1, description: 'Cores each of them may use.' }),
      startedAt: Time('When the process started.'),
      seenAt: Time('Its latest sign of life.'),
      aliveMs: Type.Integer({
        minimum: 1,
        description: 'Silent for longer than this, and it counts as gone.',
      }),
    },
    { description: 'A worker process that aggregates.' },
  ),
);
export type WorkerStatus = Static<typeof WorkerStatus.schema>;

const QueueStatus = Type.Object({
  name: Type.String({ description: 'The label `queue` of the metric `florist_jobs`.' }),
  purpose: Type.String({ description: 'What its jobs do.' }),
  waiting: Count('Jobs that a worker could take now.'),
  active: Count('Jobs that workers are at.'),
  delayed: Count('Jobs that wait for a moment: before another attempt, or until they are due.'),
  waitingForParts: Count('Jobs that wait for other jobs.'),
  failed: Count('Jobs that were given up.'),
});
export type QueueStatus = Static<typeof QueueStatus>;

const RedisStatus = Type.Object({
  version: Type.String(),
  uptimeSeconds: Count('Since redis-server started.'),
  usedMemoryBytes: Bytes('What Redis holds in memory.'),
  maxMemoryBytes: Type.Optional(Bytes('Where it would refuse to grow; absent when it has no limit.')),
  systemMemoryBytes: Bytes('Memory of the machine it runs on.'),
  maxMemoryPolicy: Type.String({ description: 'Must be noeviction: Florist may not be forgotten.' }),
  appendOnly: Type.Boolean({ description: 'Whether every change is written to the append-only file.' }),
  lastWrite: Type.Union([Type.Literal('ok'), Type.Literal('err')], {
    description: 'How the latest write to the append-only file ended.',
  }),
  connectedClients: Count('Open connections of all its users.'),
});
export type RedisStatus = Static<typeof RedisStatus>;

const BlobsStatus = Type.Object({
  writable: Type.Boolean({ description: 'Whether a blob can be written now.' }),
  problem: Type.Optional(Type.String({ description: 'Why not.' })),
  freeBytes: Type.Optional(
    Bytes('What may still be written to the disk; absent where the store knows no bound.'),
  ),
  totalBytes: Type.Optional(Bytes('Size of the disk; absent where the store knows no bound.')),
});
export type BlobsStatus = Static<typeof BlobsStatus>;

export const StorageFinding = Type.Object(
  {
    federation: Type.String(),
    kind: Type.Union(
      [
        Type.Literal('submission_damaged'),
        Type.Literal('adapter_damaged'),
        Type.Literal('submission_left_out'),
        Type.Literal('receipt_damaged'),
        Type.Literal('federation_lost'),
        Type.Literal('ledger_behind'),
      ],
      { description: 'What is wrong.' },
    ),
    round: Type.Optional(Type.Integer({ minimum: 1 })),
    client: Type.Optional(Type.String()),
    adapter: Type.Optional(Type.String()),
    detail: Type.String({
      description: 'A sentence that says what, and what to do about it where something can be.',
    }),
    foundAt: Time('When it was first found.'),
  },
  { description: 'Something that the reconciler found and cannot mend.' },
);
export type StorageFinding = Static<typeof StorageFinding>;

const ReconcilerStatus = Type.Object({
  checkedAt: Type.Optional(
    Time('When the ledger was last compared with the blobs; absent before the first time.'),
  ),
  findings: Type.Array(StorageFinding, { description: 'What cannot be mended, the oldest first.' }),
});
export type ReconcilerStatus = Static<typeof ReconcilerStatus>;

export const System = component(
  'System',
  Type.Object(
    {
      api: Type.Object(
        {
          version: Type.String(),
          nodeVersion: Type.String(),
          host: Type.String({ description: 'Name of the machine or container.' }),
          uptimeSeconds: Count('Since the process started.'),
        },
        { description: 'The replica of the api that answered.' },
      ),
      workers: Type.Array(WorkerStatus.ref, {
        description: 'Those alive, the longest running first. Without any, closed rounds wait.',
      }),
      queues: Type.Array(QueueStatus),
      redis: RedisStatus,
      blobs: BlobsStatus,
      reconciler: ReconcilerStatus,
    },
    { description: 'What the service stands on, and how it is.' },
  ),
);
export type System = Static<typeof System.schema>;
