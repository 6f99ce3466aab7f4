import type { RoundPolicy } from '@florist/core/schemas/federation';
import type { RoundState } from '@florist/core/schemas/round';

export interface RoundProgress {
  state: RoundState;
  submissions: number;
  policy: RoundPolicy;
  deadlineAt?: string;
  modules: { done: number; total: number };
}

/** What must happen before a round changes state, as an operator reads it; nothing once it has ended. */
export function waitingFor(round: RoundProgress, now: Date): string[] {
  switch (round.state) {
    case 'collecting':
      return collectingFor(round, now);
    case 'aggregating':
      return [`${round.modules.done} of ${round.modules.total} modules`];
    case 'published':
    case 'failed':
    case 'cancelled':
      return [];
  }
}

/** Each item must happen; an item that names alternatives happens with the first of them. */
function collectingFor(round: RoundProgress, now: Date): string[] {
  const { submissions, deadlineAt } = round;
  const { minSubmissions, maxSubmissions } = round.policy;
  const overdue = deadlineAt !== undefined && Date.parse(deadlineAt) <= now.getTime();
  const close = deadlineAt === undefined ? 'an operator to close it' : `the deadline at ${deadlineAt}`;
  if (submissions < minSubmissions) {
    const closesWithTheLast = overdue || maxSubmissions === minSubmissions;
    return [more(submissions, minSubmissions), ...(closesWithTheLast ? [] : [close])];
  }
  if (overdue) return [`the service to close it: its deadline was at ${deadlineAt}`];
  return [maxSubmissions === undefined ? close : `${more(submissions, maxSubmissions)}, or ${close}`];
}

function more(present: number, wanted: number): string {
  const missing = wanted - present;
  return `${missing} more ${missing === 1 ? 'submission' : 'submissions'} (${present} of ${wanted})`;
}
