import type { Column } from '#components/ui/DataTable.tsx';
import { Exact } from '#components/ui/Exact.tsx';
import { Moment } from '#components/ui/Moment.tsx';
import { Name } from '#components/ui/Name.tsx';
import { TextLink } from '#components/ui/TextLink.tsx';
import type { Participant } from '#lib/api/types.ts';
import { ParticipantProgress } from './ParticipantProgress.tsx';
import { ParticipantState } from './ParticipantState.tsx';

/** None can be sorted by: rows keep the order of their ids, whatever is reported. */
export function awaitedColumns(federation: string): Column<Participant>[] {
  return [
    {
      id: 'client',
      head: 'Client',
      cell: ({ client, carried }) => (
        <span className="inline-flex items-center gap-2">
          <TextLink href={`/federations/${federation}/clients/${client}`}>
            <Name text={client} />
          </TextLink>
          {carried && (
            <Exact exact="Late for an earlier round, what it sent counts here until a fresh submission is in">
              <span className="rounded border border-line px-1 text-xs text-muted">carried</span>
            </Exact>
          )}
        </span>
      ),
    },
    {
      id: 'state',
      head: 'State',
      className: 'min-w-28',
      cell: ({ state }) => <ParticipantState state={state} />,
    },
    {
      id: 'progress',
      head: 'Progress',
      className: 'min-w-48',
      cell: (participant) => <ParticipantProgress participant={participant} />,
    },
    {
      id: 'seen',
      head: 'Last seen',
      figures: true,
      className: 'min-w-28',
      cell: ({ lastSeenAt }) => lastSeenAt !== undefined && <Moment at={lastSeenAt} className="text-muted" />,
    },
  ];
}
