import type { ServerResponse } from 'node:http';
import { Assignment } from '@florist/core/schemas/assignment';
import { rule, STRICT } from '@florist/core/schemas/common';
import { Type } from 'typebox';
import { operation } from '../../../openapi/operation.js';
import { FederationParams } from '../../../openapi/parameters.js';
import { json } from '../../../openapi/responses.js';
import { clientOf, recheck } from '../../../plugins/authentication.js';
import type { Routes } from '../../routes.js';
import { awaitAssignment, WAIT_SECONDS_MAX } from './awaitAssignment.js';

/** Beyond the longest wait, in milliseconds, for the ledger to answer. */
const HANDLER_TIMEOUT_MS = (WAIT_SECONDS_MAX + 20) * 1_000;

/** Rounds have at most nine digits. */
const ROUND_MAX = 999_999_999;

const AssignmentQuery = Type.Object(
  {
    have: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: ROUND_MAX,
        description:
          'The last round whose adapter the client has merged, 0 for none. Without it, the one before the last ' +
          'round in which it took part.',
        ...rule('at most the latest round'),
      }),
    ),
    waitSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        default: 0,
        description: `Keep the request open this long at most, until there is something to do; up to ${WAIT_SECONDS_MAX}.`,
      }),
    ),
  },
  STRICT,
);

const ACCESS = 'client';

const assignment = operation({
  access: ACCESS,
  id: 'getAssignment',
  tag: 'Rounds',
  summary: 'What a client should do now',
  description:
    "With the client's own token. Either train for a round, after every adapter of `from` was merged into the base " +
    'model; or wait, and ask again after `Retry-After` seconds.',
  request: { params: FederationParams, querystring: AssignmentQuery },
  success: {
    200: json(Assignment.ref, 'Train, or wait.', {
      'Retry-After': { type: 'integer', description: 'With `wait`: when to ask again, in seconds.' },
    }),
  },
  problems: ['federation_not_found', 'client_not_found'],
});

export const assignmentRoutes: Routes = async (app, services) => {
  const options = { ...assignment, exposeHeadRoute: false, handlerTimeout: HANDLER_TIMEOUT_MS };
  app.get('/federations/:federation/assignment', options, async (request, reply) => {
    const { client } = clientOf(request);
    const { have, waitSeconds = 0 } = request.query;
    const { signal, release } = untilGone(reply.raw, app.stopping);
    const asking = { federation: request.params.federation, client, have, waitSeconds, signal };
    const answer = await awaitAssignment(services, asking).finally(release);
    if (waitSeconds > 0) {
      await recheck(request, ACCESS, services);
    }
    reply.header('cache-control', 'no-store');
    if (answer.action === 'wait') {
      reply.header('retry-after', answer.retryAfterSeconds);
    }
    return answer;
  });
};

/** Aborts when the client has gone or the service stops; listens to nothing any more once it is released. */
function untilGone(response: ServerResponse, stopping: AbortSignal) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (response.destroyed) abort();
  response.once('close', abort);
  stopping.addEventListener('abort', abort);
  const release = () => {
    response.off('close', abort);
    stopping.removeEventListener('abort', abort);
  };
  return { signal: controller.signal, release };
}
