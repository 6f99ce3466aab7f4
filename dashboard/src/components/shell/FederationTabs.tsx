'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { LinkPulse } from '#components/ui/LinkPulse.tsx';
import { classes } from '#lib/classes.ts';

const TABS = [
  { path: '', label: 'Rounds' },
  { path: '/clients', label: 'Clients' },
  { path: '/activity', label: 'Activity' },
  { path: '/policy', label: 'Policy' },
] as const;

/** The views of one federation. */
export function FederationTabs({ federation }: { federation: string }) {
  const path = usePathname();
  const base = `/federations/${federation}`;
  return (
    <nav
      aria-label="Federation"
      className="mb-5 overflow-x-auto border-b border-line max-sm:-mx-4 max-sm:px-4"
    >
      <ul className="flex gap-1">
        {TABS.map((tab) => {
          const href = `${base}${tab.path}`;
          const active = tab.path === '' ? path === base : path.startsWith(href);
          return (
            <li key={tab.path}>
              <Link
                href={href}
                aria-current={active ? 'page' : undefined}
                className={classes(
                  '-mb-px inline-flex h-9 items-center border-b-2 px-3 text-[13px] pointer-coarse:h-11',
                  active
                    ? 'border-accent font-medium text-text'
                    : 'border-transparent text-muted hover:text-text',
                )}
              >
                {tab.label}
                <LinkPulse />
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
