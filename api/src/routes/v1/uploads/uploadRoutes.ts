import { randomBytes, randomUUID } from 'node:crypto';
import { Refusal } from '@florist/core/errors/refusal';
import { checkRound } from '@florist/storage/submissions/checkRound';
import { claimUpload } from '@florist/storage/uploads/claimUpload';
import { createUpload } from '@florist/storage/uploads/createUpload';
import { findUpload } from '@florist/storage/uploads/findUpload';
import { removeUpload } from '@florist/storage/uploads/removeUpload';
import type { Upload, UploadRef } from '@florist/storage/uploads/upload';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { V1_PREFIX } from '../../../openapi/paths.js';
import { roundNamed } from '../../../rounds/roundNamed.js';
import { ADAPTER_BYTES_MAX, UPLOAD_TIMEOUT_MS } from '../../../uploads/limits.js';
import { bodyChecksum, CHECKSUM_ALGORITHMS } from '../../../uploads/resumable/bodyChecksum.js';
import { receivePieces } from '../../../uploads/resumable/receivePieces.js';
import {
  OFFSET_STREAM,
  requireTus,
  TUS_EXTENSIONS,
  TUS_VERSION,
  uploadLength,
  uploadMetadata,
  uploadOffset,
} from '../../../uploads/resumable/tusHeaders.js';
import { trackUpload } from '../../../uploads/trackUpload.js';
import type { Routes } from '../../routes.js';
import { add, begin, end, look, offer } from './uploadOperations.js';

const PATH = '/federations/:federation/uploads';

/** Uploads in pieces by tus 1.0, https://tus.io: what a client's library for it does on its own. */
export const uploadRoutes: Routes = async (app, services) => {
  const { ledger, blobs } = services;

  // the handler reads the body itself
  app.addContentTypeParser(OFFSET_STREAM, (_request, _payload, done) => done(null));
  app.addHook('onSend', async (_request, reply) => {
    reply.header('tus-resumable', TUS_VERSION).header('cache-control', 'no-store');
    if (reply.statusCode === 412) reply.header('tus-version', TUS_VERSION);
  });

  app.options(PATH, offer, async (_request, reply) => {
    reply.header('tus-version', TUS_VERSION).header('tus-extension', TUS_EXTENSIONS);
    reply.header('tus-max-size', ADAPTER_BYTES_MAX);
    return reply.header('tus-checksum-algorithm', CHECKSUM_ALGORITHMS.join(',')).code(204).send();
  });

  app.post(PATH, begin, async (request, reply) => {
    const { params, query, headers } = request;
    requireTus(headers);
    const client = query.client ?? ownClient(request);
    if (client === undefined) throw clientMissing();
    const { federation } = params;
    const announced = { length: uploadLength(headers), metadata: uploadMetadata(headers) };
    const round =
      query.round === undefined
        ? undefined
        : await checkRound(ledger, federation, roundNamed(query.round), client);
    const upload = `u${randomBytes(16).toString('hex')}`;
    const created = await createUpload(ledger, { federation, upload, client, round, ...announced });
    reply.header('location', `${V1_PREFIX}/federations/${federation}/uploads/${upload}`);
    return progress(reply, created).code(201).send();
  });

  // the document leaves HEAD out unless a route asks for it
  const shown = { ...look, config: { ...look.config, swagger: { exposeHeadRoute: true } } };
  app.head(`${PATH}/:upload`, shown, async (request, reply) => {
    requireTus(request.headers);
    const upload = await findUpload(ledger, refOf(request));
    reply.header('upload-length', upload.length);
    if (upload.metadata !== undefined) reply.header('upload-metadata', upload.metadata);
    return progress(reply, upload).code(200).send();
  });

  const options = { ...add, config: { ...add.config, invitesBody: true }, handlerTimeout: UPLOAD_TIMEOUT_MS };
  app.patch(`${PATH}/:upload`, options, async (request, reply) => {
    const { headers, params, log } = request;
    requireTus(headers);
    if (headers['content-type'] !== OFFSET_STREAM) {
      throw new Refusal('media_type_unsupported', `What is added to an upload is sent as ${OFFSET_STREAM}.`);
    }
    const checksum = bodyChecksum(headers['upload-checksum']);
    const claim = { writer: randomUUID(), offset: uploadOffset(headers) };
    const ref = refOf(request);
    const upload = await claimUpload(ledger, ref, claim);
    const { client, length, round } = upload;
    requireRoom(headers['content-length'], upload);
    const track = round === undefined ? undefined : trackUpload(ledger, { ...params, client, round }, log);
    track?.resumed();
    const received = (bytes: number) => {
      app.metrics.uploadBytes.inc(bytes);
      track?.received(bytes);
    };
    const incoming = { ...ref, ...claim, length, body: request.raw, checksum, received };
    const offset = await app.inTurn(request, { ...params, client }, () => {
      app.inviteBody(request, reply);
      return receivePieces(services, { ...incoming, stopping: app.stopping }, log);
    });
    return progress(reply, { ...upload, offset })
      .code(204)
      .send();
  });

  app.delete(`${PATH}/:upload`, end, async (request, reply) => {
    requireTus(request.headers);
    await removeUpload(ledger, blobs, refOf(request));
    return reply.code(204).send();
  });
};

function progress(reply: FastifyReply, { offset, expiresAt }: Upload): FastifyReply {
  return reply.header('upload-offset', offset).header('upload-expires', expiresAt.toUTCString());
}

function ownClient({ principal }: Pick<FastifyRequest, 'principal'>): string | undefined {
  return principal?.role === 'client' ? principal.client : undefined;
}

function clientMissing(): Refusal {
  return new Refusal('request_invalid', 'Say for which client: ?client=<id>.', [
    { field: 'client', detail: 'is required of an operator' },
  ]);
}

/** A client has its own uploads only. */
function refOf(request: {
  params: { federation: string; upload: string };
  principal: FastifyRequest['principal'];
}): UploadRef {
  return { ...request.params, client: ownClient(request) };
}

function requireRoom(contentLength: string | undefined, { offset, length }: Upload): void {
  if (contentLength !== undefined && offset + Number(contentLength) > length) {
    throw new Refusal('request_too_large', `The upload was announced with ${length} bytes; this is more.`);
  }
}
