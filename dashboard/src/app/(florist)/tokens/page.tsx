import type { Metadata } from 'next';
import { Page } from '#components/shell/Page.tsx';
import { Prefetched } from '#components/shell/Prefetched.tsx';
import { TokensView } from '#components/tokens/TokensView.tsx';
import { queries } from '#lib/queries/queries.ts';
import { publicApiUrl } from '#server/settings.ts';

export const metadata: Metadata = { title: 'Tokens' };

export default function TokensPage() {
  return (
    <Prefetched load={(client, api) => client.prefetchQuery(queries.tokens(api))}>
      <Page crumbs={[{ label: 'Tokens' }]}>
        <TokensView apiUrl={publicApiUrl()} />
      </Page>
    </Prefetched>
  );
}
