'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { Rights, Role } from '#server/session/session.ts';

const RightsContext = createContext<Rights>({ role: 'viewer', limited: false });

interface RoleProviderProps {
  rights: Rights;
  children: ReactNode;
}

/** What the reader may do; the api decides again, whatever stands here. */
export function RoleProvider({ rights, children }: RoleProviderProps) {
  return <RightsContext value={rights}>{children}</RightsContext>;
}

export function useRole(): Role {
  return useContext(RightsContext).role;
}

/** Whether the reader's token is for some federations only, and so for nothing of the service as a whole. */
export function useLimited(): boolean {
  return useContext(RightsContext).limited;
}
