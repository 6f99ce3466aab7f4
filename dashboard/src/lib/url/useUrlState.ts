'use client';

import { usePathname } from 'next/navigation';
import { useCallback, useSyncExternalStore } from 'react';
import { useAddress } from '#components/shell/UrlProvider.tsx';
import { urlStore } from './urlStore.ts';

/**
 * A value kept in the URL's query, so that a view can be shared. Its default is left out of the URL. Changes
 * replace the entry of the history: the back button leads to the page before, not through every setting.
 */
export function useUrlState(name: string, initial: string): [string, (value: string) => void] {
  const address = useAddress();
  const path = usePathname();
  const value = useSyncExternalStore(
    urlStore.subscribe,
    () => {
      urlStore.adoptFirst(path, address.query);
      return urlStore.get(name) ?? initial;
    },
    () => new URLSearchParams(address.query).get(name) ?? initial,
  );
  const set = useCallback(
    (next: string) => urlStore.set(name, next === initial ? undefined : next),
    [name, initial],
  );
  return [value, set];
}
