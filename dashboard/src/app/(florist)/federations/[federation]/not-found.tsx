'use client';

import Link from 'next/link';
import { useParams } from 'next/navigation';
import { NoSuchPage } from '#components/shell/NoSuchPage.tsx';
import { Page } from '#components/shell/Page.tsx';
import { buttonClasses } from '#components/ui/Button.tsx';

/** An address inside a federation that leads nowhere. */
export default function NotFound() {
  const { federation } = useParams<{ federation: string }>();
  const home = `/federations/${federation}`;
  return (
    <Page
      crumbs={[
        { label: 'Federations', href: '/' },
        { label: federation, href: home, named: true },
      ]}
    >
      <NoSuchPage>
        <Link href={home} className={buttonClasses('primary', 'max-w-full')}>
          <span className="truncate">Federation {federation}</span>
        </Link>
      </NoSuchPage>
    </Page>
  );
}
