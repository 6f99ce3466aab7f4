import type { ReactNode } from 'react';
import { RoleProvider } from '#components/shell/RoleProvider.tsx';
import { requireSession } from '#server/session/requireSession.ts';

/** Everything behind the sign-in. */
export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const { role, limited } = await requireSession();
  return <RoleProvider rights={{ role, limited }}>{children}</RoleProvider>;
}
