import type { Metadata } from 'next';
import { Page } from '#components/shell/Page.tsx';
import { SystemView } from '#components/system/SystemView.tsx';

export const metadata: Metadata = { title: 'System' };

export default function SystemPage() {
  return (
    <Page crumbs={[{ label: 'System' }]}>
      <SystemView />
    </Page>
  );
}
