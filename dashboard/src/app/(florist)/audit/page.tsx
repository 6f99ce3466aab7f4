import type { Metadata } from 'next';
import { AuditView } from '#components/audit/AuditView.tsx';
import { Page } from '#components/shell/Page.tsx';

export const metadata: Metadata = { title: 'Audit' };

export default function AuditPage() {
  return (
    <Page crumbs={[{ label: 'Audit' }]}>
      <AuditView />
    </Page>
  );
}
