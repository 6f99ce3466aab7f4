import { PageQuery } from '@florist/core/schemas/common';
import {
  GONE_AFTER_SECONDS,
  HEARTBEAT_SECONDS,
  Heartbeat,
  Participant,
  ParticipantList,
} from '@florist/core/schemas/participant';
import { listParticipants } from '@florist/storage/participants/listParticipants';
import { recordHeartbeat } from '@florist/storage/participants/recordHeartbeat';
import { operation } from '../../../openapi/operation.js';
import { RoundParams } from '../../../openapi/parameters.js';
import { json } from '../../../openapi/responses.js';
import { clientOf } from '../../../plugins/authentication.js';
import { roundNamed } from '../../../rounds/roundNamed.js';
import type { Routes } from '../../routes.js';

const heartbeat = operation({
  access: 'client',
  audited: false,
  id: 'reportProgress',
  tag: 'Rounds',
  summary: 'Report how far a client is',
  description:
    `With the client's own token, best every ${HEARTBEAT_SECONDS} seconds, while the round collects. After ` +
    `${GONE_AFTER_SECONDS} seconds of silence a client counts as gone. Only a change of state is an event. An upload ` +
    'counts as a report.',
  request: { params: RoundParams, body: Heartbeat.ref },
  success: { 200: json(Participant.ref, 'What the service knows of the client now.') },
  problems: [
    'federation_not_found',
    'round_not_found',
    'client_not_found',
    'client_not_invited',
    'round_not_collecting',
  ],
});

const list = operation({
  access: 'read',
  id: 'listParticipants',
  tag: 'Rounds',
  summary: 'See who is invited, at work, gone or done',
  description: 'Everyone a round invites, and whoever else counts in it, in order of the clients’ ids.',
  request: { params: RoundParams, querystring: PageQuery },
  success: { 200: json(ParticipantList.ref, 'One page.') },
  problems: ['federation_not_found', 'round_not_found'],
});

export const participantRoutes: Routes = async (app, { ledger }) => {
  app.post('/federations/:federation/rounds/:round/heartbeat', heartbeat, async (request) => {
    const { federation, round } = request.params;
    const { client } = clientOf(request);
    return recordHeartbeat(ledger, federation, roundNamed(round), client, request.body);
  });

  app.get('/federations/:federation/rounds/:round/participants', list, async ({ params, query }) =>
    listParticipants(ledger, params.federation, roundNamed(params.round), query),
  );
};
