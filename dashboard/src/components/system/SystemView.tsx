'use client';

import { useQuery } from '@tanstack/react-query';
import { Panel } from '#components/ui/Panel.tsx';
import { QueryGate } from '#components/ui/QueryGate.tsx';
import { SkeletonRows } from '#components/ui/SkeletonRows.tsx';
import { fetchView } from '#lib/api/fetchView.ts';
import { keys } from '#lib/queries/keys.ts';
import type { SystemReport } from '#lib/system/systemReport.ts';
import { AggregatingPanel } from './AggregatingPanel.tsx';
import { ConcernsList } from './ConcernsList.tsx';
import { PublishedPanel } from './PublishedPanel.tsx';
import { QueuesPanel } from './QueuesPanel.tsx';
import { StoragePanel } from './StoragePanel.tsx';
import { SystemTiles } from './SystemTiles.tsx';
import { TrafficPanel } from './TrafficPanel.tsx';
import { WorkersPanel } from './WorkersPanel.tsx';

const REFRESH_MS = 5000; // as often as workers give a sign of life

/** Whether the service works, what computes and on what, what waits, and what was asked. */
export function SystemView() {
  const query = useQuery({
    queryKey: [...keys.system, 'report'],
    queryFn: ({ signal }) => fetchView<SystemReport>('/views/system', signal),
    refetchInterval: REFRESH_MS,
  });
  return (
    <>
      <h1 className="mb-4 text-lg font-semibold">System</h1>
      <QueryGate
        query={query}
        what="the system"
        loading={
          <Panel title="Service" flush>
            <SkeletonRows label="Loading the system" />
          </Panel>
        }
      >
        {(report) => <Loaded report={report} />}
      </QueryGate>
    </>
  );
}

function Loaded({ report }: { report: SystemReport }) {
  const { system, dashboard, traffic, aggregating, published } = report;
  return (
    <div className="flex flex-col gap-5">
      <SystemTiles report={report} />
      <ConcernsList report={report} />
      {system !== undefined && (
        <>
          <WorkersPanel workers={system.workers} />
          <div className="grid grid-cols-1 gap-5 xl:grid-cols-2">
            <QueuesPanel queues={system.queues} />
            <StoragePanel system={system} dashboard={dashboard} />
          </div>
        </>
      )}
      <div className="grid grid-cols-1 gap-5 xl:grid-cols-2">
        <AggregatingPanel aggregating={aggregating} />
        <PublishedPanel published={published} />
      </div>
      {traffic !== undefined && <TrafficPanel traffic={traffic} />}
    </div>
  );
}
