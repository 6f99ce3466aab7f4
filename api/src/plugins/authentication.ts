import { Refusal } from '@florist/core/errors/refusal';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { type Access, checkAccess, type Scope } from '../auth/checkAccess.js';
import { identify } from '../auth/identify.js';
import { DOCS_PREFIX } from '../openapi/paths.js';
import type { Services } from '../services.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call the route; every route says so. */
    access?: Access;
  }
}

/**
 * Lets a request pass whose token permits the route, before its body is read or anything is looked up.
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

    app.addHook('onRequest', async (request) => {
      const { access } = request.routeOptions.config;
      if (access === undefined || access === 'public') {
        return;
      }
      requireLedger(ledger.redis.status);
      await authenticate(request, access, { ledger, settings });
    });
  },
  { name: 'authentication', dependencies: ['problems'] },
);

/**
 * Checks the token of a request against the route's access.
 * @throws Refusal token_missing, token_invalid, role_insufficient
 */
export async function authenticate(
  request: FastifyRequest,
  access: Access,
  { ledger, settings }: Pick<Services, 'ledger' | 'settings'>,
): Promise<void> {
  const principal = await identify(request.headers.authorization, settings, ledger);
  checkAccess(access, principal, request.params as Scope);
}

/** A command would wait until Redis is back; whoever asks is better served by an answer. */
function requireLedger(status: string): void {
  if (status !== 'ready') {
    throw new Refusal('service_unavailable', 'The ledger cannot be reached; try again shortly.');
  }
}
