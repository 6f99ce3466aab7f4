import { type Static, Type } from 'typebox';
import { STRICT } from './common.js';
import { WAIT_SECONDS_MAX } from './roundLimits.js';

const STALL_ROUNDS_MAX = 100;

const StallPolicy = Type.Object(
  {
    metric: Type.String({ minLength: 1, maxLength: 64, description: 'As clients report it in evaluations.' }),
    rounds: Type.Integer({
      minimum: 1,
      maximum: STALL_ROUNDS_MAX,
      description: 'How many must not improve it.',
    }),
    minImprovement: Type.Number({
      minimum: 0,
      description: 'What their best must gain on the best before them.',
    }),
  },
  {
    ...STRICT,
    description:
      'No round opens by itself once the example-weighted mean of this metric, over the adapters that rounds serve, ' +
      'has stalled; rounds that nobody evaluated are passed over.',
  },
);
export type StallPolicy = Static<typeof StallPolicy>;

export const NextRound = Type.Object(
  {
    delaySeconds: Type.Integer({
      minimum: 0,
      maximum: WAIT_SECONDS_MAX,
      description: 'How long after a round was published or has failed the next one opens.',
    }),
    stopAfterRounds: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 999_999_999,
        description: 'No round opens by itself once the federation has this many.',
      }),
    ),
    stopWhenStalled: Type.Optional(StallPolicy),
  },
  {
    ...STRICT,
    description: 'Opens the next round by itself; off by default, and not after a round that was cancelled.',
  },
);
export type NextRound = Static<typeof NextRound>;
