import { ROUND_STATES, type RoundState } from '../schemas/round.js';

/** Every way a round changes state: from where it may start and where it leads. */
export const TRANSITIONS = {
  close: { from: ['collecting'], to: 'aggregating' },
  expire: { from: ['collecting'], to: 'failed' },
  cancel: { from: ['collecting', 'aggregating'], to: 'cancelled' },
  publish: { from: ['aggregating'], to: 'published' },
  fail: { from: ['aggregating'], to: 'failed' },
  retry: { from: ['failed'], to: 'aggregating' },
} as const satisfies Record<string, { from: readonly RoundState[]; to: RoundState }>;

export type Transition = keyof typeof TRANSITIONS;

/** Whether `transition` may start from `state`. */
export function permits(transition: Transition, state: RoundState): boolean {
  const from: readonly RoundState[] = TRANSITIONS[transition].from;
  return from.includes(state);
}

/** Whether a round in `state` has ended, so that the next may open. */
export function hasEnded(state: RoundState): boolean {
  switch (state) {
    case 'published':
    case 'failed':
    case 'cancelled':
      return true;
    case 'collecting':
    case 'aggregating':
      return false;
  }
}

/** States in which the latest round leaves room for the next. */
export const ENDED: readonly RoundState[] = ROUND_STATES.filter(hasEnded);
