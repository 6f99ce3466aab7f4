'use client';

import { useState } from 'react';
import { CsvButton } from '#components/charts/CsvButton.tsx';
import { Button } from '#components/ui/Button.tsx';
import { controlClasses } from '#components/ui/controlClasses.ts';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { QueryGate } from '#components/ui/QueryGate.tsx';
import { SkeletonRows } from '#components/ui/SkeletonRows.tsx';
import { formatPlural } from '#lib/format/formatPlural.ts';
import { useUrlState } from '#lib/url/useUrlState.ts';
import { EventList } from './EventList.tsx';
import { useHistory } from './useHistory.ts';

const SUBJECTS = ['federation', 'client', 'round', 'submission', 'adapter'] as const;

const PAGE = 100;
const PAGE_MAX = 2000;

/** All that happened in a federation, newest first, live. */
export function ActivityView({ federation }: { federation: string }) {
  const [subject, setSubject] = useUrlState('subject', '');
  const [round, setRound] = useUrlState('round', '');
  const [client, setClient] = useUrlState('client', '');
  const [progress, setProgress] = useUrlState('progress', '');
  const [limit, setLimit] = useState(PAGE);
  const filter = {
    subjects: subject === '' ? [] : [subject],
    round: /^[1-9]\d*$/.test(round) ? Number(round) : undefined,
    client: client === '' ? undefined : client,
    progress: progress === '1',
  };
  const query = useHistory(federation, filter, limit);
  const filtered = subject !== '' || round !== '' || client !== '';
  return (
    <Panel
      title={
        <>
          Activity{' '}
          {query.data !== undefined && (
            <span className="figures font-normal text-muted">{formatPlural(query.data.total, 'event')}</span>
          )}
        </>
      }
      flush
      actions={
        <>
          <select
            aria-label="About"
            value={subject}
            onChange={(event) => setSubject(event.target.value)}
            className={controlClasses('w-36')}
          >
            <option value="">everything</option>
            {SUBJECTS.map((name) => (
              <option key={name} value={name}>
                {name}s
              </option>
            ))}
          </select>
          <input
            aria-label="Round"
            inputMode="numeric"
            placeholder="round"
            value={round}
            onChange={(event) => setRound(event.target.value)}
            className={controlClasses('figures w-20')}
          />
          <input
            aria-label="Client"
            placeholder="client"
            value={client}
            onChange={(event) => setClient(event.target.value)}
            className={controlClasses('w-36')}
          />
          <label className="flex items-center gap-1.5 text-xs text-muted">
            <input
              type="checkbox"
              checked={progress === '1'}
              onChange={(event) => setProgress(event.target.checked ? '1' : '')}
              className="size-3.5 accent-(--accent)"
            />
            each module
          </label>
          <CsvButton
            what="events"
            fileName={`${federation}-activity.csv`}
            table={() => ({
              header: ['id', 'at', 'type', 'round', 'client', 'adapter', 'done', 'total', 'detail'],
              rows: (query.data?.events ?? []).map(({ id, event }) => [
                ...[id, event.at, event.type, event.round, event.client, event.adapter],
                ...[event.done, event.total, event.detail],
              ]),
            })}
          />
        </>
      }
    >
      <QueryGate
        query={query}
        what="the activity"
        loading={<SkeletonRows rows={10} label="Loading the activity" />}
      >
        {({ events, total, truncated }) =>
          events.length === 0 ? (
            <EmptyState title={filtered ? 'Nothing of that kind' : 'Nothing yet'}>
              {filtered ? 'Clear the filter to see everything.' : 'Events appear here as they happen.'}
            </EmptyState>
          ) : (
            <>
              <EventList federation={federation} events={events} />
              <Older
                more={total > events.length && limit < PAGE_MAX}
                truncated={truncated}
                onMore={() => setLimit(Math.min(PAGE_MAX, limit + 4 * PAGE))}
              />
            </>
          )
        }
      </QueryGate>
    </Panel>
  );
}

interface OlderProps {
  /** Whether older ones can be asked for. */
  more: boolean;
  truncated: boolean;
  onMore: () => void;
}

/** The way to what lies before the events on view, or why there is none. */
function Older({ more, truncated, onMore }: OlderProps) {
  if (!more && !truncated) {
    return null;
  }
  return (
    <p className="flex items-center justify-center gap-3 border-t border-line p-2 text-xs text-muted">
      {more ? (
        <Button look="quiet" onClick={onMore}>
          Older events
        </Button>
      ) : (
        'Older events are no longer kept.'
      )}
    </p>
  );
}
