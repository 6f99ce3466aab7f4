import type { AuditRequest, Outcome } from '@florist/core/schemas/auditEntry';
import { beginEntry } from '@florist/storage/audit/beginEntry';
import { enterAbandoned } from '@florist/storage/audit/enterAbandoned';
import { finishEntry } from '@florist/storage/audit/finishEntry';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { auditRequestOf, whoOf } from '../audit/auditRequestOf.js';
import type { Services } from '../services.js';

/** Beyond the time that a route may take, in milliseconds, for its answer to be entered. */
const MARGIN_MS = 60_000;

/** How often changes are looked for that were begun and never finished, in milliseconds. */
const SWEEP_EVERY_MS = 60_000;

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

declare module 'fastify' {
  interface FastifyContextConfig {
    /** false: it changes nothing that anybody would look for, and comes so often that it would bury all else. */
    audited?: boolean | undefined;
  }
  interface FastifyRequest {
    /** What the trail is to say of the request, until it has been answered; null for what is not entered. */
    audited: AuditRequest | null;
    /** What the request concerned beyond the names in its path. */
    concerned: Pick<AuditRequest, 'federation' | 'token'>;
  }
}

/**
 * Keeps the trail of changes. Every request that may change something is noted before it is handled, and entered
 * with its outcome before its answer is sent. Where that cannot be noted, nothing is changed.
 */
export const audit = fp<Pick<Services, 'ledger'>>(
  async (app: FastifyInstance, { ledger }) => {
    app.decorateRequest('audited', null);
    app.decorateRequest('concerned');
    app.addHook('onRequest', async (request) => {
      request.concerned = {};
      const { principal, method, routeOptions } = request;
      if (principal === null || READING.has(method) || routeOptions.config.audited === false) {
        return;
      }
      const entry = auditRequestOf(request, whoOf(principal));
      await beginEntry(ledger, entry, (routeOptions.handlerTimeout ?? 0) + MARGIN_MS);
      request.audited = entry;
    });

    app.addHook('onSend', async (request, { statusCode: status }) => {
      const { audited, concerned, problemCode } = request;
      if (audited === null) {
        return;
      }
      request.audited = null;
      const answer = {
        outcome: outcomeOf(status),
        status,
        ...(problemCode !== null && { code: problemCode }),
      };
      try {
        await finishEntry(ledger, { ...audited, ...concerned }, answer);
      } catch (err) {
        // the change is made or refused already, and stays noted as begun: the sweep enters it
        request.log.error({ err }, 'outcome of a change not entered');
      }
    });

    const sweep = setInterval(() => {
      enterAbandoned(ledger).catch((err: unknown) => app.log.warn({ err }, 'abandoned changes not entered'));
    }, SWEEP_EVERY_MS);
    sweep.unref();
    app.addHook('onClose', async () => clearInterval(sweep));
  },
  { name: 'audit', dependencies: ['authentication'] },
);

function outcomeOf(status: number): Outcome {
  if (status < 400) {
    return 'done';
  }
  return status < 500 ? 'refused' : 'failed';
}
