import type { Metadata } from 'next';
import { ClientsView } from '#components/clients/ClientsView.tsx';
import { FederationFrame } from '#components/federation/FederationFrame.tsx';
import { queries } from '#lib/queries/queries.ts';
import { publicApiUrl } from '#server/settings.ts';

interface ClientsPageProps {
  params: Promise<{ federation: string }>;
}

export async function generateMetadata({ params }: ClientsPageProps): Promise<Metadata> {
  return { title: `Clients · ${(await params).federation}` };
}

export default async function ClientsPage({ params }: ClientsPageProps) {
  const { federation } = await params;
  return (
    <FederationFrame
      federation={federation}
      trail={[{ label: 'Clients' }]}
      load={(client, api) => client.prefetchQuery(queries.clients(api, federation))}
    >
      <ClientsView apiUrl={publicApiUrl()} federation={federation} />
    </FederationFrame>
  );
}
