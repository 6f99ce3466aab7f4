'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { urlStore } from '#lib/url/urlStore.ts';

/** Tells the values kept in the URL of every navigation. */
export function UrlSync() {
  const path = usePathname();
  const query = useSearchParams().toString();
  useEffect(() => urlStore.adopt(path, query), [path, query]);
  return null;
}
