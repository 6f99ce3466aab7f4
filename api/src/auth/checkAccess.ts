import { Refusal } from '@florist/core/errors/refusal';
import type { ClientPrincipal, Principal } from './principal.js';

/**
 * Who may call a route:
 * - `public`: anyone, without a token
 * - `any`: whoever has a valid token
 * - `operator`: operators
 * - `read`: operators and viewers
 * - `member`: also the clients of the federation in the URL
 * - `participant`: operators and the clients of the federation in the URL
 * - `self`: operators, and the client in the URL
 * - `client`: the clients of the federation in the URL, each for itself, and nobody else
 *
 * Operators and viewers whose token is limited to federations may call only what is about one of these.
 */
export type Access = 'public' | 'any' | 'operator' | 'read' | 'member' | 'participant' | 'self' | 'client';

/** The names in the URL of the request, as far as the route has them. */
export interface Scope {
  federation?: string;
  client?: string;
  /** Of the query: in whose name something is asked for, not validated yet. A client asks in its own only. */
  askedFor?: unknown;
  /** The route is about all federations, and shows a limited token only its own. */
  narrows?: boolean | undefined;
}

/**
 * Decides before anything is looked up, so that the answer says nothing about what exists.
 * @throws Refusal role_insufficient
 */
export function checkAccess(access: Access, principal: Principal, scope: Scope): void {
  if (!permits(access, principal, scope)) {
    const limits = principal.role !== 'client' && principal.federations?.join(', ');
    const which = limits ? `${principal.role}, limited to ${limits},` : principal.role;
    throw new Refusal('role_insufficient', `A token of the role ${which} does not permit this.`);
  }
}

function permits(access: Access, principal: Principal, scope: Scope): boolean {
  if (access === 'public' || access === 'any') {
    return true;
  }
  if (principal.role === 'client') {
    return permitsClient(access, principal, scope);
  }
  const permitted =
    principal.role === 'operator' ? access !== 'client' : access === 'read' || access === 'member';
  return permitted && covers(principal.federations, scope);
}

function covers(federations: readonly string[] | undefined, { federation, narrows }: Scope): boolean {
  if (federations === undefined) {
    return true;
  }
  return federation === undefined ? narrows === true : federations.includes(federation);
}

function permitsClient(access: Access, principal: ClientPrincipal, scope: Scope): boolean {
  const asItself = scope.askedFor === undefined || scope.askedFor === principal.client;
  const own = principal.federation === scope.federation && asItself;
  const permitted = access === 'member' || access === 'participant' || access === 'client';
  return own && (permitted || (access === 'self' && principal.client === scope.client));
}
