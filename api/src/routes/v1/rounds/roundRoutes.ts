import { PageQuery } from '@florist/core/schemas/common';
import { Round, RoundList, RoundRetry } from '@florist/core/schemas/round';
import { RoundCreate } from '@florist/core/schemas/roundPolicy';
import { FIRST_ADAPTER } from '@florist/storage/adapters/refs';
import { saveRecords } from '@florist/storage/records/saveRecords';
import { cancelRound } from '@florist/storage/rounds/cancelRound';
import { closeRound } from '@florist/storage/rounds/closeRound';
import { getRound } from '@florist/storage/rounds/getRound';
import { listRounds } from '@florist/storage/rounds/listRounds';
import { openRound } from '@florist/storage/rounds/openRound';
import { retryRound } from '@florist/storage/rounds/retryRound';
import { operation } from '../../../openapi/operation.js';
import { FederationParams, RoundParams } from '../../../openapi/parameters.js';
import { json } from '../../../openapi/responses.js';
import { roundNamed } from '../../../rounds/roundNamed.js';
import type { Routes } from '../../routes.js';
import { resolveRound } from './resolveRound.js';
import { startAggregation } from './startAggregation.js';

const open = operation({
  access: 'operator',
  id: 'openRound',
  tag: 'Rounds',
  summary: 'Open the next round',
  description:
    'It collects under the policies that the federation has now, except for what `rounds` of the body changes for ' +
    'this round; the body may be left out. A sample of the clients is drawn here, where the policy asks for one.',
  request: { params: FederationParams, body: RoundCreate.ref },
  optionalBody: true,
  success: { 201: json(Round.ref, 'The round, collecting.') },
  problems: ['federation_not_found', 'round_open', 'cohort_too_small'],
});

const list = operation({
  access: 'member',
  id: 'listRounds',
  tag: 'Rounds',
  summary: 'List the rounds of a federation',
  description: 'Newest first.',
  request: { params: FederationParams, querystring: PageQuery },
  success: { 200: json(RoundList.ref, 'One page.') },
  problems: ['federation_not_found'],
});

const get = operation({
  access: 'member',
  id: 'getRound',
  tag: 'Rounds',
  summary: 'Look at a round',
  description: 'Its state, what it waits for, how far aggregation is, and the adapter it publishes.',
  request: { params: RoundParams },
  success: { 200: json(Round.ref, 'The round.') },
  problems: ['federation_not_found', 'round_not_found'],
});

const close = operation({
  access: 'operator',
  id: 'closeRound',
  tag: 'Rounds',
  summary: 'Close a round and aggregate it',
  description: 'Takes no more submissions and queues the aggregation; follow the round or its events.',
  request: { params: RoundParams },
  success: { 202: json(Round.ref, 'The round, aggregating.') },
  problems: ['federation_not_found', 'round_not_found', 'round_not_collecting', 'round_too_few_submissions'],
});

const cancel = operation({
  access: 'operator',
  id: 'cancelRound',
  tag: 'Rounds',
  summary: 'Cancel a round',
  description: 'While it collects or aggregates; nothing is published, and the next round may open.',
  request: { params: RoundParams },
  success: { 200: json(Round.ref, 'The round, cancelled.') },
  problems: ['federation_not_found', 'round_not_found', 'round_not_cancellable'],
});

const retry = operation({
  access: 'operator',
  id: 'retryRound',
  tag: 'Rounds',
  summary: 'Aggregate a failed round again',
  description:
    'From the same submissions, after the cause was removed. Where it lay in the aggregation, as a byte budget that ' +
    'is too small or a weighting that needs more clients, the body changes it; without a body nothing changes. A ' +
    'round whose deadline passed with too few submissions has none to aggregate.',
  optionalBody: true,
  request: { params: RoundParams, body: RoundRetry.ref },
  success: { 202: json(Round.ref, 'The round, aggregating.') },
  problems: [
    'federation_not_found',
    'round_not_found',
    'round_not_failed',
    'round_too_few_submissions',
    'submissions_gone',
  ],
});

export const roundRoutes: Routes = async (app, services) => {
  const { ledger, blobs } = services;
  const save = (federation: string, round: number) =>
    saveRecords(ledger, blobs, federation, ['federation', `round/${round}`]);

  app.post('/federations/:federation/rounds', open, async ({ params, body }, reply) => {
    const round = await openRound(ledger, params.federation, body.rounds);
    // the rounds before it too: of an older one nobody may have written down yet how it ended
    await saveRecords(ledger, blobs, params.federation);
    return reply
      .code(201)
      .header('location', `/v1/federations/${params.federation}/rounds/${round.number}`)
      .send(round);
  });

  app.get('/federations/:federation/rounds', list, async ({ params, query }) =>
    listRounds(ledger, params.federation, query),
  );

  app.get('/federations/:federation/rounds/:round', get, async ({ params: { federation, round } }) =>
    getRound(ledger, federation, roundNamed(round)),
  );

  app.post('/federations/:federation/rounds/:round/close', close, async ({ params, log }, reply) => {
    const { federation } = params;
    const round = await resolveRound(ledger, federation, params.round);
    const closed = await closeRound(ledger, federation, round, 'operator');
    await save(federation, round);
    await startAggregation(services, { federation, round, adapter: FIRST_ADAPTER }, log);
    return reply.code(202).send(closed);
  });

  app.post('/federations/:federation/rounds/:round/cancel', cancel, async ({ params }) => {
    const { federation } = params;
    const round = await resolveRound(ledger, federation, params.round);
    const cancelled = await cancelRound(ledger, federation, round);
    await save(federation, round);
    return cancelled;
  });

  app.post('/federations/:federation/rounds/:round/retry', retry, async ({ params, body, log }, reply) => {
    const { federation } = params;
    const round = await resolveRound(ledger, federation, params.round);
    const retried = await retryRound(ledger, federation, round, body.aggregation);
    await save(federation, round);
    await startAggregation(services, { federation, round, adapter: FIRST_ADAPTER }, log);
    return reply.code(202).send(retried);
  });
};
