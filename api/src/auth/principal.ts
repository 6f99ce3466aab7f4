import type { ServiceRole } from '@florist/core/schemas/token';

/** A client of a federation. */
export interface ClientPrincipal {
  role: 'client';
  federation: string;
  client: string;
}

/** An operator or a viewer. */
export interface ServicePrincipal {
  role: ServiceRole;
  /** Id of the token; `settings` for those that settings name. */
  token: string;
  /** What the token is called, where it is one of the ledger's. */
  name?: string | undefined;
  /** The only federations that the token is for; undefined: all, and the service itself. */
  federations?: readonly string[] | undefined;
}

/** Who is asking. */
export type Principal = ServicePrincipal | ClientPrincipal;
