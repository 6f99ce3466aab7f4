import type { FederationEvent } from '../api/types.ts';

/** An event and its place in the federation's stream. */
export interface PastEvent {
  id: string;
  event: FederationEvent;
}

export interface HistoryFilter {
  /** Subjects such as `round` or `submission`; all where empty. */
  subjects: readonly string[];
  round: number | undefined;
  client: string | undefined;
  /** Whether each module's progress is told; there are as many as modules. */
  progress: boolean;
}

export interface HistoryPage {
  /** Newest first. */
  events: PastEvent[];
  /** How many match in all. */
  total: number;
  /** Older events are no longer kept. */
  truncated: boolean;
}

/** The newest `limit` events that match. */
export function historyPage(
  history: { events: readonly PastEvent[]; truncated: boolean },
  filter: HistoryFilter,
  limit: number,
): HistoryPage {
  const matching = history.events.filter(({ event }) => matches(event, filter));
  return {
    events: matching.slice(-limit).reverse(),
    total: matching.length,
    truncated: history.truncated,
  };
}

export function matches(event: FederationEvent, filter: HistoryFilter): boolean {
  const [subject = ''] = event.type.split('.');
  return (
    (filter.progress || event.type !== 'round.progress') &&
    (filter.subjects.length === 0 || filter.subjects.includes(subject)) &&
    (filter.round === undefined || event.round === filter.round) &&
    (filter.client === undefined || event.client === filter.client)
  );
}
