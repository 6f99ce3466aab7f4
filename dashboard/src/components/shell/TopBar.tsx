import Link from 'next/link';
import { Fragment } from 'react';
import { LinkPulse } from '#components/ui/LinkPulse.tsx';
import { classes } from '#lib/classes.ts';
import { LiveBadge } from './LiveBadge.tsx';
import { Mark } from './Mark.tsx';
import { ServiceLinks } from './ServiceLinks.tsx';
import { UserMenu } from './UserMenu.tsx';

export interface Crumb {
  label: string;
  href?: string;
  /** A name that somebody gave, which may be long; the dashboard's own words are always shown whole. */
  named?: boolean;
}

/** Where the reader is, and the way to everything else. */
export function TopBar({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-surface">
      <a
        href="#content"
        className="absolute top-1.5 left-2 z-40 -translate-y-16 rounded-md bg-accent px-3 py-1.5 text-on-accent focus:translate-y-0"
      >
        Skip to the content
      </a>
      <div className="mx-auto flex h-12 max-w-[100rem] items-center gap-2 px-4 sm:gap-3">
        <Link
          href="/"
          className="flex shrink-0 items-center gap-2 font-semibold"
          aria-label="Florist, all federations"
        >
          <Mark />
          <span className="max-sm:hidden">Florist</span>
        </Link>
        <nav aria-label="Breadcrumb" className="min-w-0 flex-1">
          {/* a phone has room for the last two: the sign of Florist leads to the first */}
          <ol className="flex min-w-0 items-center gap-1.5 text-[13px]">
            {crumbs.map((crumb, index) => (
              <Fragment key={`${crumb.href ?? ''}${crumb.label}`}>
                <li
                  aria-hidden="true"
                  className={classes('shrink-0 text-faint', index < crumbs.length - 1 && 'max-sm:hidden')}
                >
                  /
                </li>
                <li
                  title={crumb.named ? crumb.label : undefined}
                  className={classes(
                    crumb.named ? 'min-w-0 truncate' : 'shrink-0',
                    index < crumbs.length - 2 && 'max-sm:hidden',
                  )}
                >
                  {crumb.href === undefined ? (
                    <span aria-current="page" className="font-medium">
                      {crumb.label}
                    </span>
                  ) : (
                    <Link href={crumb.href} className="text-muted hover:text-text">
                      {crumb.label}
                      <LinkPulse />
                    </Link>
                  )}
                </li>
              </Fragment>
            ))}
          </ol>
        </nav>
        <LiveBadge />
        <ServiceLinks />
        <UserMenu />
      </div>
    </header>
  );
}
