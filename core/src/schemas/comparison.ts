import { type Static, Type } from 'typebox';
import { Method } from './aggregation.js';
import { DtypeName } from './common.js';
import { component } from './component.js';

export const MethodCost = component(
  'MethodCost',
  Type.Object(
    {
      method: Method,
      tau: Type.Optional(Type.Number({ description: 'The threshold, for FLoRIST.' })),
      totalRank: Type.Number({
        description:
          'Σ of ranks over modules; half for FFA-LoRA, for FlexLoRA the mean over clients of what `client` serves.',
      }),
      parameters: Type.Number({
        description: 'Parameters a client downloads; the mean where clients differ.',
      }),
      bytes: Type.Number({ description: 'Those parameters in the dtype of the round.' }),
      uploadParameters: Type.Number({ description: 'Parameters that all clients together upload.' }),
      uploadBytes: Type.Number({ description: 'Those parameters in the dtype of the round.' }),
      clientUploadParameters: Type.Number({
        description: 'Parameters that a client uploads; the mean where clients differ.',
      }),
      clientUploadBytes: Type.Number({ description: 'Those parameters in the dtype of the round.' }),
      efficiency: Type.Number({ description: 'Communication efficiency: 1 / totalRank.' }),
      relativeError: Type.Union([Type.Number(), Type.Null()], {
        description:
          '‖ΔW − published‖ / ‖ΔW‖ of the method, before rounding to dtype (about 3e-4 in F16, 2.4e-3 in BF16); ' +
          'null where the method does not apply or is not known.',
      }),
      flops: Type.Number({ description: 'Server operations by the cost model of the FLoRIST paper.' }),
      seconds: Type.Optional(Type.Number({ description: 'Measured, where the round has such an adapter.' })),
      adapter: Type.Optional(
        Type.String({
          description:
            'The adapter of the round made this way. Its own totalRank counts what is published; the one here counts ' +
            'as the paper does: half for FFA-LoRA, the mean over clients for FlexLoRA.',
        }),
      ),
      note: Type.Optional(Type.String({ description: 'Why the method does not apply.' })),
    },
    { description: 'What one method costs and how far it is from the exact mean.' },
  ),
);
export type MethodCost = Static<typeof MethodCost.schema>;

export const Comparison = component(
  'Comparison',
  Type.Object({
    dtype: DtypeName,
    clients: Type.Integer({ minimum: 1 }),
    modules: Type.Integer({ minimum: 1 }),
    methods: Type.Array(MethodCost.ref),
  }),
);
export type Comparison = Static<typeof Comparison.schema>;
