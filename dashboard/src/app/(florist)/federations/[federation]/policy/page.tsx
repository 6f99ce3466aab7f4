import type { Metadata } from 'next';
import { FederationFrame } from '#components/federation/FederationFrame.tsx';
import { PolicyEditor } from '#components/policy/PolicyEditor.tsx';

interface PolicyPageProps {
  params: Promise<{ federation: string }>;
}

export async function generateMetadata({ params }: PolicyPageProps): Promise<Metadata> {
  return { title: `Policy · ${(await params).federation}` };
}

export default async function PolicyPage({ params }: PolicyPageProps) {
  const { federation } = await params;
  return (
    <FederationFrame federation={federation} trail={[{ label: 'Policy' }]}>
      <PolicyEditor federation={federation} />
    </FederationFrame>
  );
}
