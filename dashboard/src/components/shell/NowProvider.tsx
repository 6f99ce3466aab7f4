'use client';

import { createContext, type ReactNode, startTransition, useContext, useEffect, useState } from 'react';

const TICK_MS = 1000; // the finest unit shown is the second

const Now = createContext(new Date(0));

/** One clock for the page. It starts at the server's time, so that both render the same text at first. */
export function NowProvider({ start, children }: { start: string; children: ReactNode }) {
  const [now, setNow] = useState(() => new Date(start));
  useEffect(() => {
    const tick = () => {
      if (document.visibilityState === 'visible') {
        // what the reader does goes before the passing of time
        startTransition(() => setNow(new Date()));
      }
    };
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return <Now value={now}>{children}</Now>;
}

export function useNow(): Date {
  return useContext(Now);
}
