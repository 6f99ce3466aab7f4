import type { OnDeadline, RoundPolicy, RoundPolicyInput } from '../api/types.ts';
import { type Duration, durationOf, toSecondsOrNull } from './duration.ts';
import { textOf, typed, typedOrNull } from './typed.ts';

/** When a round closes, as a form holds it; what is empty is none, or the default. */
export interface ClosingDraft {
  minSubmissions: string;
  maxSubmissions: string;
  deadline: Duration;
  grace: Duration;
  onDeadline: OnDeadline;
  extension: Duration;
  quorum: string;
}

export function closingDraftOf(rounds: RoundPolicy): ClosingDraft {
  return {
    minSubmissions: String(rounds.minSubmissions),
    maxSubmissions: textOf(rounds.maxSubmissions),
    deadline: durationOf(rounds.deadlineSeconds, 'hours'),
    grace: durationOf(rounds.graceSeconds, 'minutes'),
    onDeadline: rounds.onDeadline ?? 'wait',
    extension: durationOf(rounds.extendSeconds, 'hours'),
    quorum: textOf(rounds.quorum),
  };
}

export function toClosing(draft: ClosingDraft): RoundPolicyInput {
  return {
    minSubmissions: typed(draft.minSubmissions),
    maxSubmissions: typedOrNull(draft.maxSubmissions),
    deadlineSeconds: toSecondsOrNull(draft.deadline),
    graceSeconds: toSecondsOrNull(draft.grace),
    onDeadline: draft.onDeadline === 'wait' ? null : draft.onDeadline,
    extendSeconds: toSecondsOrNull(draft.extension),
    quorum: typedOrNull(draft.quorum),
  };
}
