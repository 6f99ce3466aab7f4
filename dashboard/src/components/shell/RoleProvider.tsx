'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { Role } from '#server/session/session.ts';

const RoleContext = createContext<Role>('viewer');

/** What the reader may do; the api decides again, whatever stands here. */
export function RoleProvider({ role, children }: { role: Role; children: ReactNode }) {
  return <RoleContext value={role}>{children}</RoleContext>;
}

export function useRole(): Role {
  return useContext(RoleContext);
}
