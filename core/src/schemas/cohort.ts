import { type Static, Type } from 'typebox';
import { rule, Slug, STRICT } from './common.js';
import { component } from './component.js';
import { SUBMISSIONS_MAX } from './roundLimits.js';

/** Seeds are whole numbers that every language holds and Lua's JSON reader keeps exact. */
export const SEED_MAX = 4_294_967_295;

const OVERSAMPLE_MAX = 10;
/** Names listed one by one; more clients than that are better served by a larger cohort. */
const ALWAYS_MAX = 1_000;

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
