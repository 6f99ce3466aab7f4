import { type Static, Type } from 'typebox';
import { STRICT } from './common.js';
import { component } from './component.js';

export const FAULTY_MAX = 100_000;

const Clip = Type.Object(
  {
    norm: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        description: 'Largest ‖ΔW_k‖ that counts in full, over the whole adapter.',
      }),
    ),
    timesMedian: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        description: 'The same as a multiple of the median of the norms, where each client counts once.',
      }),
    ),
  },
  {
    ...STRICT,
    minProperties: 1,
    maxProperties: 1,
    description:
      'Shrinks a longer update to the bound, one of the two; what is cut off is not given to others.',
  },
);
export type Clip = Static<typeof Clip>;

const DropCosine = Type.Object(
  {
    below: Type.Number({
      minimum: -1,
      maximum: 1,
      description:
        'Drops a client whose median cosine to the others lies below; 0 drops what points against.',
    }),
  },
  { ...STRICT, description: 'Drops clients whose updates point elsewhere than most others.' },
);

const MultiKrum = Type.Object(
  {
    faulty: Type.Integer({
      minimum: 1,
      maximum: FAULTY_MAX,
      description: 'f, how many clients may be malicious; 2f + 3 submissions at least are needed.',
    }),
    keep: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: FAULTY_MAX,
        description: 'How many clients to keep; K − f by default and at most.',
      }),
    ),
  },
  { ...STRICT, description: 'Keeps the clients that lie closest to their K − f − 2 nearest others.' },
);
export type MultiKrum = Static<typeof MultiKrum>;

export const Robust = Type.Object(
  {
    clip: Type.Optional(Clip),
    dropCosine: Type.Optional(DropCosine),
    multiKrum: Type.Optional(MultiKrum),
  },
  {
    ...STRICT,
    minProperties: 1,
    description:
      'What to do about updates that stand out. All that is given applies: drops first, then clips.',
  },
);
export type Robust = Static<typeof Robust>;

export const Weighting = component(
  'Weighting',
  Type.Object(
    {
      by: Type.Union([Type.Literal('examples'), Type.Literal('uniform')], {
        description: 'Base weights: n_k / Σ n_j, or 1 / K.',
      }),
      maxShare: Type.Optional(
        Type.Number({
          exclusiveMinimum: 0,
          maximum: 1,
          description:
            'No client weighs more; what is cut off goes to the others in proportion. Below 1 / K all weigh alike.',
        }),
      ),
      robust: Type.Optional(Robust),
    },
    { ...STRICT, description: 'How much each client counts. By default by its number of examples.' },
  ),
);
export type Weighting = Static<typeof Weighting.schema>;

export const WEIGHTING_DEFAULT: Weighting = { by: 'examples' };

export const Verdict = Type.Union([Type.Literal('kept'), Type.Literal('clipped'), Type.Literal('dropped')], {
  description: 'What became of a client’s update.',
});
export type Verdict = Static<typeof Verdict>;

export const ClientWeight = component(
  'ClientWeight',
  Type.Object(
    {
      client: Type.String(),
      numExamples: Type.Integer({ minimum: 1 }),
      staleness: Type.Optional(
        Type.Number({ description: 'How much less it counts, since it was late for an earlier round.' }),
      ),
      baseWeight: Type.Number({ description: 'Its share before anyone was clipped or dropped.' }),
      factor: Type.Number({
        minimum: 0,
        maximum: 1,
        description: '1; below 1 where it was clipped; 0 where it was dropped.',
      }),
      weight: Type.Number({
        description: 'w_k as aggregated: its share among those that were not dropped, times the factor.',
      }),
      verdict: Verdict,
      reason: Type.Optional(Type.String({ description: 'Why it was clipped or dropped, with the numbers.' })),
      norm: Type.Optional(
        Type.Union([Type.Number(), Type.Null()], {
          description: '‖ΔW_k‖ over the whole adapter; null where it is not finite.',
        }),
      ),
      cosineToMean: Type.Optional(
        Type.Number({ description: 'Cosine of its update, dropped or not, to the mean as aggregated.' }),
      ),
      medianCosine: Type.Optional(
        Type.Number({ description: 'dropCosine: the median of its cosines to the other clients.' }),
      ),
      krumScore: Type.Optional(
        Type.Number({ description: 'multiKrum: Σ of squared distances to its nearest others.' }),
      ),
    },
    { description: 'How much one client counts and why.' },
  ),
);
export type ClientWeight = Static<typeof ClientWeight.schema>;

export const Weights = component(
  'Weights',
  Type.Object(
    {
      weighting: Weighting.ref,
      clipNorm: Type.Optional(Type.Number({ description: 'The bound to which norms were clipped.' })),
      clients: Type.Array(ClientWeight.ref),
    },
    { description: 'How much each client counts in an adapter, in the order of their ids.' },
  ),
);
export type Weights = Static<typeof Weights.schema>;

export const Verdicts = Type.Object(
  {
    kept: Type.Integer({ minimum: 0 }),
    clipped: Type.Integer({ minimum: 0 }),
    dropped: Type.Integer({ minimum: 0 }),
  },
  { description: 'How many clients the weighting kept as they were, clipped and dropped.' },
);
export type Verdicts = Static<typeof Verdicts>;
