import { type Static, Type } from 'typebox';
import { component } from './component.js';

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
    singularValues: Type.Array(Type.Number(), { description: 'σ of ΔW, descending; min(r, m, n) of them.' }),
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
