import { Refusal } from '@florist/core/errors/refusal';
import { STRICT } from '@florist/core/schemas/common';
import { EVENT_TYPES, FederationEvent } from '@florist/core/schemas/event';
import { lastEventId } from '@florist/storage/events/lastEventId';
import { getFederation } from '@florist/storage/federations/getFederation';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ClientStreams } from '../../../events/clientStreams.js';
import { operation } from '../../../openapi/operation.js';
import { FederationParams } from '../../../openapi/parameters.js';
import { events } from '../../../openapi/responses.js';
import { recheck } from '../../../plugins/authentication.js';
import type { Services } from '../../../services.js';
import type { Routes } from '../../routes.js';
import { streamEvents, TRUNCATED_EVENT } from './streamEvents.js';

const EVENT_ID = /^[0-9]{1,15}(-[0-9]{1,15})?$/;

const ACCESS = 'member';

const follow = operation({
  access: ACCESS,
  id: 'followEvents',
  tag: 'Events',
  summary: 'Follow a federation’s events',
  description:
    `Server-Sent Events named ${EVENT_TYPES.join(', ')}; \`data\` is a FederationEvent. Begins with what happens ` +
    'from now on, or after the event that `Last-Event-ID` or `after` names, without a gap. Where older events ' +
    `are no longer kept, or the id is of none that there was, \`${TRUNCATED_EVENT}\` comes first: fetch the ` +
    'state anew. Comments keep the line open.',
  request: {
    params: FederationParams,
    querystring: Type.Object(
      {
        after: Type.Optional(
          Type.String({
            pattern: EVENT_ID.source,
            description: 'Id of the last event known; 0 for all that are kept. `Last-Event-ID` goes first.',
          }),
        ),
      },
      STRICT,
    ),
  },
  documentedHeaders: Type.Object({
    'last-event-id': Type.Optional(
      Type.String({ pattern: `^$|${EVENT_ID.source}`, description: 'Sent by clients that reconnect.' }),
    ),
  }),
  success: { 200: events(FederationEvent.ref, 'The stream, which stays open.') },
  problems: ['federation_not_found'],
});

export const eventRoutes: Routes = async (app, services) => {
  const { ledger } = services;
  const streams = new ClientStreams();
  app.get(
    '/federations/:federation/events',
    { ...follow, exposeHeadRoute: false },
    async (request, reply) => {
      const { federation } = request.params;
      await getFederation(ledger, federation);
      const afterId = resumeFrom(request) ?? request.query.after ?? (await lastEventId(ledger, federation));
      const leave = streams.enter(request.principal);
      app.metrics.eventStreams.inc();
      try {
        await streamEvents(services, request, reply, {
          ...{ federation, afterId, stopping: app.stopping },
          mayStay: () => mayStay(request, services),
        });
      } finally {
        app.metrics.eventStreams.dec();
        leave();
      }
    },
  );
};

function resumeFrom(request: FastifyRequest): string | undefined {
  const id = request.headers['last-event-id'];
  if (id === undefined || id === '') {
    return undefined;
  }
  if (typeof id !== 'string' || !EVENT_ID.test(id)) {
    throw new Refusal('request_invalid', 'Last-Event-ID is not the id of an event.', [
      { field: 'last-event-id', detail: 'must be the id of an event' },
    ]);
  }
  return id;
}

async function mayStay(request: FastifyRequest, services: Services): Promise<boolean> {
  try {
    await recheck(request, ACCESS, services);
    return true;
  } catch (error) {
    if (error instanceof Refusal) {
      return false;
    }
    throw error;
  }
}
