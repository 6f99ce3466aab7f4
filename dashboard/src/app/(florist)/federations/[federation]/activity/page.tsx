import type { Metadata } from 'next';
import { ActivityView } from '#components/activity/ActivityView.tsx';
import { FederationFrame } from '#components/federation/FederationFrame.tsx';

interface ActivityPageProps {
  params: Promise<{ federation: string }>;
}

export async function generateMetadata({ params }: ActivityPageProps): Promise<Metadata> {
  return { title: `Activity · ${(await params).federation}` };
}

export default async function ActivityPage({ params }: ActivityPageProps) {
  const { federation } = await params;
  return (
    <FederationFrame federation={federation} trail={[{ label: 'Activity' }]}>
      <ActivityView federation={federation} />
    </FederationFrame>
  );
}
