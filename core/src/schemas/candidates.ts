import { type Static, Type } from 'typebox';
import { ADAPTER_ID_PATTERN } from './adapter.js';
import { STRICT, Time } from './common.js';
import { component } from './component.js';
import { EVALUATIONS_MAX, MetricName } from './evaluation.js';

/** Adapters that a round derives by itself at most; each takes as long to make as the first. */
const TAUS_MAX = 8;
/** A month: a round whose evaluations take longer is chosen by hand. */
const WAIT_SECONDS_MAX = 2_592_000;

const fields = {
  taus: Type.Array(Type.Number({ exclusiveMinimum: 0, maximum: 1 }), {
    minItems: 1,
    maxItems: TAUS_MAX,
    uniqueItems: true,
    description: 'A published round also derives FLoRIST adapters at these thresholds.',
  }),
  metric: MetricName,
  higherIsBetter: Type.Boolean({ description: 'Whether larger values of the metric are better.' }),
  waitSeconds: Type.Integer({
    minimum: 1,
    maximum: WAIT_SECONDS_MAX,
    description: 'How long to wait for evaluations after the last candidate is made.',
  }),
  minEvaluations: Type.Integer({
    minimum: 1,
    maximum: EVALUATIONS_MAX,
    description: 'Evaluations without which a candidate is not chosen; once all have them, nobody waits.',
  }),
};

export const CandidatePolicy = component(
  'CandidatePolicy',
  Type.Union(
    [
      Type.Object({ choose: Type.Literal('best'), ...fields }, STRICT),
      Type.Object(
        {
          choose: Type.Literal('smallest'),
          margin: Type.Number({
            minimum: 0,
            description: 'How much worse than the best baseline a candidate may be, in units of the metric.',
          }),
          ...fields,
        },
        STRICT,
      ),
      Type.Object({ choose: Type.Literal('hold'), ...fields }, STRICT),
    ],
    {
      description:
        'How a round chooses τ by evidence: `best` takes the candidate with the best mean of the metric (FLoRIST-O); ' +
        '`smallest` the one of least total rank within the margin of the best adapter of another method that was ' +
        'evaluated, or else of the best candidate (FLoRIST-E); `hold` waits for an operator to promote one.',
    },
  ),
);
export type CandidatePolicy = Static<typeof CandidatePolicy.schema>;

export const ChoiceState = Type.Union(
  [Type.Literal('open'), Type.Literal('chosen'), Type.Literal('lapsed')],
  { description: 'open until chosen; or lapsed, when what was current stayed so.' },
);
export type ChoiceState = Static<typeof ChoiceState>;

export const Choice = component(
  'Choice',
  Type.Object(
    {
      state: ChoiceState,
      candidates: Type.Array(Type.String({ pattern: ADAPTER_ID_PATTERN }), {
        description: 'The adapters to choose from, in the order of the thresholds.',
      }),
      closesAt: Type.Optional(Time('When the wait for evaluations ends, once all candidates are made.')),
      adapter: Type.Optional(
        Type.String({ pattern: ADAPTER_ID_PATTERN, description: 'The one that was chosen.' }),
      ),
      reason: Type.Optional(Type.String({ description: 'Why, with the values of all candidates.' })),
    },
    { description: 'The choice of τ among a round’s candidates.' },
  ),
);
export type Choice = Static<typeof Choice.schema>;
