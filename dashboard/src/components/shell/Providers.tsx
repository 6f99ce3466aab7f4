'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { Tooltip } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { makeQueryClient } from '#lib/queries/makeQueryClient.ts';
import { endSession } from './endSession.ts';
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
  const [client] = useState(() => makeQueryClient(endSession));
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
