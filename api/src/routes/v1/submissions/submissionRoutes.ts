import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import multipart from '@fastify/multipart';
import { Refusal } from '@florist/core/errors/refusal';
import { PageQuery, STRICT } from '@florist/core/schemas/common';
import { Receipt, ReceiptList } from '@florist/core/schemas/submission';
import { FIRST_ADAPTER } from '@florist/storage/adapters/refs';
import { removeUpload } from '@florist/storage/retention/removeMarked';
import { getSubmission } from '@florist/storage/submissions/getSubmission';
import { listSubmissions } from '@florist/storage/submissions/listSubmissions';
import { removeSubmission } from '@florist/storage/submissions/removeSubmission';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { operation } from '../../../openapi/operation.js';
import { RoundParams, SubmissionParams } from '../../../openapi/parameters.js';
import { empty, json } from '../../../openapi/responses.js';
import { countUpload } from '../../../plugins/countUpload.js';
import { formParts } from '../../../uploads/formParts.js';
import { CONFIG_BYTES_MAX, FORM_PARTS_MAX, UPLOAD_TIMEOUT_MS } from '../../../uploads/limits.js';
import { receiveSubmission } from '../../../uploads/receiveSubmission.js';
import { refuseEarly } from '../../../uploads/refuseEarly.js';
import { trackUpload } from '../../../uploads/trackUpload.js';
import type { Routes } from '../../routes.js';
import { resolveRound } from '../rounds/resolveRound.js';
import { startAggregation } from '../rounds/startAggregation.js';
import { SubmissionBody } from './submissionBody.js';

const PATH = '/federations/:federation/rounds/:round/submissions';

const SubmitQuery = Type.Object(
  {
    replace: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'Let other content take the place of what the client submitted, while the round collects.',
      }),
    ),
  },
  STRICT,
);

const submit = operation({
  access: 'self',
  id: 'submitAdapter',
  tag: 'Submissions',
  summary: 'Submit an adapter',
  description:
    'Streams in, so memory does not grow with the file; nothing counts before it is durable. The same content ' +
    'again gives the same receipt. A refused submission changes nothing and names the tensor and the reason. ' +
    'Over a bad line send the adapter as an upload first, and here `upload` in its place. ' +
    'Send `Expect: 100-continue` (curl does) to learn of a refusal before the body is sent. What comes after the ' +
    'round has closed is refused, or kept for the next with less weight where the policy says `late: carry`.',
  request: { params: SubmissionParams, querystring: SubmitQuery },
  documentedBody: { mediaType: 'multipart/form-data', schema: SubmissionBody },
  success: {
    200: json(Receipt.ref, 'The same content was submitted before; its receipt.'),
    201: json(Receipt.ref, 'It counts; this is its receipt.'),
    202: json(Receipt.ref, 'It came too late for its round and is kept for the one that its receipt names.'),
  },
  problems: [
    'media_type_unsupported',
    'request_timeout',
    'federation_not_found',
    'client_not_found',
    'client_not_invited',
    'round_not_found',
    'round_not_collecting',
    'submission_conflict',
    'submission_superseded',
    'submission_incomplete',
    'upload_not_found',
    'upload_incomplete',
    'quota_exceeded',
    'examples_invalid',
    'safetensors_malformed',
    'safetensors_too_large',
    'tensor_dtype_unsupported',
    'tensor_not_finite',
    'tensor_unexpected',
    'tensor_unpaired',
    'adapter_empty',
    'rank_mismatch',
    'shape_mismatch',
    'modules_mismatch',
    'config_invalid',
    'config_unsupported',
    'storage_full',
  ],
});

const list = operation({
  access: 'member',
  id: 'listSubmissions',
  tag: 'Submissions',
  summary: 'List the submissions of a round',
  description: 'Receipts, in order of the clients’ ids.',
  request: { params: RoundParams, querystring: PageQuery },
  success: { 200: json(ReceiptList.ref, 'One page.') },
  problems: ['federation_not_found', 'round_not_found'],
});

const get = operation({
  access: 'member',
  id: 'getSubmission',
  tag: 'Submissions',
  summary: 'Look at a submission',
  description: 'Its receipt.',
  request: { params: SubmissionParams },
  success: { 200: json(Receipt.ref, 'The receipt.') },
  problems: ['federation_not_found', 'round_not_found', 'submission_not_found'],
});

const remove = operation({
  access: 'self',
  id: 'removeSubmission',
  tag: 'Submissions',
  summary: 'Withdraw a submission',
  description:
    'While the round collects, when the client may submit again; or after its aggregation failed, so that it can be ' +
    'retried without.',
  request: { params: SubmissionParams },
  success: { 204: empty('It is gone.') },
  problems: ['federation_not_found', 'round_not_found', 'round_not_collecting', 'submission_not_found'],
});

const STATUS = { same: 200, accepted: 201, replaced: 201, carried: 202 } as const;

export const submissionRoutes: Routes = async (app, services) => {
  const { ledger, blobs } = services;
  await app.register(multipart, { limits: { parts: FORM_PARTS_MAX, fieldSize: CONFIG_BYTES_MAX } });

  const options = {
    ...submit,
    config: { ...submit.config, invitesBody: true },
    handlerTimeout: UPLOAD_TIMEOUT_MS,
  };
  app.put(`${PATH}/:client`, options, async (request, reply) => {
    const { params, query, log } = request;
    requireForm(request);
    const contentLength = lengthOf(request);
    const announced = { ...params, contentLength, attempt: randomUUID() };
    const round = await refuseEarly(ledger, announced);
    const track = trackUpload(ledger, { ...announced, round }, log);
    const received = (bytes: number) => {
      app.metrics.uploadBytes.inc(bytes);
      track.received(bytes);
    };
    const receive = () => {
      app.inviteBody(request, reply);
      const parts = formParts(request);
      const upload = { ...params, round, replace: query.replace ?? false, parts, contentLength, received };
      return receiveSubmission(services, { ...upload, assembling: () => keepLine(request) }, log);
    };
    const receiving = app.inTurn(request, params, receive).catch(async (error: unknown) => {
      await track.cameToNothing();
      throw error;
    });
    const acceptance = await countUpload(app.metrics, receiving);
    log.info({ ...acceptance.receipt, outcome: acceptance.outcome }, 'submission');
    if (acceptance.closed) {
      await startAggregation(services, { federation: params.federation, round, adapter: FIRST_ADAPTER }, log);
    }
    return reply.code(STATUS[acceptance.outcome]).send(acceptance.receipt);
  });

  app.get(PATH, list, async ({ params, query }) =>
    listSubmissions(
      ledger,
      params.federation,
      await resolveRound(ledger, params.federation, params.round),
      query,
    ),
  );

  app.get(`${PATH}/:client`, get, async ({ params: { federation, round, client } }) =>
    getSubmission(ledger, federation, await resolveRound(ledger, federation, round), client),
  );

  app.delete(`${PATH}/:client`, remove, async ({ params: { federation, round, client } }, reply) => {
    const number = await resolveRound(ledger, federation, round);
    const { blob } = await removeSubmission(ledger, federation, number, client);
    await removeUpload(ledger, blobs, federation, blob);
    return reply.code(204).send();
  });
};

function requireForm(request: FastifyRequest): void {
  if (!request.isMultipart()) {
    throw new Refusal('media_type_unsupported', 'A submission is sent as multipart/form-data.');
  }
}

/** Nothing moves on the line while an adapter that has arrived is read, which is no reason to cut it. */
function keepLine({ raw: { socket } }: FastifyRequest): void {
  if (socket instanceof Socket) socket.setTimeout(0);
}

function lengthOf(request: FastifyRequest): number | undefined {
  const header = request.headers['content-length'];
  return header === undefined ? undefined : Number(header);
}
