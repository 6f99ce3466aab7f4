import { Refusal } from '@florist/core/errors/refusal';
import type { Facts } from './refusalFrom.js';

/** Refusals of what would pass a federation's quotas. */
export function quotaRefusal(reason: string, facts: Facts): Refusal | undefined {
  const { federation, whose, limit, used, asked, client } = facts;
  switch (reason) {
    case 'quota_exceeded': {
      const owner = whose === '*' ? `The clients of federation ${federation} use` : `Client ${whose} uses`;
      return new Refusal(reason, `${owner} ${used} of ${limit} bytes; ${asked} more do not fit.`);
    }
    case 'requests_too_many':
      return new Refusal(
        'too_many_requests',
        `Client ${client} may send ${limit} requests a minute.`,
        [],
        Number(facts.retryAfter),
      );
    default:
      return undefined;
  }
}
