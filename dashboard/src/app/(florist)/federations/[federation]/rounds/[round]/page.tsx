import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RoundView } from '#components/round/RoundView.tsx';
import { Page } from '#components/shell/Page.tsx';
import { Prefetched } from '#components/shell/Prefetched.tsx';
import { queries } from '#lib/queries/queries.ts';
import { publicApiUrl } from '#server/settings.ts';

interface RoundPageProps {
  params: Promise<{ federation: string; round: string }>;
}

export async function generateMetadata({ params }: RoundPageProps): Promise<Metadata> {
  const { federation, round } = await params;
  return { title: `Round ${round} · ${federation}` };
}

export default async function RoundPage({ params }: RoundPageProps) {
  const { federation, round } = await params;
  const number = Number(round);
  if (!/^[1-9]\d{0,8}$/.test(round)) {
    notFound();
  }
  return (
    <Prefetched
      load={(client, api) =>
        Promise.all([
          client.prefetchQuery(queries.round(api, federation, number)),
          client.prefetchQuery(queries.adapters(api, federation, number)),
          client.prefetchQuery(queries.submissions(api, federation, number)),
        ])
      }
    >
      <Page
        crumbs={[
          { label: 'Federations', href: '/' },
          { label: federation, href: `/federations/${federation}`, named: true },
          { label: `Round ${round}` },
        ]}
      >
        <RoundView apiUrl={publicApiUrl()} federation={federation} round={number} />
      </Page>
    </Prefetched>
  );
}
