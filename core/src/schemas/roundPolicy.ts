import { type Static, type TSchema, Type } from 'typebox';
import { CohortPolicy } from './cohort.js';
import { rule, STRICT } from './common.js';
import { component } from './component.js';
import { NextRound } from './nextRound.js';
import { SUBMISSIONS_MAX, WAIT_SECONDS_MAX } from './roundLimits.js';

/**
 * The smallest staleness weight. Together with LATE_ROUNDS_MAX it keeps the weight of the latest submission
 * above the smallest float64: 0.01^100 = 1e-200.
 */
const STALENESS_WEIGHT_MIN = 0.01;

/** Rounds that a submission may be late and still be kept for the next. */
export const LATE_ROUNDS_MAX = 100;

export const STALENESS_WEIGHT_DEFAULT = 0.5;
export const QUORUM_DEFAULT = 1;

export const OnDeadline = Type.Union(
  [Type.Literal('wait'), Type.Literal('fail'), Type.Literal('extend'), Type.Literal('proceed')],
  {
    description:
      'What happens when the deadline and the grace have passed with fewer than minSubmissions: wait for them ' +
      'without bound (the default), fail, extend once by extendSeconds and then fail, or proceed with at least ' +
      'quorum of them and fail with fewer.',
  },
);
export type OnDeadline = Static<typeof OnDeadline>;

export const Late = Type.Union([Type.Literal('refuse'), Type.Literal('carry')], {
  description:
    'What happens to a first submission that comes after the round has closed or failed: it is refused (the ' +
    'default), or kept for the next round with a staleness weight.',
});
export type Late = Static<typeof Late>;

const lifecycleFields = {
  graceSeconds: Type.Integer({
    minimum: 0,
    maximum: WAIT_SECONDS_MAX,
    description:
      'How long after the deadline those who are training or uploading may still finish; 0 by default. The round ' +
      'goes on as soon as nobody is.',
  }),
  onDeadline: OnDeadline,
  extendSeconds: Type.Integer({
    minimum: 1,
    maximum: WAIT_SECONDS_MAX,
    description:
      'How long an extension lasts, from when it is granted; as long as deadlineSeconds by default.',
  }),
  quorum: Type.Integer({
    minimum: 1,
    maximum: SUBMISSIONS_MAX,
    description: 'How few are enough for onDeadline: proceed; 1 by default, and never above minSubmissions.',
    ...rule('at most minSubmissions'),
  }),
  late: Late,
  stalenessWeight: Type.Number({
    minimum: STALENESS_WEIGHT_MIN,
    maximum: 1,
    description:
      'The examples of a carried submission count times this to the power of the rounds it is late.',
  }),
  cohort: CohortPolicy,
};

const roundPolicyFields = {
  minSubmissions: Type.Integer({
    minimum: 1,
    maximum: SUBMISSIONS_MAX,
    description: 'Fewer never aggregate, unless onDeadline is proceed.',
  }),
  maxSubmissions: Type.Integer({
    minimum: 1,
    maximum: SUBMISSIONS_MAX,
    description: 'The round closes itself when it has this many, or those of all whom it has sampled.',
    ...rule('at least minSubmissions'),
  }),
  deadlineSeconds: Type.Integer({
    minimum: 1,
    maximum: WAIT_SECONDS_MAX,
    description: 'The round closes itself this long after it opened, once it has the minimum.',
  }),
};

export const RoundPolicy = component(
  'RoundPolicy',
  Type.Object(
    {
      minSubmissions: roundPolicyFields.minSubmissions,
      maxSubmissions: Type.Optional(roundPolicyFields.maxSubmissions),
      deadlineSeconds: Type.Optional(roundPolicyFields.deadlineSeconds),
      ...Type.Partial(Type.Object(lifecycleFields)).properties,
      next: Type.Optional(NextRound),
    },
    {
      ...STRICT,
      description: 'Whom a round invites, when it closes, and what follows; what is left out is the default.',
    },
  ),
);
export type RoundPolicy = Static<typeof RoundPolicy.schema>;

const orNull = <T extends TSchema>(field: T) => Type.Union([field, Type.Null()]);

const roundOverrideFields = {
  minSubmissions: roundPolicyFields.minSubmissions,
  maxSubmissions: orNull(roundPolicyFields.maxSubmissions),
  deadlineSeconds: orNull(roundPolicyFields.deadlineSeconds),
  graceSeconds: orNull(lifecycleFields.graceSeconds),
  onDeadline: orNull(lifecycleFields.onDeadline),
  extendSeconds: orNull(lifecycleFields.extendSeconds),
  quorum: orNull(lifecycleFields.quorum),
  late: orNull(lifecycleFields.late),
  stalenessWeight: orNull(lifecycleFields.stalenessWeight),
  cohort: orNull(lifecycleFields.cohort),
};

export const RoundPolicyInput = component(
  'RoundPolicyInput',
  Type.Partial(Type.Object({ ...roundOverrideFields, next: orNull(NextRound) }), {
    ...STRICT,
    description:
      'Fields left out keep their value, or the default; null removes a limit, or goes back to the default.',
  }),
);
export type RoundPolicyInput = Static<typeof RoundPolicyInput.schema>;

export const RoundOverride = component(
  'RoundOverride',
  Type.Partial(Type.Object(roundOverrideFields), {
    ...STRICT,
    description:
      'What is different for this round; fields left out are as the federation has them, and null is none or the ' +
      'default.',
  }),
);
export type RoundOverride = Static<typeof RoundOverride.schema>;

export const RoundCreate = component(
  'RoundCreate',
  Type.Object({ rounds: Type.Optional(RoundOverride.ref) }, STRICT),
);
export type RoundCreate = Static<typeof RoundCreate.schema>;

export const ROUND_POLICY_DEFAULT: RoundPolicy = { minSubmissions: 1 };
