import type { ReactNode } from 'react';
import { type Crumb, TopBar } from './TopBar.tsx';

/** The frame of every page behind the sign-in. */
export function Page({ crumbs, children }: { crumbs: readonly Crumb[]; children: ReactNode }) {
  return (
    <>
      <TopBar crumbs={crumbs} />
      <main id="content" tabIndex={-1} className="mx-auto max-w-[100rem] px-4 py-5 outline-none">
        {children}
      </main>
    </>
  );
}
