import { type Static, Type } from 'typebox';
import { component } from './component.js';

const ModulePath = Type.Union([Type.Literal('gram'), Type.Literal('iteration'), Type.Literal('update')], {
  description:
    'How the spectrum was found: from the Gram matrices whole, its leading part by iteration, or from ΔW itself.',
});

export const ModuleSpectrum = component(
  'ModuleSpectrum',
  Type.Object({
    name: Type.String({ description: 'The module, as PEFT names it.' }),
    shape: Type.Array(Type.Integer(), {
      minItems: 2,
      maxItems: 2,
      description: '[m, n] of the weight matrix.',
    }),
    stackedRank: Type.Integer({ description: 'r = Σ r_k of the clients.' }),
    rank: Type.Integer({ description: 'p, the published rank.' }),
    energy: Type.Number({ description: '‖ΔW‖².' }),
    degenerate: Type.Boolean({ description: 'The update is zero; rank 1 of zeros was published.' }),
    singularValues: Type.Array(Type.Number(), {
      description:
        'σ of ΔW, descending: min(r, m, n) of them, or the leading ones where the path looked for no more.',
    }),
    restEnergy: Type.Optional(
      Type.Number({
        minimum: 0,
        description: 'Σ σ² of those that are not listed; 0 where all are. Adapters made long ago lack it.',
      }),
    ),
    path: Type.Optional(ModulePath),
    pathReason: Type.Optional(Type.String({ description: 'Why that path was taken.' })),
  }),
);
export type ModuleSpectrum = Static<typeof ModuleSpectrum.schema>;

export const Spectrum = component(
  'Spectrum',
  Type.Object({
    tau: Type.Optional(Type.Number({ description: 'The threshold, where the rank policy is energy.' })),
    modules: Type.Array(ModuleSpectrum.ref),
  }),
);
export type Spectrum = Static<typeof Spectrum.schema>;
