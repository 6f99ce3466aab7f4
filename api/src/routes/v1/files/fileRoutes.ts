import type { ProblemCode } from '@florist/core/errors/problems';
import { Spectrum } from '@florist/core/schemas/spectrum';
import { type TSchema, Type } from 'typebox';
import { sendFile } from '../../../files/sendFile.js';
import { operation } from '../../../openapi/operation.js';
import { AdapterQuery, RoundParams } from '../../../openapi/parameters.js';
import { empty, json, raw } from '../../../openapi/responses.js';
import type { Routes } from '../../routes.js';
import { adapterConfig, adapterModel, adapterSpectrum } from './adapterFiles.js';

/** A download takes as long as its line is slow; a connection on which nothing moves is cut sooner. */
const DOWNLOAD_TIMEOUT_MS = 24 * 3_600_000;

const BASE = '/federations/:federation/rounds/:round';

const FILE_HEADERS = {
  ETag: { type: 'string', description: 'SHA-256 of the file, in quotes.' },
  'Accept-Ranges': { type: 'string', description: '`bytes`.' },
};

const PART_HEADERS = {
  ...FILE_HEADERS,
  'Content-Range': { type: 'string', description: 'Which bytes of how many.' },
};

const CONDITIONS = Type.Object({
  'if-none-match': Type.Optional(Type.String({ description: 'An ETag; the same file gives 304.' })),
  'if-range': Type.Optional(Type.String({ description: 'An ETag; another file is sent whole.' })),
  range: Type.Optional(Type.String({ description: 'One range of bytes, such as `bytes=1024-`.' })),
});

const PROBLEMS: ProblemCode[] = [
  'federation_not_found',
  'round_not_found',
  'round_not_published',
  'adapter_not_found',
  'adapter_pending',
];

/** The pair of GET and HEAD for one file of an adapter. */
function fileOperations(id: string, name: string, whole: object, part: object) {
  const shared = {
    access: 'member',
    tag: 'Adapters',
    request: { params: RoundParams, querystring: AdapterQuery },
  } as const;
  const unchanged = empty('Unchanged: `If-None-Match` holds its ETag.', FILE_HEADERS);
  const get = operation({
    ...shared,
    id: `get${id}`,
    summary: `Download ${name}`,
    description:
      'Whole, or one range of it, so that an interrupted download goes on where it stopped. ' +
      'The ETag is the SHA-256 of the file.',
    success: { 200: whole, 206: part, 304: unchanged },
    problems: [...PROBLEMS, 'range_not_satisfiable'],
    documentedHeaders: CONDITIONS,
  });
  const head = operation({
    ...shared,
    id: `head${id}`,
    summary: `Size and ETag of ${name}`,
    description: 'The headers of the download without its body.',
    success: { 200: empty('There is such a file.', FILE_HEADERS), 304: unchanged },
    problems: PROBLEMS,
  });
  const options = { handlerTimeout: DOWNLOAD_TIMEOUT_MS, exposeHeadRoute: false };
  return { get: { ...get, ...options }, head };
}

const BINARY = 'application/octet-stream';
const model = fileOperations(
  'AdapterModel',
  'adapter_model.safetensors',
  raw(BINARY, 'The file.', FILE_HEADERS),
  raw(BINARY, 'The range that was asked for.', PART_HEADERS),
);

const CONFIG: TSchema = Type.Object({}, { additionalProperties: true, description: 'As PEFT reads it.' });
const config = fileOperations(
  'AdapterConfig',
  'adapter_config.json',
  json(CONFIG, 'The file.', FILE_HEADERS),
  raw('application/json', 'The range that was asked for.', PART_HEADERS),
);

const spectrum = operation({
  access: 'member',
  id: 'getSpectrum',
  tag: 'Adapters',
  summary: 'Singular values of every module',
  description: 'What the mean of the updates looks like before it is cut, and where the adapter cuts it.',
  request: { params: RoundParams, querystring: AdapterQuery },
  success: { 200: json(Spectrum.ref, 'One entry per module.', FILE_HEADERS) },
  problems: PROBLEMS,
});

export const fileRoutes: Routes = async (app, stores) => {
  const modelPath = `${BASE}/adapter/adapter_model.safetensors`;
  app.get(modelPath, model.get, async (request, reply) =>
    sendFile(request, reply, await adapterModel(stores, { ...request.params, ...request.query })),
  );
  app.head(modelPath, model.head, async (request, reply) =>
    sendFile(request, reply, await adapterModel(stores, { ...request.params, ...request.query })),
  );

  const configPath = `${BASE}/adapter/adapter_config.json`;
  app.get(configPath, config.get, async (request, reply) =>
    sendFile(request, reply, await adapterConfig(stores, { ...request.params, ...request.query })),
  );
  app.head(configPath, config.head, async (request, reply) =>
    sendFile(request, reply, await adapterConfig(stores, { ...request.params, ...request.query })),
  );

  app.get(`${BASE}/spectrum`, spectrum, async (request, reply) =>
    sendFile(request, reply, await adapterSpectrum(stores, { ...request.params, ...request.query })),
  );
};
