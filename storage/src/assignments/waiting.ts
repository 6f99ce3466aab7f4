import type { Round } from '@florist/core/schemas/round';

/** What the ledger says of time: now, and when the next round opens by itself. */
export interface Schedule {
  nowMs: number;
  nextMs?: number;
}

/** When to ask again while the service works on what comes next, such as an aggregation. */
const SOON_SECONDS = 5;

/** When to ask again while an operator or other clients are at work; a client that may wait on the line hears sooner. */
const USUAL_SECONDS = 30;

/** When to ask again at the latest, even if the next round is hours away: plans change. */
const LATEST_SECONDS = 300;

/** After how many seconds a client that has nothing to do should ask again. */
export function retryAfterSeconds(latest: Round | undefined, { nowMs, nextMs }: Schedule): number {
  if (nextMs !== undefined) return Math.min(LATEST_SECONDS, Math.max(1, Math.ceil((nextMs - nowMs) / 1000)));
  return latest?.state === 'aggregating' ? SOON_SECONDS : USUAL_SECONDS;
}

/** Why a client has nothing to do, for people to read. */
export function reasonToWait(
  latest: Round | undefined,
  client: { submitted?: boolean; invited?: boolean },
  { nextMs }: Schedule,
): string {
  if (latest === undefined) return 'No round has been opened yet.';
  const { number, state } = latest;
  switch (state) {
    case 'collecting':
      if (client.submitted) return `Round ${number} has this client's submission and collects the others'.`;
      if (!client.invited) return `This client is not in the cohort of round ${number}.`;
      return `The deadline of round ${number} has passed.`;
    case 'aggregating':
      return `Round ${number} is aggregating.`;
    case 'published':
    case 'failed':
    case 'cancelled': {
      const next = nextMs === undefined ? 'has not opened yet' : `opens at ${new Date(nextMs).toISOString()}`;
      return `Round ${number} is ${state}; the next ${next}.`;
    }
  }
}
