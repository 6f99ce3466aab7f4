import { Outage } from '@florist/core/errors/outage';
import { Refusal } from '@florist/core/errors/refusal';
import { countRequest } from '@florist/storage/quotas/countRequest';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { turnAway } from '../audit/turnAway.js';
import { type Access, checkAccess, type Scope } from '../auth/checkAccess.js';
import { checkCertificate } from '../auth/checkCertificate.js';
import { identify } from '../auth/identify.js';
import type { ClientPrincipal, Principal } from '../auth/principal.js';
import { useNoter } from '../auth/useNoter.js';
import { DOCS_PREFIX } from '../openapi/paths.js';
import type { Services } from '../services.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call the route; every route says so. */
    access?: Access;
    /** It is about all federations; a token that is limited to some may call it, and the handler shows only those. */
    narrows?: boolean | undefined;
  }

  interface FastifyRequest {
    /** Who sent the request; null on public routes. */
    principal: Principal | null;
  }
}

/**
 * Lets a request pass whose token permits the route, and whose client has requests left, before its body is read or anything is looked up.
 * A route that does not say who may call it stops the start of the service.
 */
export const authentication = fp<Pick<Services, 'ledger' | 'settings'>>(
  async (app: FastifyInstance, { ledger, settings }) => {
    app.addHook('onRoute', (route) => {
      if (route.url.startsWith(DOCS_PREFIX)) {
        route.config = { ...route.config, access: 'public' };
      } else if (route.config?.access === undefined) {
        throw new Error(`the route ${route.url} does not say who may call it`);
      }
    });

    app.decorateRequest('principal', null);
    const noteUse = useNoter(ledger, (err) => app.log.warn({ err }, 'use of a token not noted'));

    app.addHook('onRequest', async (request, reply) => {
      const { access } = request.routeOptions.config;
      if (access === undefined || access === 'public') {
        return;
      }
      requireLedger(ledger.redis.status);
      try {
        request.principal = await whoAsks(request, { ledger, settings });
        checkScope(request, access, request.principal);
      } catch (error) {
        throw error instanceof Refusal ? await turnAway(ledger, request, reply, error) : error;
      }
      const { principal } = request;
      if (principal.role === 'client') await countRequest(ledger, principal.federation, principal.client);
      noteUse(principal);
    });
  },
  { name: 'authentication', dependencies: ['problems'] },
);

/**
 * Checks the token of a request that goes on for a while once more.
 * @throws Refusal token_missing, token_invalid, certificate_required, role_insufficient
 */
export async function recheck(
  request: FastifyRequest,
  access: Access,
  { ledger, settings }: Pick<Services, 'ledger' | 'settings'>,
): Promise<void> {
  checkScope(request, access, await whoAsks(request, { ledger, settings }));
}

async function whoAsks(
  { headers, raw }: FastifyRequest,
  { ledger, settings }: Pick<Services, 'ledger' | 'settings'>,
): Promise<Principal> {
  const principal = await identify(headers.authorization, settings, ledger);
  if (principal.role === 'client' && settings.tls?.clientCa !== undefined) {
    checkCertificate(raw.socket, principal);
  }
  return principal;
}

function checkScope(request: FastifyRequest, access: Access, principal: Principal): void {
  const { client: askedFor } = request.query as { client?: unknown };
  const { narrows } = request.routeOptions.config;
  checkAccess(access, principal, { ...(request.params as Scope), askedFor, narrows });
}

/** The federations that the caller's token is limited to; undefined where it is not. */
export function federationsOf({ principal }: FastifyRequest): readonly string[] | undefined {
  return principal === null || principal.role === 'client' ? undefined : principal.federations;
}

/** Id of the caller's token. */
export function tokenOf({ principal }: FastifyRequest): string {
  if (principal === null || principal.role === 'client') {
    throw new Error('a route for operators was reached by somebody else');
  }
  return principal.token;
}

/** The client that sent a request to a route of the access `client`. */
export function clientOf({ principal }: FastifyRequest): ClientPrincipal {
  if (principal?.role !== 'client') throw new Error('a route for clients alone was reached by somebody else');
  return principal;
}

/** A command would wait until Redis is back; whoever asks is better served by an answer. */
function requireLedger(status: string): void {
  if (status !== 'ready') {
    throw new Outage('service_unavailable', 'The ledger cannot be reached; try again shortly.');
  }
}
