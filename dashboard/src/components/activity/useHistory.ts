'use client';

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useLiveEvents } from '#components/shell/LiveProvider.tsx';
import { fetchView } from '#lib/api/fetchView.ts';
import { type HistoryFilter, type HistoryPage, matches } from '#lib/history/historyPage.ts';
import type { LiveEvent } from '#lib/live/liveStore.ts';

/** A federation's past events that match, refreshed whenever another such event happens. */
export function useHistory(federation: string, filter: HistoryFilter, limit: number) {
  const client = useQueryClient();
  const search = new URLSearchParams({ limit: String(limit) });
  for (const subject of filter.subjects) {
    search.append('subject', subject);
  }
  if (filter.round !== undefined) {
    search.set('round', String(filter.round));
  }
  if (filter.client !== undefined) {
    search.set('client', filter.client);
  }
  if (filter.progress) {
    search.set('progress', '1');
  }
  const text = search.toString();
  const query = useQuery({
    queryKey: ['history', federation, text],
    queryFn: ({ signal }) =>
      fetchView<HistoryPage>(`/views/federations/${federation}/history?${text}`, signal),
    placeholderData: keepPreviousData,
  });
  useLiveEvents(
    useCallback(
      (events: LiveEvent[]) => {
        const all = {
          subjects: [],
          round: undefined,
          client: undefined,
          progress: text.includes('progress'),
        };
        if (events.some(({ event }) => matches(event, all))) {
          void client.invalidateQueries({ queryKey: ['history', federation] });
        }
      },
      [client, federation, text],
    ),
  );
  return query;
}
