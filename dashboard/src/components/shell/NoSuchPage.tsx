import Link from 'next/link';
import type { ReactNode } from 'react';
import { buttonClasses } from '#components/ui/Button.tsx';

/** What an address that leads nowhere says, and the ways on. */
export function NoSuchPage({ children }: { children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-3 px-4 py-10 text-center">
      <h1 className="text-lg font-semibold">There is no such page</h1>
      <p className="text-[13px] text-muted">The address may be mistyped, or what it showed was deleted.</p>
      <div className="flex max-w-full flex-wrap justify-center gap-2">
        {children}
        <Link href="/" className={buttonClasses('secondary')}>
          All federations
        </Link>
      </div>
    </div>
  );
}
