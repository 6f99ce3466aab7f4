import { PageQuery } from '@florist/core/schemas/common';
import {
  Federation,
  FederationCreate,
  FederationList,
  FederationPatch,
} from '@florist/core/schemas/federation';
import { getFederation } from '@florist/storage/federations/getFederation';
import { listFederations } from '@florist/storage/federations/listFederations';
import { updateFederation } from '@florist/storage/federations/updateFederation';
import { saveRecords } from '@florist/storage/records/saveRecords';
import { operation } from '../../../openapi/operation.js';
import { FederationParams } from '../../../openapi/parameters.js';
import { empty, json } from '../../../openapi/responses.js';
import { federationsOf } from '../../../plugins/authentication.js';
import type { Routes } from '../../routes.js';
import { eraseFederation } from './eraseFederation.js';
import { makeFederation } from './makeFederation.js';

const create = operation({
  access: 'operator',
  id: 'createFederation',
  tag: 'Federations',
  summary: 'Create a federation',
  description:
    'Policies left out take their defaults: FLoRIST at τ 0.9 in F32, rounds closed by an operator.',
  request: { body: FederationCreate.ref },
  success: { 201: json(Federation.ref, 'The federation.') },
  problems: ['federation_exists'],
});

const list = operation({
  access: 'read',
  narrows: true,
  id: 'listFederations',
  tag: 'Federations',
  summary: 'List federations',
  description: 'In order of their names.',
  request: { querystring: PageQuery },
  success: { 200: json(FederationList.ref, 'One page.') },
});

const get = operation({
  access: 'member',
  id: 'getFederation',
  tag: 'Federations',
  summary: 'Look at a federation',
  description: 'Its policies, how many clients it has, and the state of its latest round.',
  request: { params: FederationParams },
  success: { 200: json(Federation.ref, 'The federation.') },
  problems: ['federation_not_found'],
});

const update = operation({
  access: 'operator',
  id: 'updateFederation',
  tag: 'Federations',
  summary: 'Change a federation’s policies',
  description:
    'Takes effect with the next round that opens, retention with its next run; `null` removes a limit.',
  request: { params: FederationParams, body: FederationPatch.ref },
  success: { 200: json(Federation.ref, 'The federation as it is now.') },
  problems: ['federation_not_found'],
});

const remove = operation({
  access: 'operator',
  id: 'deleteFederation',
  tag: 'Federations',
  summary: 'Delete a federation',
  description:
    'Removes its clients, rounds, submissions and adapters, for good. Refused while a round aggregates. ' +
    'If files could not be removed the answer is an error; asking again removes them.',
  request: { params: FederationParams },
  success: { 204: empty('It is gone.') },
  problems: ['federation_not_found', 'federation_busy'],
});

export const federationRoutes: Routes = async (app, services) => {
  const { ledger, blobs } = services;
  app.post('/federations', create, async (request, reply) => {
    const { body } = request;
    request.concerned = { federation: body.name };
    const federation = await makeFederation(services, body);
    return reply.code(201).header('location', `/v1/federations/${federation.name}`).send(federation);
  });

  app.get('/federations', list, async (request) =>
    listFederations(ledger, request.query, federationsOf(request)),
  );

  app.get('/federations/:federation', get, async ({ params }) => getFederation(ledger, params.federation));

  app.patch('/federations/:federation', update, async ({ params, body }) => {
    const updated = await updateFederation(ledger, params.federation, body);
    await saveRecords(ledger, blobs, params.federation, ['federation']);
    return updated;
  });

  app.delete('/federations/:federation', remove, async ({ params }, reply) => {
    await eraseFederation(services, params.federation);
    return reply.code(204).send();
  });
};
