import type { Metadata } from 'next';
import { FederationFrame } from '#components/federation/FederationFrame.tsx';
import { MatrixPanel } from '#components/federation/MatrixPanel.tsx';
import { RoundsTable } from '#components/federation/RoundsTable.tsx';
import { TrendPanel } from '#components/federation/TrendPanel.tsx';
import { queries } from '#lib/queries/queries.ts';

interface FederationPageProps {
  params: Promise<{ federation: string }>;
}

export async function generateMetadata({ params }: FederationPageProps): Promise<Metadata> {
  return { title: (await params).federation };
}

export default async function FederationPage({ params }: FederationPageProps) {
  const { federation } = await params;
  return (
    <FederationFrame
      federation={federation}
      load={(client, api) => client.prefetchInfiniteQuery(queries.rounds(api, federation))}
    >
      <div className="flex flex-col gap-5">
        <TrendPanel federation={federation} />
        <RoundsTable federation={federation} />
        <MatrixPanel federation={federation} />
      </div>
    </FederationFrame>
  );
}
