import type { Metadata } from 'next';
import { FederationsView } from '#components/federations/FederationsView.tsx';
import { Page } from '#components/shell/Page.tsx';
import { Prefetched } from '#components/shell/Prefetched.tsx';
import { queries } from '#lib/queries/queries.ts';

export const metadata: Metadata = { title: 'Federations' };

export default function FederationsPage() {
  return (
    <Prefetched load={(client, api) => client.prefetchQuery(queries.federations(api))}>
      <Page crumbs={[{ label: 'Federations' }]}>
        <FederationsView />
      </Page>
    </Prefetched>
  );
}
