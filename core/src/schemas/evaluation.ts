import { type Static, Type } from 'typebox';
import { ADAPTER_ID_PATTERN } from './adapter.js';
import { STRICT, Time } from './common.js';
import { component } from './component.js';

/** As many as a round can have submissions. */
export const EVALUATIONS_MAX = 100_000;
/** No honest test set is larger, and nobody's mean may drown all others by a number alone. */
const EXAMPLES_MAX = 1_000_000_000;

export const METRIC_PATTERN = '^[a-z0-9][a-z0-9._-]{0,62}$';

export const MetricName = Type.String({
  pattern: METRIC_PATTERN,
  description: 'Name of the metric, such as `loss`.',
});

const fields = {
  metric: MetricName,
  value: Type.Number({ description: 'What the adapter scored.' }),
  numExamples: Type.Integer({
    minimum: 1,
    maximum: EXAMPLES_MAX,
    description: 'On how many examples: the weight of the value in the mean.',
  }),
};

export const EvaluationCreate = component(
  'EvaluationCreate',
  Type.Object(
    {
      ...fields,
      higherIsBetter: Type.Boolean({
        description: 'Whether larger values are better; all evaluations of a metric must agree.',
      }),
    },
    { ...STRICT, description: 'What an adapter scored on data of one’s own.' },
  ),
);
export type EvaluationCreate = Static<typeof EvaluationCreate.schema>;

export const Evaluation = component(
  'Evaluation',
  Type.Object(
    {
      adapter: Type.String({ pattern: ADAPTER_ID_PATTERN }),
      client: Type.Optional(Type.String({ description: 'Who evaluated; absent for the operator.' })),
      ...fields,
      at: Time('When it was reported.'),
    },
    { description: 'One evaluation of one adapter. A later one by the same client takes its place.' },
  ),
);
export type Evaluation = Static<typeof Evaluation.schema>;

export const MetricMean = component(
  'MetricMean',
  Type.Object(
    {
      metric: MetricName,
      higherIsBetter: Type.Boolean(),
      mean: Type.Number({ description: 'Σ numExamples · value / Σ numExamples.' }),
      numExamples: Type.Integer({ minimum: 1 }),
      evaluations: Type.Integer({ minimum: 1 }),
    },
    { description: 'What an adapter scored over all who evaluated it.' },
  ),
);
export type MetricMean = Static<typeof MetricMean.schema>;

export const EvaluationList = component(
  'EvaluationList',
  Type.Object({
    metrics: Type.Array(MetricMean.ref, { description: 'In the order of their names.' }),
    items: Type.Array(Evaluation.ref, { description: 'In the order of metrics, then of clients.' }),
  }),
);
export type EvaluationList = Static<typeof EvaluationList.schema>;
