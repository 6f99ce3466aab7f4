import type { Metadata } from 'next';
import { ClientView } from '#components/clients/ClientView.tsx';
import { FederationFrame } from '#components/federation/FederationFrame.tsx';
import { publicApiUrl } from '#server/settings.ts';

interface ClientPageProps {
  params: Promise<{ federation: string; client: string }>;
}

export async function generateMetadata({ params }: ClientPageProps): Promise<Metadata> {
  const { federation, client } = await params;
  return { title: `${client} · ${federation}` };
}

export default async function ClientPage({ params }: ClientPageProps) {
  const { federation, client } = await params;
  return (
    <FederationFrame
      federation={federation}
      trail={[
        { label: 'Clients', href: `/federations/${federation}/clients` },
        { label: client, named: true },
      ]}
    >
      <ClientView apiUrl={publicApiUrl()} federation={federation} client={client} />
    </FederationFrame>
  );
}
