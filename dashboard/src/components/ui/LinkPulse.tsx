'use client';

import { useLinkStatus } from 'next/link';

/** Inside a link, makes it breathe while the page it leads to is long in coming. */
export function LinkPulse() {
  const { pending } = useLinkStatus();
  return pending ? <span data-pending hidden /> : null;
}
