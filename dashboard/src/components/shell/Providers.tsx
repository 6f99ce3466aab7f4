'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { Tooltip } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { makeQueryClient } from '#lib/queries/makeQueryClient.ts';
import { signInPath } from '#lib/url/signInPath.ts';
import { NowProvider } from './NowProvider.tsx';
import { UrlProvider } from './UrlProvider.tsx';

const TIP_DELAY_MS = 250; // long enough not to flicker under a passing pointer

interface ProvidersProps {
  now: string;
  /** Permits the one style sheet that a dialog adds, to hold the page still behind it. */
  styleNonce: string;
  children: ReactNode;
}

/** What every page stands on: cached answers, one clock, tooltips. */
export function Providers({ now, styleNonce, children }: ProvidersProps) {
  setNonce(styleNonce);
  const [client] = useState(() =>
    makeQueryClient(() => {
      // without its cookie gone, the sign-in page would take the reader straight back
      void fetch('/session', { method: 'DELETE' }).finally(() =>
        location.assign(signInPath(`${location.pathname}${location.search}`)),
      );
    }),
  );
  return (
    <QueryClientProvider client={client}>
      <NowProvider start={now}>
        <UrlProvider>
          <Tooltip.Provider delayDuration={TIP_DELAY_MS}>{children}</Tooltip.Provider>
        </UrlProvider>
      </NowProvider>
    </QueryClientProvider>
  );
}
