import { Evaluation, EvaluationCreate, EvaluationList } from '@florist/core/schemas/evaluation';
import { evaluateAdapter } from '@florist/storage/evaluations/evaluateAdapter';
import { listEvaluations } from '@florist/storage/evaluations/listEvaluations';
import { operation } from '../../../openapi/operation.js';
import { AdapterParams } from '../../../openapi/parameters.js';
import { json } from '../../../openapi/responses.js';
import type { Routes } from '../../routes.js';
import { resolveRound } from '../rounds/resolveRound.js';

const PATH = '/federations/:federation/rounds/:round/adapters/:adapter/evaluations';

const evaluate = operation({
  access: 'participant',
  id: 'evaluateAdapter',
  tag: 'Adapters',
  summary: 'Report what an adapter scores',
  description:
    'By a client on its own data, or by the operator. One value for each reporter, adapter and metric: a later one ' +
    'takes its place, until the round has chosen its adapter. To compare candidates fairly, evaluate all of them.',
  request: { params: AdapterParams, body: EvaluationCreate.ref },
  success: { 201: json(Evaluation.ref, 'It counts.') },
  problems: [
    'federation_not_found',
    'round_not_found',
    'adapter_not_found',
    'adapter_pending',
    'adapter_failed',
    'evaluation_closed',
    'evaluation_conflict',
    'metrics_too_many',
  ],
});

const list = operation({
  access: 'read',
  id: 'listEvaluations',
  tag: 'Adapters',
  summary: 'What an adapter scored',
  description: 'Every evaluation of the adapter, and the example-weighted mean of each metric.',
  request: { params: AdapterParams },
  success: { 200: json(EvaluationList.ref, 'All of them.') },
  problems: ['federation_not_found', 'round_not_found', 'adapter_not_found'],
});

export const evaluationRoutes: Routes = async (app, { ledger }) => {
  app.post(PATH, evaluate, async ({ params, body, principal }, reply) => {
    const { federation, adapter } = params;
    const round = await resolveRound(ledger, federation, params.round);
    const client = principal?.role === 'client' ? principal.client : undefined;
    return reply.code(201).send(await evaluateAdapter(ledger, federation, round, adapter, client, body));
  });

  app.get(PATH, list, async ({ params }) => {
    const { federation, adapter } = params;
    return listEvaluations(ledger, federation, await resolveRound(ledger, federation, params.round), adapter);
  });
};
