'use client';

import { type Query, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import { applyEvents } from '#lib/live/applyEvents.ts';
import { type LiveEvent, type LiveState, type LiveStore, liveStore } from '#lib/live/liveStore.ts';
import { endSession } from './endSession.ts';

const Live = createContext<LiveStore | undefined>(undefined);

/** Keeps a federation's pages up to date for as long as they are open. */
export function LiveProvider({ federation, children }: { federation: string; children: ReactNode }) {
  const client = useQueryClient();
  const store = useMemo(() => {
    const ofFederation = ({ queryKey }: Query) => queryKey.includes(federation);
    const shown = (query: Query) => ofFederation(query) && query.state.data !== undefined;
    return liveStore(`/live/${federation}`, undefined, {
      onCatchUp: () => void client.invalidateQueries({ predicate: ofFederation }),
      onSignedOut: endSession,
      // what was deleted elsewhere is not shown on as if it were there; what says so already is left
      onGone: () => void client.resetQueries({ predicate: shown }),
    });
  }, [client, federation]);
  useEffect(() => {
    const stopApplying = store.onEvents((events) =>
      applyEvents(
        client,
        federation,
        events.map(({ event }) => event),
      ),
    );
    const stop = store.start();
    return () => {
      stop();
      stopApplying();
    };
  }, [store, client, federation]);
  return <Live value={store}>{children}</Live>;
}

const nothing = () => () => {};

/** How the connection stands; undefined on pages that follow nothing. */
export function useLiveState(): LiveState | undefined {
  const store = useContext(Live);
  return useSyncExternalStore(
    store?.subscribe ?? nothing,
    () => store?.state(),
    () => (store === undefined ? undefined : 'connecting'),
  );
}

/** Hears of events as they arrive. */
export function useLiveEvents(listener: (events: LiveEvent[]) => void): void {
  const store = useContext(Live);
  useEffect(() => store?.onEvents(listener), [store, listener]);
}
