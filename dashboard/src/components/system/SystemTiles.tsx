import { CircleCheck, OctagonX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Bytes } from '#components/ui/Bytes.tsx';
import { formatBytes } from '#lib/format/formatBytes.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import type { SystemReport } from '#lib/system/systemReport.ts';

const MARKS = {
  good: { icon: CircleCheck, look: 'text-accent' },
  warn: { icon: TriangleAlert, look: 'text-warn' },
  bad: { icon: OctagonX, look: 'text-danger' },
} as const;

/** Whether anything is stuck, at one glance. */
export function SystemTiles({ report: { api, apiUrl, system } }: { report: SystemReport }) {
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line lg:grid-cols-5">
      <Tile name="Api" beside={`${Math.round(api.milliseconds)} ms · ${apiUrl}`}>
        <Marked mark={api.ready ? 'good' : 'bad'}>{api.ready ? 'ready' : 'not ready'}</Marked>
      </Tile>
      {system === undefined ? (
        ['Workers', 'Queue', 'Redis', 'Disk'].map((name) => (
          <Tile key={name} name={name} beside="not known now">
            —
          </Tile>
        ))
      ) : (
        <>
          <WorkersTile workers={system.workers} />
          <QueueTile queues={system.queues} />
          <RedisTile redis={system.redis} />
          <DiskTile blobs={system.blobs} />
        </>
      )}
    </dl>
  );
}

type System = NonNullable<SystemReport['system']>;

function WorkersTile({ workers }: Pick<System, 'workers'>) {
  const providers = [...new Set(workers.map(({ provider }) => provider.toUpperCase()))].sort();
  const parts = workers.reduce((sum, { concurrency }) => sum + concurrency, 0);
  return (
    <Tile
      name="Workers"
      beside={workers.length === 0 ? 'rounds will wait' : `${formatCount(parts)} groups of modules at a time`}
    >
      <Marked mark={workers.length === 0 ? 'warn' : 'good'}>
        {workers.length === 0 ? 'none alive' : `${formatCount(workers.length)} on ${providers.join(' and ')}`}
      </Marked>
    </Tile>
  );
}

function QueueTile({ queues }: Pick<System, 'queues'>) {
  const total = (state: 'waiting' | 'active' | 'failed') =>
    queues.reduce((sum, queue) => sum + queue[state], 0);
  return (
    <Tile
      name="Queue"
      beside={`${formatCount(total('active'))} active, ${formatCount(total('failed'))} failed`}
    >
      {formatCount(total('waiting'))} waiting
    </Tile>
  );
}

function RedisTile({ redis }: Pick<System, 'redis'>) {
  const sound = redis.appendOnly && redis.lastWrite === 'ok' && redis.maxMemoryPolicy === 'noeviction';
  return (
    <Tile
      name="Redis"
      beside={
        redis.maxMemoryBytes === undefined ? 'in memory, no limit' : `of ${formatBytes(redis.maxMemoryBytes)}`
      }
    >
      <Marked mark={sound ? 'good' : 'warn'}>
        <Bytes value={redis.usedMemoryBytes} />
      </Marked>
    </Tile>
  );
}

function DiskTile({ blobs }: Pick<System, 'blobs'>) {
  const { writable, freeBytes, totalBytes } = blobs;
  return (
    <Tile
      name="Disk for adapters"
      beside={totalBytes === undefined ? 'no bound known' : `of ${formatBytes(totalBytes)}`}
    >
      <Marked mark={writable ? 'good' : 'bad'}>
        {!writable && 'cannot be written'}
        {writable && freeBytes !== undefined && (
          <>
            <Bytes value={freeBytes} /> free
          </>
        )}
        {writable && freeBytes === undefined && 'writable'}
      </Marked>
    </Tile>
  );
}

function Marked({ mark, children }: { mark: keyof typeof MARKS; children: ReactNode }) {
  const { icon: Icon, look } = MARKS[mark];
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon size={17} aria-hidden="true" className={`shrink-0 ${look}`} />
      <span>{children}</span>
    </span>
  );
}

function Tile({ name, beside, children }: { name: string; beside: string; children: ReactNode }) {
  return (
    <div className="min-w-0 bg-surface px-4 py-2.5 max-lg:last:col-span-2">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="figures mt-0.5 flex min-h-7 items-center text-lg font-semibold">{children}</dd>
      <dd className="figures truncate text-xs text-muted" title={beside}>
        {beside}
      </dd>
    </div>
  );
}
