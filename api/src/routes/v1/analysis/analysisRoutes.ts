import { Refusal } from '@florist/core/errors/refusal';
import { compareMethods } from '@florist/core/results/compareMethods';
import { similarityOf } from '@florist/core/results/similarityOf';
import { STRICT } from '@florist/core/schemas/common';
import { Comparison } from '@florist/core/schemas/comparison';
import { Similarity } from '@florist/core/schemas/similarity';
import { Type } from 'typebox';
import { operation } from '../../../openapi/operation.js';
import { RoundParams } from '../../../openapi/parameters.js';
import { json } from '../../../openapi/responses.js';
import type { Routes } from '../../routes.js';
import { readReport } from './readReport.js';

const PROBLEMS = ['federation_not_found', 'round_not_found', 'round_not_published'] as const;

const comparison = operation({
  access: 'member',
  id: 'getComparison',
  tag: 'Adapters',
  summary: 'What every method costs, and how far it is from the exact mean',
  description:
    'FLoRIST over a grid of τ and at every τ that was published, then FedIT, FFA-LoRA, FLoRA and FlexLoRA. ' +
    'The errors are those of the methods, before rounding to the dtype: they follow from the Gram matrices of the ' +
    'round, so no method has to be run. A τ that reaches beyond the singular values found of any module is left out.',
  request: { params: RoundParams },
  success: { 200: json(Comparison.ref, 'One entry per method.') },
  problems: [...PROBLEMS],
});

const SimilarityQuery = Type.Object(
  {
    module: Type.Optional(
      Type.String({ minLength: 1, maxLength: 512, description: 'One module; the whole adapter by default.' }),
    ),
  },
  STRICT,
);

const similarity = operation({
  access: 'read',
  id: 'getSimilarity',
  tag: 'Adapters',
  summary: 'How alike the clients’ updates are',
  description:
    'Norm of each client’s update, cosine of each to the mean and to each other. One that points elsewhere ' +
    'or is far longer than the rest deserves a look.',
  request: { params: RoundParams, querystring: SimilarityQuery },
  success: { 200: json(Similarity.ref, 'Rows and columns in the order of `clients`.') },
  problems: [...PROBLEMS, 'module_not_found', 'similarity_unavailable'],
});

export const analysisRoutes: Routes = async (app, services) => {
  app.get('/federations/:federation/rounds/:round/comparison', comparison, async ({ params }) => {
    const { report, adapters } = await readReport(services, params.federation, params.round);
    return compareMethods(report, adapters);
  });

  app.get('/federations/:federation/rounds/:round/similarity', similarity, async ({ params, query }) => {
    const { report } = await readReport(services, params.federation, params.round);
    const found = similarityOf(report, query.module);
    if (found !== undefined) return found;
    if (query.module !== undefined && !report.modules.some(({ name }) => name === query.module)) {
      throw new Refusal('module_not_found', `The round has no module ${query.module}.`);
    }
    const detail = `The round has ${report.clients.length} clients, too many to compare each with each.`;
    throw new Refusal('similarity_unavailable', detail);
  });
};
