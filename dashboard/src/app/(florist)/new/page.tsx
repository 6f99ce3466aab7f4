import type { Metadata } from 'next';
import { CreateFederationForm } from '#components/federations/CreateFederationForm.tsx';
import { Page } from '#components/shell/Page.tsx';

export const metadata: Metadata = { title: 'New federation' };

export default function NewFederationPage() {
  return (
    <Page crumbs={[{ label: 'Federations', href: '/' }, { label: 'New' }]}>
      <CreateFederationForm />
    </Page>
  );
}
