import type { QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FederationTabs } from '#components/shell/FederationTabs.tsx';
import { Page } from '#components/shell/Page.tsx';
import { Prefetched } from '#components/shell/Prefetched.tsx';
import type { Crumb } from '#components/shell/TopBar.tsx';
import type { Api } from '#lib/api/api.ts';
import { queries } from '#lib/queries/queries.ts';
import { FederationGate } from './FederationGate.tsx';
import { FederationHeader } from './FederationHeader.tsx';

interface FederationFrameProps {
  federation: string;
  /** The view inside the federation; none for its first. */
  trail?: readonly Crumb[];
  load?: (client: QueryClient, api: Api) => Promise<unknown>;
  children: ReactNode;
}

/** What all views of a federation share: where it stands, and the way to the others. */
export function FederationFrame({ federation, trail = [], load, children }: FederationFrameProps) {
  const home =
    trail.length === 0
      ? { label: federation, named: true }
      : { label: federation, href: `/federations/${federation}`, named: true };
  return (
    <Prefetched
      load={(client, api) =>
        Promise.all([client.prefetchQuery(queries.federation(api, federation)), load?.(client, api)])
      }
    >
      <Page crumbs={[{ label: 'Federations', href: '/' }, home, ...trail]}>
        <FederationGate federation={federation}>
          <FederationHeader federation={federation} />
          <FederationTabs federation={federation} />
          {children}
        </FederationGate>
      </Page>
    </Prefetched>
  );
}
