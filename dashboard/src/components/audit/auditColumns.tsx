import type { Column } from '#components/ui/DataTable.tsx';
import { Exact } from '#components/ui/Exact.tsx';
import { ExactMoment } from '#components/ui/ExactMoment.tsx';
import { Name } from '#components/ui/Name.tsx';
import type { AuditEntry } from '#lib/api/types.ts';
import { classes } from '#lib/classes.ts';
import { formatCount } from '#lib/format/formatCount.ts';

const absent = <span className="text-faint">—</span>;

export const AUDIT_COLUMNS: readonly Column<AuditEntry>[] = [
  { id: 'at', head: 'When', cell: ({ at }) => <ExactMoment at={at} className="text-muted" /> },
  { id: 'who', head: 'Who', className: 'whitespace-nowrap', cell: ({ who }) => <WhoCell who={who} /> },
  {
    id: 'action',
    head: 'Action',
    cell: ({ action, method, route }) => (
      <Exact exact={`${method} ${route}`}>
        <span className="whitespace-nowrap">{action}</span>
      </Exact>
    ),
  },
  {
    id: 'what',
    head: 'On',
    className: 'whitespace-nowrap',
    cell: (entry) => <TargetCell text={targetsOf(entry)} />,
  },
  {
    id: 'outcome',
    head: 'Outcome',
    className: 'whitespace-nowrap',
    cell: (entry) => <OutcomeCell entry={entry} />,
  },
  {
    id: 'address',
    head: 'From',
    className: 'whitespace-nowrap',
    cell: ({ address, userAgent }) =>
      userAgent === undefined ? address : <Exact exact={userAgent}>{address}</Exact>,
  },
  {
    id: 'request',
    head: 'Request',
    cell: ({ requestId }) => (
      <Exact exact={requestId} className="font-mono text-xs">
        {requestId.slice(0, 8)}
      </Exact>
    ),
  },
];

function WhoCell({ who }: { who: AuditEntry['who'] }) {
  const { role, name, client, token } = who;
  return (
    <>
      <Name text={name ?? client ?? token ?? 'somebody'} className="font-medium" />{' '}
      <span className="text-muted">{role}</span>
    </>
  );
}

function TargetCell({ text }: { text: string }) {
  return text === '' ? (
    absent
  ) : (
    <span title={text} className="inline-block max-w-96 truncate align-bottom">
      {text}
    </span>
  );
}

function targetsOf({ federation, round, client, adapter, webhook, token }: AuditEntry): string {
  const parts = [federation, round && `round ${round}`, client, adapter, webhook, token];
  return parts.filter((part) => part !== undefined).join(' · ');
}

function OutcomeCell({ entry }: { entry: AuditEntry }) {
  const { outcome, status, code, count } = entry;
  const text = code === undefined ? outcome : `${outcome}: ${code}`;
  const times = count === undefined || count === 1 ? '' : ` × ${formatCount(count)}`;
  return (
    <Exact exact={status === undefined ? 'The process ended before it answered.' : `HTTP ${status}`}>
      <span className={classes(outcome === 'done' ? 'text-muted' : 'font-medium')}>
        {text}
        {times}
      </span>
    </Exact>
  );
}

/** The trail for other programs: everything that the columns show, and what they show on hover. */
export function auditTable(entries: readonly AuditEntry[]) {
  return {
    header: [
      ...['id', 'at', 'role', 'name', 'client', 'action', 'method', 'route', 'on'],
      ...['outcome', 'status', 'code', 'count', 'address', 'userAgent', 'requestId'],
    ],
    rows: entries.map((entry) => [
      ...[entry.id, entry.at, entry.who.role, entry.who.name ?? entry.who.token, entry.who.client],
      ...[entry.action, entry.method, entry.route, targetsOf(entry)],
      ...[entry.outcome, entry.status, entry.code, entry.count],
      ...[entry.address, entry.userAgent, entry.requestId],
    ]),
  };
}
