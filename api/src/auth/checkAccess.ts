import { Refusal } from '@florist/core/errors/refusal';
import type { Principal } from './principal.js';

/**
 * Who may call a route:
 * - `public`: anyone, without a token
 * - `operator`: operators
 * - `read`: operators and viewers
 * - `member`: also the clients of the federation in the URL
 * - `self`: operators, and the client in the URL
 */
export type Access = 'public' | 'operator' | 'read' | 'member' | 'self';

/** The names in the URL of the request, as far as the route has them. */
export interface Scope {
  federation?: string;
  client?: string;
}

/**
 * Decides before anything is looked up, so that the answer says nothing about what exists.
 * @throws Refusal role_insufficient
 */
export function checkAccess(access: Access, principal: Principal, scope: Scope): void {
  if (!permits(access, principal, scope)) {
    throw new Refusal('role_insufficient', `A token of the role ${principal.role} does not permit this.`);
  }
}

function permits(access: Access, principal: Principal, scope: Scope): boolean {
  if (principal.role === 'operator' || access === 'public') {
    return true;
  }
  if (principal.role === 'viewer') {
    return access === 'read' || access === 'member';
  }
  const own = principal.federation === scope.federation;
  return own && (access === 'member' || (access === 'self' && principal.client === scope.client));
}
