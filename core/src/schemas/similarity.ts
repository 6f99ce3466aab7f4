import { type Static, Type } from 'typebox';
import { component } from './component.js';

export const Similarity = component(
  'Similarity',
  Type.Object(
    {
      module: Type.Optional(
        Type.String({ description: 'The module looked at; absent for the whole adapter.' }),
      ),
      clients: Type.Array(Type.String(), {
        description: 'Order of the rows and columns below; without clients that the weighting dropped.',
      }),
      weights: Type.Array(Type.Number(), { description: 'w_k, how much each client counts.' }),
      norms: Type.Array(Type.Number(), { description: '‖ΔW_k‖ of each client.' }),
      cosineToMean: Type.Array(Type.Number(), {
        description: 'Cosine of each update to the weighted mean; 0 for a zero update.',
      }),
      cosine: Type.Array(Type.Array(Type.Number()), { description: 'Cosine of each pair of updates.' }),
    },
    { description: 'How alike the clients’ updates are, from Gram blocks.' },
  ),
);
export type Similarity = Static<typeof Similarity.schema>;
