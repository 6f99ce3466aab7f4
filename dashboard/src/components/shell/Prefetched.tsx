import 'server-only';
import { setTimeout } from 'node:timers/promises';
import { dehydrate, HydrationBoundary, type QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Api } from '#lib/api/api.ts';
import { makeQueryClient } from '#lib/queries/makeQueryClient.ts';
import { serverApi } from '#server/api/serverApi.ts';
import { requireSession } from '#server/session/requireSession.ts';

/** Later than this, in milliseconds, a page comes without its data: an api that hangs must not keep it away. */
const PATIENCE_MS = 3000;

interface PrefetchedProps {
  /** Asks for what the page shows first; what fails is asked for again by the browser, which shows why. */
  load: (client: QueryClient, api: Api) => Promise<unknown>;
  children: ReactNode;
}

/** Sends a page together with its data. */
export async function Prefetched({ load, children }: PrefetchedProps) {
  const session = await requireSession();
  const client = makeQueryClient();
  client.setDefaultOptions({ queries: { ...client.getDefaultOptions().queries, retry: false } });
  await Promise.race([load(client, serverApi(session.token)), setTimeout(PATIENCE_MS)]);
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
