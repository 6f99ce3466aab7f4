import { type Static, Type } from 'typebox';
import { Aggregation, AggregationInput } from './aggregation.js';
import { Sha256, STRICT, Time } from './common.js';
import { component } from './component.js';
import { Verdicts } from './weighting.js';

export const ADAPTER_ID_PATTERN = '^a[1-9][0-9]{0,8}$';

export const AdapterState = Type.Union([
  Type.Literal('aggregating'),
  Type.Literal('published'),
  Type.Literal('failed'),
]);
export type AdapterState = Static<typeof AdapterState>;

/** What a published adapter is and what making it took. */
export const AdapterResult = Type.Object({
  sha256: Sha256('SHA-256 of adapter_model.safetensors.'),
  bytes: Type.Integer({ minimum: 0, description: 'Size of adapter_model.safetensors.' }),
  modules: Type.Integer({ minimum: 0, description: 'How many weight matrices it adapts.' }),
  degenerateModules: Type.Integer({ minimum: 0, description: 'Modules whose update is zero.' }),
  totalRank: Type.Integer({ minimum: 0, description: 'Σ of the rank over modules.' }),
  stackedRank: Type.Integer({
    minimum: 0,
    description: 'Σ over modules of Σ r_k: the rank of the exact stack.',
  }),
  parameters: Type.Integer({ minimum: 0 }),
  energyKept: Type.Number({
    minimum: 0,
    maximum: 1,
    description: 'Share of Σ‖ΔW‖² over all modules that the adapter keeps.',
  }),
  relativeError: Type.Number({
    minimum: 0,
    description:
      '‖ΔW − B_gA_g‖ / ‖ΔW‖ over all modules, of the truncation: before rounding to dtype, which adds about 3e-4 in ' +
      'F16 and 2.4e-3 in BF16.',
  }),
  executionProvider: Type.String({ description: 'What computed it: cpu or cuda.' }),
  seconds: Type.Number({ minimum: 0, description: 'From the start of aggregation to publication.' }),
  computeSeconds: Type.Number({ minimum: 0, description: 'Time in aggregation, summed over modules.' }),
});
export type AdapterResult = Static<typeof AdapterResult>;

export const Adapter = component(
  'Adapter',
  Type.Object(
    {
      id: Type.String({ pattern: ADAPTER_ID_PATTERN }),
      state: AdapterState,
      current: Type.Boolean({ description: 'Whether the round serves this adapter.' }),
      aggregation: Aggregation.ref,
      requestedAt: Time('When its aggregation was asked for.'),
      publishedAt: Type.Optional(Time('When it was published.')),
      weighed: Type.Optional(Verdicts),
      filesDeletedAt: Type.Optional(Time('When retention deleted its files; its numbers stay.')),
      progress: Type.Object({ done: Type.Integer({ minimum: 0 }), total: Type.Integer({ minimum: 0 }) }),
      result: Type.Optional(AdapterResult),
      error: Type.Optional(Type.Object({ code: Type.String(), detail: Type.String() })),
    },
    { description: 'What a round publishes: one LoRA adapter that PEFT loads as it is.' },
  ),
);
export type Adapter = Static<typeof Adapter.schema>;

export const AdapterList = component('AdapterList', Type.Object({ items: Type.Array(Adapter.ref) }));

export const AdapterCreate = component(
  'AdapterCreate',
  Type.Object(
    { aggregation: AggregationInput.ref },
    { ...STRICT, description: 'Fields left out are those of the federation.' },
  ),
);
export type AdapterCreate = Static<typeof AdapterCreate.schema>;
