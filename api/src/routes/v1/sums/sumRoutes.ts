import type { ProblemCode } from '@florist/core/errors/problems';
import { SumPending } from '@florist/core/schemas/adapterSum';
import { Lineage, SumLineage } from '@florist/core/schemas/lineage';
import { ADAPTER_FILE, CONFIG_FILE } from '@florist/storage/blobs/keys';
import { readBlob } from '@florist/storage/blobs/readBlob';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { askAgain } from '../../../files/askAgain.js';
import { type SendableFile, sendFile } from '../../../files/sendFile.js';
import { operation } from '../../../openapi/operation.js';
import { FederationParams, SumQuery } from '../../../openapi/parameters.js';
import { empty, json, raw } from '../../../openapi/responses.js';
import type { Services } from '../../../services.js';
import type { Routes } from '../../routes.js';
import {
  CONDITIONS,
  CONFIG_SCHEMA,
  DOWNLOAD_TIMEOUT_MS,
  FILE_HEADERS,
  PART_HEADERS,
} from '../files/fileResponses.js';
import { lineageFile } from '../files/lineageFile.js';
import { toDocument } from '../files/toDocument.js';
import { findFiles, type SumAddress, type SumFiles } from './sumFiles.js';

const BASE = '/federations/:federation/adapter';

/** After how long to ask again for a sum that is being made, in seconds: small ones take about that. */
const RETRY_AFTER_SECONDS = 2;

/** Which round a client is at, once it has merged the file. */
const THROUGH = 'florist-through';

const THROUGH_HEADER = {
  'Florist-Through': {
    type: 'integer',
    description: 'The last round in the sum: `since` of the next request, once this is merged.',
  },
};
const HEADERS = { ...FILE_HEADERS, ...THROUGH_HEADER };
const PENDING_HEADERS = {
  ...THROUGH_HEADER,
  'Retry-After': { type: 'integer', description: 'After how many seconds to ask again.' },
};

const PROBLEMS: ProblemCode[] = [
  'federation_not_found',
  'round_not_found',
  'round_not_published',
  'adapter_gone',
  'dtype_overflow',
  'too_many_requests',
  'sum_failed',
];

const DESCRIPTION =
  'Of the latest published round; or with `since` of one adapter that equals the sum of the adapters that are ' +
  'current in the published rounds after it: for a client that has missed some, since every round’s adapter is to be ' +
  'merged. The sum is made once and kept: 202 while it is being made, and the file when it is there. Another adapter ' +
  'that is promoted, or a round that is published later, make another sum. 204 when nothing was published since. Give ' +
  '`through` to get both files of the same sum while rounds go on.';

const PENDING = json(SumPending.ref, 'The sum is being made; ask again.', PENDING_HEADERS);
const NOTHING_NEWER = empty('No round was published after `since`.');

/** The pair of GET and HEAD for one file. */
function sumOperations(id: string, name: string, whole: object, part: object) {
  const shared = {
    access: 'member',
    tag: 'Adapters',
    request: { params: FederationParams, querystring: SumQuery },
  } as const;
  const unchanged = empty('Unchanged: `If-None-Match` holds its ETag.', HEADERS);
  const get = operation({
    ...shared,
    id: `get${id}`,
    summary: `Download ${name} of a federation, or of a sum of rounds`,
    description: DESCRIPTION,
    success: { 200: whole, 202: PENDING, 204: NOTHING_NEWER, 206: part, 304: unchanged },
    problems: [...PROBLEMS, 'range_not_satisfiable'],
    documentedHeaders: CONDITIONS,
  });
  const head = operation({
    ...shared,
    id: `head${id}`,
    summary: `Size and ETag of ${name} of a federation, or of a sum of rounds`,
    description: 'The headers of the download without its body; has the sum made as well.',
    success: {
      200: empty('There is such a file.', HEADERS),
      202: empty('The sum is being made; ask again.', PENDING_HEADERS),
      204: NOTHING_NEWER,
      304: unchanged,
    },
    problems: PROBLEMS,
  });
  return { get: { ...get, handlerTimeout: DOWNLOAD_TIMEOUT_MS, exposeHeadRoute: false }, head };
}

const BINARY = 'application/octet-stream';
const model = sumOperations(
  'FederationModel',
  ADAPTER_FILE,
  raw(BINARY, 'The file.', HEADERS),
  raw(BINARY, 'The range that was asked for.', { ...PART_HEADERS, ...THROUGH_HEADER }),
);
const config = sumOperations(
  'FederationConfig',
  CONFIG_FILE,
  json(CONFIG_SCHEMA, 'The file.', HEADERS),
  raw('application/json', 'The range that was asked for.', { ...PART_HEADERS, ...THROUGH_HEADER }),
);

const lineage = operation({
  access: 'member',
  id: 'getFederationLineage',
  tag: 'Adapters',
  summary: 'What made the adapter of a federation, or a sum of rounds',
  description:
    'Of a sum, the adapters it is the sum of, τ, dtype and engine; of one round alone, the lineage of its adapter.',
  request: { params: FederationParams, querystring: SumQuery },
  success: {
    200: json(Type.Union([SumLineage.ref, Lineage.ref]), 'The lineage.', HEADERS),
    202: PENDING,
    204: NOTHING_NEWER,
  },
  problems: [...PROBLEMS, 'lineage_not_found'],
});

type Ready = Extract<SumFiles, { outcome: 'ready' }>;

/** What to answer, and which of the files with. */
type Asked = [
  request: FastifyRequest,
  reply: FastifyReply,
  address: SumAddress,
  fileOf: (files: Ready) => Promise<SendableFile>,
];

export const sumRoutes: Routes = async (app, services) => {
  const { blobs } = services;
  const modelOf = async ({ folder, sha256, bytes }: Ready): Promise<SendableFile> => ({
    ...{ name: ADAPTER_FILE, mediaType: BINARY, bytes, tag: sha256 },
    open: (range) => blobs.stream(`${folder}${ADAPTER_FILE}`, range),
  });
  const configOf = async ({ folder }: Ready): Promise<SendableFile> => ({
    ...toDocument(await readBlob(blobs, `${folder}${CONFIG_FILE}`)),
    name: CONFIG_FILE,
  });
  const lineageOf = ({ folder }: Ready) => lineageFile(blobs, folder);
  const send = (...asked: Asked) => askAgain(() => answer(services, ...asked));

  const modelPath = `${BASE}/${ADAPTER_FILE}`;
  app.get(modelPath, model.get, async (request, reply) =>
    send(request, reply, { ...request.params, ...request.query }, modelOf),
  );
  app.head(modelPath, model.head, async (request, reply) =>
    send(request, reply, { ...request.params, ...request.query }, modelOf),
  );

  const configPath = `${BASE}/${CONFIG_FILE}`;
  app.get(configPath, config.get, async (request, reply) =>
    send(request, reply, { ...request.params, ...request.query }, configOf),
  );
  app.head(configPath, config.head, async (request, reply) =>
    send(request, reply, { ...request.params, ...request.query }, configOf),
  );

  app.get(`${BASE}/lineage`, lineage, async (request, reply) =>
    send(request, reply, { ...request.params, ...request.query }, lineageOf),
  );
};

/** Sends one of the files that an address names, or says that they are being made, or that there is nothing to send. */
async function answer(
  services: Pick<Services, 'ledger' | 'queues'>,
  ...[request, reply, address, fileOf]: Asked
) {
  const { principal, log } = request;
  const client = principal?.role === 'client' ? principal.client : undefined;
  const found = await findFiles(services, address, client, log);
  switch (found.outcome) {
    case 'none':
      return reply.code(204).send();
    case 'making':
      reply.code(202).headers({ 'retry-after': RETRY_AFTER_SECONDS, [THROUGH]: found.through });
      reply.header('cache-control', 'no-store');
      return request.method === 'HEAD' ? reply.send() : reply.send(found.pending);
    case 'ready':
      reply.header(THROUGH, found.through);
      return sendFile(request, reply, await fileOf(found));
  }
}
