import { Adapter, AdapterCreate, AdapterList } from '@florist/core/schemas/adapter';
import { Round } from '@florist/core/schemas/round';
import { listAdapters } from '@florist/storage/adapters/listAdapters';
import { promoteAdapter } from '@florist/storage/adapters/promoteAdapter';
import { requestAdapter } from '@florist/storage/adapters/requestAdapter';
import { saveRecords } from '@florist/storage/records/saveRecords';
import { operation } from '../../../openapi/operation.js';
import { AdapterParams, RoundParams } from '../../../openapi/parameters.js';
import { json } from '../../../openapi/responses.js';
import type { Routes } from '../../routes.js';
import { resolveRound } from '../rounds/resolveRound.js';
import { startAggregation } from '../rounds/startAggregation.js';

const list = operation({
  access: 'member',
  id: 'listAdapters',
  tag: 'Adapters',
  summary: 'List the adapters of a round',
  description: 'In the order they were asked for; one of them is current.',
  request: { params: RoundParams },
  success: { 200: json(AdapterList.ref, 'All of them.') },
  problems: ['federation_not_found', 'round_not_found'],
});

const derive = operation({
  access: 'operator',
  id: 'deriveAdapter',
  tag: 'Adapters',
  summary: 'Derive another adapter from the same submissions',
  description:
    'With another threshold, rank, method or dtype. It does not become current until it is promoted.',
  request: { params: RoundParams, body: AdapterCreate.ref },
  success: { 202: json(Adapter.ref, 'The adapter, aggregating.') },
  problems: [
    'federation_not_found',
    'round_not_found',
    'round_not_published',
    'submissions_gone',
    'adapter_exists',
  ],
});

const promote = operation({
  access: 'operator',
  id: 'promoteAdapter',
  tag: 'Adapters',
  summary: 'Make an adapter the current one',
  description: 'From now on the round serves this adapter to whoever does not name one.',
  request: { params: AdapterParams },
  success: { 200: json(Round.ref, 'The round with its adapter.') },
  problems: [
    'federation_not_found',
    'round_not_found',
    'round_not_published',
    'adapter_not_found',
    'adapter_pending',
    'adapter_failed',
    'adapter_gone',
  ],
});

export const adapterRoutes: Routes = async (app, services) => {
  const { ledger, blobs } = services;

  app.get('/federations/:federation/rounds/:round/adapters', list, async ({ params }) => ({
    items: await listAdapters(
      ledger,
      params.federation,
      await resolveRound(ledger, params.federation, params.round),
    ),
  }));

  app.post(
    '/federations/:federation/rounds/:round/adapters',
    derive,
    async ({ params, body, log }, reply) => {
      const { federation } = params;
      const round = await resolveRound(ledger, federation, params.round);
      const adapter = await requestAdapter(ledger, federation, round, body.aggregation);
      await saveRecords(ledger, blobs, federation, ['federation', `round/${round}`]);
      await startAggregation(services, { federation, round, adapter: adapter.id }, log);
      return reply.code(202).send(adapter);
    },
  );

  app.post(
    '/federations/:federation/rounds/:round/adapters/:adapter/promote',
    promote,
    async ({ params }) => {
      const { federation, adapter } = params;
      const round = await resolveRound(ledger, federation, params.round);
      const promoted = await promoteAdapter(ledger, federation, round, adapter);
      await saveRecords(ledger, blobs, federation, [`round/${round}`]);
      return promoted;
    },
  );
};
