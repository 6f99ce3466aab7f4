import Link from 'next/link';
import type { ComponentProps } from 'react';
import { LinkPulse } from './LinkPulse.tsx';

/** A link in a table or list: pages it leads to are not fetched ahead, since there are dozens of them. */
export function TextLink({ className = 'hover:underline', children, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link prefetch={false} className={className} {...rest}>
      {children}
      <LinkPulse />
    </Link>
  );
}
