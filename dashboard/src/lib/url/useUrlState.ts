'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/**
 * A value kept in the URL's query, so that a view can be shared. Its default is left out of the URL. Changes
 * replace the entry of the history: the back button leads to the page before, not through every setting.
 */
export function useUrlState(name: string, initial: string): [string, (value: string) => void] {
  const query = useSearchParams();
  const path = usePathname();
  const set = useCallback(
    (value: string) => {
      const next = new URLSearchParams(location.search);
      if (value === initial) {
        next.delete(name);
      } else {
        next.set(name, value);
      }
      const text = next.toString();
      history.replaceState(null, '', text === '' ? path : `${path}?${text}`);
    },
    [name, initial, path],
  );
  return [query.get(name) ?? initial, set];
}
