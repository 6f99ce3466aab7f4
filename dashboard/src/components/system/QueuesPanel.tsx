'use client';

import { type Column, DataTable } from '#components/ui/DataTable.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import type { QueueStatus } from '#lib/api/types.ts';
import { classes } from '#lib/classes.ts';
import { formatCount } from '#lib/format/formatCount.ts';

/** How much work waits, and whether any was given up. */
export function QueuesPanel({ queues }: { queues: readonly QueueStatus[] }) {
  return (
    <Panel title="Queues" hint="Jobs between the api and the workers." flush>
      <DataTable label="Queues" rows={queues} rowKey={({ name }) => name} columns={COLUMNS} />
    </Panel>
  );
}

const COLUMNS: readonly Column<QueueStatus>[] = [
  {
    id: 'name',
    head: 'Queue',
    cell: ({ name, purpose }) => (
      <span title={purpose} className="whitespace-nowrap">
        {name.replace(/^florist-/, '')}
      </span>
    ),
  },
  count('waiting', 'Waiting'),
  count('active', 'Active'),
  count('failed', 'Failed', 'text-danger'),
  count('waitingForParts', 'For parts'),
  count('delayed', 'Delayed'),
];

type Count = 'waiting' | 'active' | 'waitingForParts' | 'delayed' | 'failed';

/** @param look of a count above zero */
function count(id: Count, head: string, look?: string): Column<QueueStatus> {
  return {
    id,
    head,
    figures: true,
    cell: (queue) => (
      <span className={classes(queue[id] === 0 ? 'text-faint' : look)}>{formatCount(queue[id])}</span>
    ),
  };
}
