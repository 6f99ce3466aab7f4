'use client';

import Link from 'next/link';
import { LinkPulse } from '#components/ui/LinkPulse.tsx';
import { useRole } from './RoleProvider.tsx';

export const OPERATOR_PAGES = [
  { href: '/tokens', label: 'Tokens' },
  { href: '/audit', label: 'Audit' },
] as const;

/** The way to what only operators may see; a phone has room for it in the menu alone. */
export function OperatorLinks() {
  if (useRole() !== 'operator') {
    return null;
  }
  return OPERATOR_PAGES.map(({ href, label }) => (
    <Link
      key={href}
      href={href}
      className="rounded-md px-2 py-1 text-[13px] text-muted hover:bg-hover hover:text-text max-sm:hidden"
    >
      {label}
      <LinkPulse />
    </Link>
  ));
}
