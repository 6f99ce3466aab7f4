import { PageQuery } from '@florist/core/schemas/common';
import { Round, RoundList } from '@florist/core/schemas/round';
import { cancelRound } from '@florist/storage/rounds/cancelRound';
import { closeRound } from '@florist/storage/rounds/closeRound';
import { getRound } from '@florist/storage/rounds/getRound';
import { listRounds } from '@florist/storage/rounds/listRounds';
import { openRound } from '@florist/storage/rounds/openRound';
import { retryRound } from '@florist/storage/rounds/retryRound';
import { operation } from '../../../openapi/operation.js';
import { FederationParams, RoundParams } from '../../../openapi/parameters.js';
import { json } from '../../../openapi/responses.js';
import type { Routes } from '../../routes.js';
import { resolveRound } from './resolveRound.js';
import { startAggregation } from './startAggregation.js';

/** What closing a round makes; later ones are derived. */
const FIRST_ADAPTER = 'a1';

const open = operation({
  access: 'operator',
  id: 'openRound',
  tag: 'Rounds',
  summary: 'Open the next round',
  description: 'It collects under the policies that the federation has now.',
  request: { params: FederationParams },
  success: { 201: json(Round.ref, 'The round, collecting.') },
  problems: ['federation_not_found', 'round_open'],
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
  description: 'From the same submissions, after the cause was removed.',
  request: { params: RoundParams },
  success: { 202: json(Round.ref, 'The round, aggregating.') },
  problems: ['federation_not_found', 'round_not_found', 'round_not_failed'],
});

export const roundRoutes: Routes = async (app, services) => {
  const { ledger } = services;

  app.post('/federations/:federation/rounds', open, async ({ params }, reply) => {
    const round = await openRound(ledger, params.federation);
    return reply
      .code(201)
      .header('location', `/v1/federations/${params.federation}/rounds/${round.number}`)
      .send(round);
  });

  app.get('/federations/:federation/rounds', list, async ({ params, query }) =>
    listRounds(ledger, params.federation, query),
  );

  app.get('/federations/:federation/rounds/:round', get, async ({ params: { federation, round } }) =>
    getRound(ledger, federation, round === 'latest' ? round : Number(round)),
  );

  app.post('/federations/:federation/rounds/:round/close', close, async ({ params, log }, reply) => {
    const { federation } = params;
    const round = await resolveRound(ledger, federation, params.round);
    const closed = await closeRound(ledger, federation, round, 'operator');
    await startAggregation(services, { federation, round, adapter: FIRST_ADAPTER }, log);
    return reply.code(202).send(closed);
  });

  app.post('/federations/:federation/rounds/:round/cancel', cancel, async ({ params }) =>
    cancelRound(ledger, params.federation, await resolveRound(ledger, params.federation, params.round)),
  );

  app.post('/federations/:federation/rounds/:round/retry', retry, async ({ params, log }, reply) => {
    const { federation } = params;
    const round = await resolveRound(ledger, federation, params.round);
    const retried = await retryRound(ledger, federation, round);
    await startAggregation(services, { federation, round, adapter: FIRST_ADAPTER }, log);
    return reply.code(202).send(retried);
  });
};
