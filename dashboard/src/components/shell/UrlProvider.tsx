'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { urlStore } from '#lib/url/urlStore.ts';

/** The query of the present URL. One object for good: who reads it is not drawn anew whenever it changes. */
export interface Address {
  query: string;
}

const AddressContext = createContext<Address>({ query: '' });

/** Tells the values kept in the URL where they begin, and of every navigation. */
export function UrlProvider({ children }: { children: ReactNode }) {
  const path = usePathname();
  const query = useSearchParams().toString();
  const [address] = useState<Address>(() => ({ query }));
  address.query = query;
  useEffect(() => urlStore.adopt(path, query), [path, query]);
  return <AddressContext value={address}>{children}</AddressContext>;
}

export function useAddress(): Address {
  return useContext(AddressContext);
}
