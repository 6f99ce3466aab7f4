import { PROBLEMS } from '@florist/core/errors/problems';
import { Refusal } from '@florist/core/errors/refusal';
import type { AuditAnswer } from '@florist/storage/audit/finishEntry';
import { noteTurnedAway } from '@florist/storage/audit/noteTurnedAway';
import type { Ledger } from '@florist/storage/ledger/openLedger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { addressBlock } from '../auth/addressBlock.js';
import { claimOf } from '../auth/claimOf.js';
import { auditRequestOf, whoOf } from './auditRequestOf.js';

const LIMITED = 'too_many_requests';

/**
 * Enters in the trail that a request was turned away. Only here, after a token was found invalid, are attempts
 * limited: a valid token is never held up by what others try from its address.
 * @returns the refusal to answer with: `refusal` itself, or too_many_requests
 */
export async function turnAway(
  ledger: Ledger,
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal,
): Promise<Refusal> {
  const { principal } = request;
  const claim = claimOf(request.headers.authorization);
  const who = principal === null ? claim.who : whoOf(principal);
  const address = addressBlock(request.ip);
  const wait = await noteTurnedAway(ledger, address, {
    request: auditRequestOf(request, who),
    answer: refused(refusal.code),
    source: [address, refusal.code, ...(principal === null ? [] : Object.values(who))].join(' '),
    ...(refusal.code === 'token_invalid' && { guess: { prefix: claim.prefix, limited: refused(LIMITED) } }),
  });
  if (wait === 0) {
    return refusal;
  }
  reply.header('retry-after', wait);
  return new Refusal(LIMITED, `Too many invalid tokens were tried; this one is invalid too. Wait ${wait} s.`);
}

function refused(code: keyof typeof PROBLEMS): AuditAnswer {
  return { outcome: 'refused', status: PROBLEMS[code].status, code };
}
