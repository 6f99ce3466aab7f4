import { CircleCheck, Download, Eye } from 'lucide-react';
import { Button, buttonClasses } from '#components/ui/Button.tsx';
import { Bytes } from '#components/ui/Bytes.tsx';
import type { Column } from '#components/ui/DataTable.tsx';
import { Exact } from '#components/ui/Exact.tsx';
import { StateBadge } from '#components/ui/StateBadge.tsx';
import type { Adapter } from '#lib/api/types.ts';
import { describeMethod } from '#lib/federation/describeMethod.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatSeconds } from '#lib/format/formatSeconds.ts';
import { formatShare } from '#lib/format/formatShare.ts';

/** What can be done to an adapter stays in view on a phone. */
const STICKY_ON_PHONES =
  'max-sm:sticky max-sm:right-0 max-sm:bg-[linear-gradient(to_right,transparent,var(--surface)_0.75rem)]';

interface AdapterColumnsOptions {
  federation: string;
  round: number;
  viewed: string | undefined;
  onView: (id: string) => void;
  onPromote: ((adapter: Adapter) => void) | undefined;
}

export function adapterColumns(options: AdapterColumnsOptions): Column<Adapter>[] {
  return [
    {
      id: 'id',
      head: 'Id',
      cell: ({ id, current }) => (
        <span className="inline-flex items-center gap-2">
          <span className="figures font-medium">{id}</span>
          {current && (
            <span className="rounded-full bg-accent-soft px-1.5 text-2xs font-medium text-accent">
              current
            </span>
          )}
        </span>
      ),
    },
    { id: 'method', head: 'Method', cell: ({ aggregation }) => <MethodCell aggregation={aggregation} /> },
    { id: 'state', head: 'State', cell: (adapter) => <StateCell adapter={adapter} /> },
    {
      id: 'rank',
      head: 'Total rank',
      figures: true,
      cell: ({ result }) => result && formatCount(result.totalRank),
    },
    {
      id: 'bytes',
      head: 'Download',
      figures: true,
      cell: ({ result }) => result && <Bytes value={result.bytes} />,
    },
    {
      id: 'error',
      head: 'Error, of ΔW',
      figures: true,
      cell: ({ result }) =>
        result && <Exact exact={String(result.relativeError)}>{formatShare(result.relativeError)}</Exact>,
    },
    {
      id: 'time',
      head: 'Time',
      figures: true,
      cell: ({ result }) => result && formatSeconds(result.seconds),
    },
    {
      id: 'acts',
      head: <span className="sr-only">Acts</span>,
      figures: true,
      className: STICKY_ON_PHONES,
      cell: (adapter) => adapter.state === 'published' && <AdapterActs adapter={adapter} {...options} />,
    },
  ];
}

/** On a phone, icons; their names stay for those who listen. */
function AdapterActs(props: AdapterColumnsOptions & { adapter: Adapter }) {
  const { adapter, federation, round, viewed, onView, onPromote } = props;
  const onPhone = 'max-sm:px-2';
  return (
    <span className="inline-flex items-center justify-end gap-1 max-sm:gap-0">
      <Button
        look="quiet"
        aria-pressed={adapter.id === viewed}
        disabled={adapter.id === viewed}
        onClick={() => onView(adapter.id)}
        className={onPhone}
      >
        <Eye size={14} aria-hidden="true" className="sm:hidden" />
        <span className="max-sm:sr-only">{adapter.id === viewed ? 'On view' : 'View'}</span>
      </Button>
      {onPromote !== undefined && !adapter.current && (
        <Button look="quiet" onClick={() => onPromote(adapter)} className={onPhone}>
          <CircleCheck size={14} aria-hidden="true" className="sm:hidden" />
          <span className="max-sm:sr-only">Make current</span>
        </Button>
      )}
      <a
        href={`/api/v1/federations/${federation}/rounds/${round}/adapter/adapter_model.safetensors?adapter=${adapter.id}`}
        download="adapter_model.safetensors"
        aria-label={`Download ${adapter.id}`}
        className={buttonClasses('quiet', onPhone)}
      >
        <Download size={14} aria-hidden="true" />
      </a>
    </span>
  );
}

function MethodCell({ aggregation }: { aggregation: Adapter['aggregation'] }) {
  return (
    <span className="figures whitespace-nowrap">
      {describeMethod(aggregation)} <span className="text-muted">{aggregation.dtype}</span>
    </span>
  );
}

function StateCell({ adapter }: { adapter: Adapter }) {
  return (
    <span className="inline-flex items-center gap-2">
      <StateBadge state={adapter.state} />
      {adapter.state === 'aggregating' && adapter.progress.total > 0 && (
        <span className="figures text-xs text-muted">
          {adapter.progress.done} of {adapter.progress.total}
        </span>
      )}
      {adapter.error !== undefined && (
        <span title={adapter.error.detail} className="max-w-80 truncate text-xs text-danger">
          {adapter.error.detail}
        </span>
      )}
    </span>
  );
}
