import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { Adapter, FederationEvent, Round } from '../api/types.ts';
import { formatPlural } from '../format/formatPlural.ts';
import { keys } from '../queries/keys.ts';

/** Brings the cached answers of a federation up to date with what happened in it. */
export function applyEvents(
  client: QueryClient,
  federation: string,
  events: readonly FederationEvent[],
): void {
  const stale = new Map<string, QueryKey>();
  for (const event of events) {
    if (event.type === 'round.progress') {
      showProgress(client, federation, event);
    } else {
      for (const key of staleAfter(federation, event)) {
        stale.set(JSON.stringify(key), key);
      }
    }
  }
  for (const queryKey of stale.values()) {
    void client.invalidateQueries({ queryKey });
  }
}

function staleAfter(federation: string, { type, round }: FederationEvent): QueryKey[] {
  const [subject] = type.split('.');
  const general: QueryKey[] = [keys.federation(federation), keys.federations];
  if (subject === 'federation') {
    return general;
  }
  if (subject === 'client') {
    const ofClients = [...general, keys.clients(federation), keys.matrix(federation)];
    return round === undefined ? ofClients : [...ofClients, keys.awaited(federation, round)];
  }
  const ofRounds: QueryKey[] = [...general, keys.rounds(federation), keys.matrix(federation)];
  if (round === undefined) {
    return ofRounds;
  }
  const ofRound: QueryKey[] = [...ofRounds, keys.round(federation, round)];
  return subject === 'submission'
    ? [...ofRound, keys.submissions(federation, round), keys.awaited(federation, round)]
    : [
        ...ofRound,
        keys.trend(federation),
        keys.savings(federation),
        keys.adapters(federation, round),
        keys.comparison(federation, round),
        keys.similarity(federation, round),
      ];
}

/** Progress comes often and says all there is to know, so nothing is fetched for it. */
function showProgress(client: QueryClient, federation: string, event: FederationEvent): void {
  const { round: number, adapter: id, done, total } = event;
  if (number === undefined || done === undefined || total === undefined) {
    return;
  }
  const progress = { done, total };
  client.setQueryData<Round>(keys.round(federation, number), (round) => {
    if (round === undefined || round.state !== 'aggregating') {
      return round;
    }
    return { ...round, progress, waitingFor: [awaitedOf(progress)] };
  });
  client.setQueryData<Adapter[]>(keys.adapters(federation, number), (adapters) =>
    adapters?.map((adapter) =>
      adapter.id === id && adapter.state === 'aggregating' ? { ...adapter, progress } : adapter,
    ),
  );
}

/** In the words of the api. */
function awaitedOf({ done, total }: Round['progress']): string {
  return done < total
    ? `${formatPlural(total - done, 'more module')} (${done} of ${total})`
    : 'the adapter to be assembled';
}
