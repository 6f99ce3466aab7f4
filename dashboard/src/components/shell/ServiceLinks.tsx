'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { LinkPulse } from '#components/ui/LinkPulse.tsx';
import { classes } from '#lib/classes.ts';
import { useLimited, useRole } from './RoleProvider.tsx';

interface ServicePage {
  href: string;
  label: string;
  /** Left to the menu on a phone, which has no room for it. */
  wideOnly: boolean;
}

/** Pages about the service as a whole that the reader's token may see. */
export function useServicePages(): readonly ServicePage[] {
  const operator = useRole() === 'operator';
  const limited = useLimited();
  return [
    ...(operator && !limited ? [{ href: '/tokens', label: 'Tokens', wideOnly: true }] : []),
    ...(operator ? [{ href: '/audit', label: 'Audit', wideOnly: true }] : []),
    ...(limited ? [] : [{ href: '/system', label: 'System', wideOnly: false }]),
  ];
}

/** The way to them from everywhere. */
export function ServiceLinks() {
  const path = usePathname();
  return useServicePages().map(({ href, label, wideOnly }) => (
    <Link
      key={href}
      href={href}
      aria-current={path === href ? 'page' : undefined}
      className={classes(
        'shrink-0 rounded-md px-2 py-1 text-[13px] hover:bg-hover hover:text-text',
        path === href ? 'font-medium text-text' : 'text-muted',
        wideOnly && 'max-sm:hidden',
      )}
    >
      {label}
      <LinkPulse />
    </Link>
  ));
}
