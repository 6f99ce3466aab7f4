'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** The reader's time zone; UTC until the page runs in the browser, since the server cannot know it. */
export function useTimeZone(): string {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => 'UTC',
  );
}
