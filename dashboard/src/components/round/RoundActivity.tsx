'use client';

import Link from 'next/link';
import { EventList } from '#components/activity/EventList.tsx';
import { useHistory } from '#components/activity/useHistory.ts';
import { Panel } from '#components/ui/Panel.tsx';
import { QueryGate } from '#components/ui/QueryGate.tsx';
import { ScrollRegion } from '#components/ui/ScrollRegion.tsx';
import { SkeletonRows } from '#components/ui/SkeletonRows.tsx';

const SHOWN = 30;

/** As many as fill the list's greatest height. */
const ROWS = 11;

/** What happened in the round. */
export function RoundActivity({ federation, round }: { federation: string; round: number }) {
  const query = useHistory(federation, { subjects: [], round, client: undefined, progress: false }, SHOWN);
  return (
    <Panel
      title="Activity"
      flush
      actions={
        <Link
          href={`/federations/${federation}/activity?round=${round}`}
          className="text-xs text-muted hover:text-text hover:underline"
        >
          All of it
        </Link>
      }
    >
      <QueryGate
        query={query}
        what="the activity"
        loading={<SkeletonRows rows={ROWS} label="Loading the activity" />}
      >
        {({ events, truncated }) => (
          <>
            <ScrollRegion label="Events of the round" className="max-h-96">
              <EventList federation={federation} events={events} showRound={false} />
            </ScrollRegion>
            {truncated && events.length === 0 && (
              <p className="px-4 py-6 text-center text-[13px] text-muted">
                Events of this round are no longer kept.
              </p>
            )}
          </>
        )}
      </QueryGate>
    </Panel>
  );
}
