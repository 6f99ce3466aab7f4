import { Client, ClientList, ClientWithToken } from '@florist/core/schemas/client';
import { PageQuery } from '@florist/core/schemas/common';
import { ClientTokenRotate } from '@florist/core/schemas/token';
import { FIRST_ADAPTER } from '@florist/storage/adapters/refs';
import { listClients } from '@florist/storage/clients/listClients';
import { registerClient } from '@florist/storage/clients/registerClient';
import { removeClient } from '@florist/storage/clients/removeClient';
import { rotateToken } from '@florist/storage/clients/rotateToken';
import { saveRecords } from '@florist/storage/records/saveRecords';
import { operation } from '../../../openapi/operation.js';
import { ClientParams, FederationParams } from '../../../openapi/parameters.js';
import { empty, json } from '../../../openapi/responses.js';
import type { Routes } from '../../routes.js';
import { startAggregation } from '../rounds/startAggregation.js';

const register = operation({
  access: 'operator',
  id: 'registerClient',
  tag: 'Clients',
  summary: 'Register a client',
  description: 'The first time the answer holds its token, which is shown only then; after that it does not.',
  request: { params: ClientParams },
  success: {
    200: json(Client.ref, 'It was registered before; no token.'),
    201: json(ClientWithToken.ref, 'It is registered; this is its token.'),
  },
  problems: ['federation_not_found'],
});

const list = operation({
  access: 'member',
  id: 'listClients',
  tag: 'Clients',
  summary: 'List the clients of a federation',
  description: 'In order of their ids, without tokens.',
  request: { params: FederationParams, querystring: PageQuery },
  success: { 200: json(ClientList.ref, 'One page.') },
  problems: ['federation_not_found'],
});

const remove = operation({
  access: 'operator',
  id: 'removeClient',
  tag: 'Clients',
  summary: 'Remove a client',
  description:
    'Its token stops working at once, and its unfinished uploads end; what it submitted stays in its rounds. A round ' +
    'that has invited a sample and waits for this client alone closes.',
  request: { params: ClientParams },
  success: { 204: empty('It is gone.') },
  problems: ['federation_not_found', 'client_not_found'],
});

const rotate = operation({
  access: 'operator',
  id: 'rotateClientToken',
  tag: 'Clients',
  summary: 'Give a client a new token',
  description:
    'The old one stops working at once, or after an overlap; the new one is shown only in this answer. Without a ' +
    'body, the old one ends at once and the new one does not expire.',
  request: { params: ClientParams, body: ClientTokenRotate.ref },
  optionalBody: true,
  success: { 200: json(ClientWithToken.ref, 'The client and its new token.') },
  problems: ['federation_not_found', 'client_not_found'],
});

export const clientRoutes: Routes = async (app, services) => {
  const { ledger, blobs } = services;
  const save = (federation: string, client: string) =>
    saveRecords(ledger, blobs, federation, [`client/${client}`]);

  app.put('/federations/:federation/clients/:client', register, async ({ params }, reply) => {
    const { client, token } = await registerClient(ledger, params.federation, params.client);
    if (token === undefined) return client;
    await save(params.federation, params.client);
    return reply.code(201).send({ ...client, token });
  });

  app.get('/federations/:federation/clients', list, async ({ params, query }) =>
    listClients(ledger, params.federation, query),
  );

  app.delete('/federations/:federation/clients/:client', remove, async ({ params, log }, reply) => {
    const { federation, client } = params;
    const closed = await removeClient(ledger, federation, client);
    await save(federation, client);
    if (closed !== undefined)
      await startAggregation(services, { federation, round: closed, adapter: FIRST_ADAPTER }, log);
    return reply.code(204).send();
  });

  app.post('/federations/:federation/clients/:client/token', rotate, async ({ params, body }) => {
    const rotated = await rotateToken(ledger, params.federation, params.client, body);
    await save(params.federation, params.client);
    return rotated;
  });
};
