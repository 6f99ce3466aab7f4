import { type AuditRequest, SIGN_IN, type Who } from '@florist/core/schemas/auditEntry';
import { SLUG_PATTERN } from '@florist/core/schemas/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../auth/principal.js';

/** Longer ones tell nothing more. */
const USER_AGENT_MAX = 200;

const TARGETS = ['federation', 'round', 'client', 'adapter', 'webhook', 'token'] as const;

const SLUG = new RegExp(SLUG_PATTERN);

/** A name of operation, as the OpenAPI document has it; the schema's type does not know it. */
interface Named {
  operationId?: string;
}

/**
 * What the trail says of a request: never its body, its query or its URL. Names in the path are taken only where
 * they look like names, since they are not validated yet: a token that somebody put there is none.
 */
export function auditRequestOf(request: FastifyRequest, who: Who): AuditRequest {
  const { method, ip: address, id: requestId, routeOptions } = request;
  const { operationId }: Named = routeOptions.schema ?? {};
  const userAgent = request.headers['user-agent']?.slice(0, USER_AGENT_MAX);
  return {
    who,
    action: who.role === 'unknown' ? SIGN_IN : (operationId ?? method),
    method,
    route: (routeOptions.url ?? '').replace(/:(\w+)/g, '{$1}'),
    ...targetsOf(request.params),
    address,
    ...(userAgent !== undefined && { userAgent }),
    requestId,
  };
}

/** Who somebody is, for the trail. */
export function whoOf(principal: Principal): Who {
  if (principal.role === 'client') {
    return principal;
  }
  const { role, token, name } = principal;
  return { role, token, ...(name !== undefined && { name }) };
}

function targetsOf(params: unknown): Partial<Record<(typeof TARGETS)[number], string>> {
  const named = Object.entries(params ?? {}).filter(
    ([name, value]) => TARGETS.some((target) => target === name) && SLUG.test(String(value)),
  );
  return Object.fromEntries(named);
}
