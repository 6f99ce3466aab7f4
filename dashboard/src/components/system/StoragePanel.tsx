import type { ComponentProps, ReactNode } from 'react';
import { Bytes } from '#components/ui/Bytes.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { Progress } from '#components/ui/Progress.tsx';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatSeconds } from '#lib/format/formatSeconds.ts';
import type { SystemReport } from '#lib/system/systemReport.ts';

interface StoragePanelProps {
  system: NonNullable<SystemReport['system']>;
  dashboard: SystemReport['dashboard'];
}

/** What keeps the state and the bytes, and the processes that serve them. */
export function StoragePanel({ system: { redis, blobs, api }, dashboard }: StoragePanelProps) {
  const { maxMemoryBytes = redis.systemMemoryBytes } = redis;
  const limit = redis.maxMemoryBytes === undefined ? 'of the machine’s memory' : 'of maxmemory';
  const { freeBytes, totalBytes } = blobs;
  return (
    <Panel title="Redis, disk, processes" hint="What keeps the state and the bytes, and who serves them.">
      <dl className="grid grid-cols-1 gap-x-8 gap-y-3 text-[13px] sm:grid-cols-2">
        <Fact name="Redis’s memory">
          <Bytes value={redis.usedMemoryBytes} /> <span className="text-muted">of</span>{' '}
          <Bytes value={maxMemoryBytes} /> <span className="text-muted">{limit}</span>
          <Meter done={redis.usedMemoryBytes} total={maxMemoryBytes} label={`bytes ${limit} used`} />
        </Fact>
        <Fact name="Disk for adapters">
          {freeBytes === undefined || totalBytes === undefined ? (
            'no bound known'
          ) : (
            <>
              <Bytes value={totalBytes - freeBytes} /> <span className="text-muted">of</span>{' '}
              <Bytes value={totalBytes} /> <span className="text-muted">used</span>
              <Meter done={totalBytes - freeBytes} total={totalBytes} label="bytes of the disk used" />
            </>
          )}
        </Fact>
        <Fact name="Redis’s persistence">
          {redis.appendOnly
            ? `append-only file on, last write ${redis.lastWrite === 'ok' ? 'ok' : 'failed'}`
            : 'append-only file off'}
          ; maxmemory-policy {redis.maxMemoryPolicy}
        </Fact>
        <Fact name="Redis">
          {redis.version}, up {formatSeconds(redis.uptimeSeconds)}, {formatCount(redis.connectedClients)}{' '}
          connections
        </Fact>
        <Fact name="Api">
          {api.version} on {api.host}, up {formatSeconds(api.uptimeSeconds)}, Node {api.nodeVersion}
        </Fact>
        <Fact name="Dashboard">
          up {formatSeconds(dashboard.uptimeSeconds)}, <Bytes value={dashboard.memoryBytes} /> of memory, Node{' '}
          {dashboard.nodeVersion}
        </Fact>
      </dl>
    </Panel>
  );
}

function Meter(props: ComponentProps<typeof Progress>) {
  return (
    <div className="mt-1.5">
      <Progress {...props} />
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="mt-0.5 break-words">{children}</dd>
    </div>
  );
}
