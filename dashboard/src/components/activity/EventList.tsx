'use client';

import { Moment } from '#components/ui/Moment.tsx';
import { TextLink } from '#components/ui/TextLink.tsx';
import { classes } from '#lib/classes.ts';
import { describeEvent } from '#lib/history/describeEvent.ts';
import type { PastEvent } from '#lib/history/historyPage.ts';

interface EventListProps {
  federation: string;
  events: readonly PastEvent[];
  /** Left out on the page of the round itself. */
  showRound?: boolean;
}

/** A history that reads as a story: one line per event, which opens to all it holds. */
export function EventList({ federation, events, showRound = true }: EventListProps) {
  return (
    <ol className="divide-y divide-line">
      {events.map(({ id, event }) => (
        <li key={id}>
          <details className="group">
            <summary className="flex min-h-9 list-none flex-wrap items-center gap-x-4 px-4 py-1 text-[13px] hover:bg-hover/60">
              <span
                aria-hidden="true"
                className={classes(
                  'size-1.5 shrink-0 rounded-full',
                  event.type.endsWith('failed')
                    ? 'bg-danger'
                    : event.type.endsWith('published')
                      ? 'bg-accent'
                      : 'bg-line-strong',
                )}
              />
              <span className="min-w-0 flex-1 break-words">{describeEvent(event)}</span>
              {showRound && event.round !== undefined && (
                <span className="figures text-xs text-muted">round {event.round}</span>
              )}
              <Moment at={event.at} className="w-24 text-right text-xs text-muted" />
            </summary>
            <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 bg-sunken px-9 py-2 text-xs">
              {Object.entries({ id, ...event }).map(([name, value]) => (
                <div key={name} className="contents">
                  <dt className="text-muted">{name}</dt>
                  <dd className="figures break-all">{String(value)}</dd>
                </div>
              ))}
            </dl>
            {showRound && event.round !== undefined && (
              <p className="bg-sunken px-9 pb-2 text-xs">
                <TextLink href={`/federations/${federation}/rounds/${event.round}`} className="underline">
                  Open round {event.round}
                </TextLink>
              </p>
            )}
          </details>
        </li>
      ))}
    </ol>
  );
}
