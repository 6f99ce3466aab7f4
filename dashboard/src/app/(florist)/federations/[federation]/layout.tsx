import type { ReactNode } from 'react';
import { LiveProvider } from '#components/shell/LiveProvider.tsx';

interface FederationLayoutProps {
  params: Promise<{ federation: string }>;
  children: ReactNode;
}

/** One event stream for all pages of a federation. */
export default async function FederationLayout({ params, children }: FederationLayoutProps) {
  const { federation } = await params;
  return <LiveProvider federation={federation}>{children}</LiveProvider>;
}
