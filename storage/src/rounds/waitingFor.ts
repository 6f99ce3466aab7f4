import type { RoundState } from '@florist/core/schemas/round';
import { QUORUM_DEFAULT, type RoundPolicy } from '@florist/core/schemas/roundPolicy';
import { formatSpan } from './formatSpan.js';

export interface RoundProgress {
  state: RoundState;
  /** Those that the limits count: carried ones are not among them. */
  submissions: number;
  policy: RoundPolicy;
  deadlineAt?: string;
  graceUntil?: string;
  extendedAt?: string;
  /** Number of clients in the sample, where the round does not invite all. */
  sampled?: number;
  /** Clients that reported and have not submitted: training or uploading, ready, or not heard from for long. */
  heard: { busy: number; ready: number; gone: number };
  modules: { done: number; total: number };
}

/** What must happen before a round changes state, as an operator reads it; nothing once it has ended. */
export function waitingFor(round: RoundProgress, now: Date): string[] {
  switch (round.state) {
    case 'collecting':
      return collectingFor(round, now);
    case 'aggregating':
      return [aggregatingFor(round.modules)];
    case 'published':
    case 'failed':
    case 'cancelled':
      return [];
  }
}

/** The parts of the adapter first, then the whole: the modules are done before the adapter is written. */
function aggregatingFor({ done, total }: RoundProgress['modules']): string {
  const missing = total - done;
  return missing > 0
    ? `${missing} more ${missing === 1 ? 'module' : 'modules'} (${done} of ${total})`
    : 'the adapter to be assembled';
}

/** Each item must happen; an item that names alternatives happens with the first of them. */
function collectingFor(round: RoundProgress, now: Date): string[] {
  const { deadlineAt, graceUntil, heard } = round;
  const isPast = (time: string) => Date.parse(time) <= now.getTime();
  if (deadlineAt === undefined || !isPast(deadlineAt)) return withClients(round, beforeDeadline(round));
  if (graceUntil !== undefined && !isPast(graceUntil) && heard.busy > 0) {
    return [`${clients(heard.busy)} in progress to finish, until ${graceUntil} at most`];
  }
  return withClients(round, afterDeadline(round, deadlineAt));
}

function beforeDeadline(round: RoundProgress): string[] {
  const { submissions, deadlineAt, policy, sampled } = round;
  const { minSubmissions } = policy;
  const maximum =
    policy.maxSubmissions && Math.max(minSubmissions, Math.min(policy.maxSubmissions, sampled ?? Infinity));
  const close = deadlineAt === undefined ? 'an operator to close it' : `the deadline at ${deadlineAt}`;
  if (submissions < minSubmissions) {
    const closesWithTheLast = maximum === minSubmissions;
    const shortage = more(submissions, minSubmissions);
    return otherwise(round) ?? [shortage, ...(closesWithTheLast ? [] : [close])];
  }
  return [maximum === undefined ? close : `${more(submissions, maximum)}, or ${close}`];
}

/** What happens with too few at the deadline, where the round does not simply go on waiting for them. */
function otherwise({ submissions, deadlineAt, policy, extendedAt }: RoundProgress): string[] | undefined {
  const { minSubmissions, quorum = QUORUM_DEFAULT } = policy;
  if (deadlineAt === undefined) return undefined;
  const by = `by the deadline at ${deadlineAt}`;
  switch (policy.onDeadline ?? 'wait') {
    case 'wait':
      return undefined;
    case 'fail':
      return [`${more(submissions, minSubmissions)} ${by}, or it fails`];
    case 'extend': {
      const seconds = policy.extendSeconds ?? policy.deadlineSeconds ?? 0;
      const outcome =
        extendedAt === undefined ? `is extended by ${formatSpan(seconds)}` : 'fails, having been extended';
      return [`${more(submissions, minSubmissions)} ${by}, or it ${outcome}`];
    }
    case 'proceed':
      return submissions < quorum
        ? [`${more(submissions, quorum)} ${by}, or it fails`]
        : [
            `${more(submissions, minSubmissions)}, or the deadline at ${deadlineAt}, when ${quorum} are enough`,
          ];
  }
}

function afterDeadline({ submissions, policy, extendedAt }: RoundProgress, deadlineAt: string): string[] {
  const { minSubmissions, onDeadline = 'wait', quorum = QUORUM_DEFAULT } = policy;
  const enough =
    submissions >= (onDeadline === 'proceed' ? Math.min(quorum, minSubmissions) : minSubmissions);
  if (!enough && onDeadline === 'wait') return [more(submissions, minSubmissions)];
  const act = enough ? 'close' : onDeadline === 'extend' && extendedAt === undefined ? 'extend' : 'fail';
  return [`the service to ${act} it: its deadline was at ${deadlineAt}`];
}

/** Adds to the first item who has not submitted yet, as far as that is known. */
function withClients({ heard, sampled, submissions }: RoundProgress, items: string[]): string[] {
  const { busy, ready, gone } = heard;
  if (sampled === undefined && busy + ready + gone === 0) return items;
  const silent = sampled === undefined ? 0 : Math.max(0, sampled - submissions - busy - ready - gone);
  const parts = [
    ...(busy > 0 ? [`${busy} in progress`] : []),
    ...(ready > 0 ? [`${ready} ready`] : []),
    ...(gone > 0 ? [`${gone} gone`] : []),
    ...(silent > 0 ? [`${silent} invited but not heard from`] : []),
  ];
  const [first = '', ...rest] = items;
  return parts.length === 0 ? items : [`${first}; ${parts.join(', ')}`, ...rest];
}

function more(present: number, wanted: number): string {
  const missing = wanted - present;
  return `${missing} more ${missing === 1 ? 'submission' : 'submissions'} (${present} of ${wanted})`;
}

function clients(count: number): string {
  return `${count} ${count === 1 ? 'client' : 'clients'}`;
}
