import type { Late, NextRound, RoundPolicy, RoundPolicyInput } from '../api/types.ts';
import { type Duration, durationOf, toSeconds } from './duration.ts';
import { textOf, typed, typedOrNull } from './typed.ts';

/** What follows a round, as a form holds it. */
export interface AfterDraft {
  late: Late;
  /** Empty for the default. */
  stalenessWeight: string;
  next: 'operator' | 'itself';
  delay: Duration;
  /** Empty for never. */
  stopAfterRounds: string;
}

/** Time enough for clients to fetch the adapter, and for an operator to look at it. */
const DELAY_SECONDS = 600;

export function afterDraftOf({ late, stalenessWeight, next }: RoundPolicy): AfterDraft {
  return {
    late: late ?? 'refuse',
    stalenessWeight: textOf(stalenessWeight),
    next: next === undefined ? 'operator' : 'itself',
    delay: durationOf(next?.delaySeconds ?? DELAY_SECONDS, 'minutes'),
    stopAfterRounds: textOf(next?.stopAfterRounds),
  };
}

export function toAfter(draft: AfterDraft, inForce: NextRound | undefined): RoundPolicyInput {
  return {
    late: draft.late === 'refuse' ? null : draft.late,
    stalenessWeight: typedOrNull(draft.stalenessWeight),
    next: draft.next === 'operator' ? null : toNext(draft, inForce),
  };
}

/** It is replaced as a whole, so what the form does not show is sent back as it was. */
function toNext({ delay, stopAfterRounds }: AfterDraft, inForce: NextRound | undefined): NextRound {
  const stopWhenStalled = inForce?.stopWhenStalled;
  return {
    delaySeconds: toSeconds(delay),
    ...(stopAfterRounds !== '' && { stopAfterRounds: typed(stopAfterRounds) }),
    ...(stopWhenStalled !== undefined && { stopWhenStalled }),
  };
}
