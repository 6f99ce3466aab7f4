import { type Static, type TSchema, Type } from 'typebox';
import { rule, Slug, STRICT } from './common.js';
import { component } from './component.js';

/** A year: beyond that nobody waits, they have forgotten. */
export const WAIT_SECONDS_MAX = 31_536_000;

/** Seeds are whole numbers that every language holds and Lua's JSON reader keeps exact. */
export const SEED_MAX = 4_294_967_295;

export const SUBMISSIONS_MAX = 100_000;
const OVERSAMPLE_MAX = 10;
/** Names listed one by one; more clients than that are better served by a larger cohort. */
const ALWAYS_MAX = 1_000;

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

const sampling = {
  oversample: Type.Optional(
    Type.Number({
      minimum: 1,
      maximum: OVERSAMPLE_MAX,
      description: 'Invite this many times as many, since some will not come.',
    }),
  ),
  always: Type.Optional(
    Type.Array(Slug('A client.'), {
      maxItems: ALWAYS_MAX,
      description:
        'Clients that are invited first, whatever the seed; those who are not registered are passed over.',
    }),
  ),
  seed: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: SEED_MAX,
      description: 'Makes the choice repeatable; drawn for each round when left out.',
    }),
  ),
};

export const CohortPolicy = Type.Union(
  [
    Type.Literal('all'),
    Type.Object({ size: Type.Integer({ minimum: 1, maximum: SUBMISSIONS_MAX }), ...sampling }, STRICT),
    Type.Object({ fraction: Type.Number({ exclusiveMinimum: 0, maximum: 1 }), ...sampling }, STRICT),
  ],
  {
    description:
      'Whom a round invites: all clients, also those that register while it collects (the default), or a sample ' +
      'of those registered when it opens. The sample is the first `size` (or `fraction` of all) times ' +
      '`oversample`, rounded up, in the order of SHA-1(`seed:round:client`).',
    ...rule('a sample of a fixed size invites at least minSubmissions'),
  },
);
export type CohortPolicy = Static<typeof CohortPolicy>;

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

const cohortFields = {
  seed: Type.Optional(
    Type.Integer({ minimum: 0, maximum: SEED_MAX, description: 'What the sample was drawn with.' }),
  ),
  invited: Type.Integer({ minimum: 0, description: 'How many clients may submit; see the participants.' }),
};

export const Cohort = component(
  'Cohort',
  Type.Object(cohortFields, { description: 'Whom a round invites.' }),
);
export type Cohort = Static<typeof Cohort.schema>;
