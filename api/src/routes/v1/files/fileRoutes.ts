import type { ProblemCode } from '@florist/core/errors/problems';
import { Lineage } from '@florist/core/schemas/lineage';
import { Spectrum } from '@florist/core/schemas/spectrum';
import { Weights } from '@florist/core/schemas/weighting';
import { askAgain } from '../../../files/askAgain.js';
import { sendFile } from '../../../files/sendFile.js';
import { operation } from '../../../openapi/operation.js';
import { AdapterQuery, RoundParams, SliceQuery } from '../../../openapi/parameters.js';
import { empty, json, raw } from '../../../openapi/responses.js';
import type { Routes } from '../../routes.js';
import {
  adapterConfig,
  adapterLineage,
  adapterModel,
  adapterSpectrum,
  adapterWeights,
} from './adapterFiles.js';
import {
  CONDITIONS,
  CONFIG_SCHEMA,
  DOWNLOAD_TIMEOUT_MS,
  FILE_HEADERS,
  PART_HEADERS,
} from './fileResponses.js';

const BASE = '/federations/:federation/rounds/:round';

const PROBLEMS: ProblemCode[] = [
  'federation_not_found',
  'round_not_found',
  'round_not_published',
  'adapter_not_found',
  'adapter_pending',
  'adapter_failed',
];

const SLICE_PROBLEMS: ProblemCode[] = [
  ...PROBLEMS,
  'adapter_not_sliceable',
  'client_not_found',
  'submission_not_found',
  'submissions_gone',
];

const SLICES =
  'An adapter of florist or flexlora is sorted by singular values, so it can be cut to any smaller rank and is ' +
  'then the best approximation of that rank: `rank` cuts every module alike, `client` as FlexLoRA serves this ' +
  'client, and both together to the smaller of the two. Both files of an adapter must be fetched with the same ' +
  'query. Adapters of the other methods answer `adapter_not_sliceable`.';

/** The pair of GET and HEAD for one file of an adapter. */
function fileOperations(id: string, name: string, whole: object, part: object) {
  const shared = {
    access: 'member',
    tag: 'Adapters',
    request: { params: RoundParams, querystring: SliceQuery },
  } as const;
  const unchanged = empty('Unchanged: `If-None-Match` holds its ETag.', FILE_HEADERS);
  const get = operation({
    ...shared,
    id: `get${id}`,
    summary: `Download ${name}`,
    description:
      'Whole, or one range of it, so that an interrupted download goes on where it stopped. ' +
      `The ETag of a file that is not cut is its SHA-256. ${SLICES}`,
    success: { 200: whole, 206: part, 304: unchanged },
    problems: [...SLICE_PROBLEMS, 'adapter_gone', 'range_not_satisfiable'],
    documentedHeaders: CONDITIONS,
  });
  const head = operation({
    ...shared,
    id: `head${id}`,
    summary: `Size and ETag of ${name}`,
    description: 'The headers of the download without its body.',
    success: { 200: empty('There is such a file.', FILE_HEADERS), 304: unchanged },
    problems: [...SLICE_PROBLEMS, 'adapter_gone'],
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

const config = fileOperations(
  'AdapterConfig',
  'adapter_config.json',
  json(CONFIG_SCHEMA, 'The file.', FILE_HEADERS),
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

const weights = operation({
  access: 'read',
  id: 'getWeights',
  tag: 'Adapters',
  summary: 'How much each client counts, and why',
  description:
    'The weight of each client in the adapter, and whom a robust policy clipped or dropped, with norms and scores. ' +
    'The comparison of methods and the similarity of clients use these weights and leave out who was dropped.',
  request: { params: RoundParams, querystring: AdapterQuery },
  success: { 200: json(Weights.ref, 'One entry per client.', FILE_HEADERS) },
  problems: PROBLEMS,
});

const lineage = operation({
  access: 'member',
  id: 'getLineage',
  tag: 'Adapters',
  summary: 'What made an adapter',
  description:
    'Which submissions, by digest and weight, method, τ and engine: enough to make the same bytes again. It is kept ' +
    'with the adapter and outlives the submissions and the files.',
  request: { params: RoundParams, querystring: AdapterQuery },
  success: { 200: json(Lineage.ref, 'The lineage.', FILE_HEADERS) },
  problems: [...PROBLEMS, 'lineage_not_found'],
});

export const fileRoutes: Routes = async (app, stores) => {
  const modelPath = `${BASE}/adapter/adapter_model.safetensors`;
  app.get(modelPath, model.get, async (request, reply) =>
    askAgain(async () =>
      sendFile(request, reply, await adapterModel(stores, { ...request.params, ...request.query })),
    ),
  );
  app.head(modelPath, model.head, async (request, reply) =>
    askAgain(async () =>
      sendFile(request, reply, await adapterModel(stores, { ...request.params, ...request.query })),
    ),
  );

  const configPath = `${BASE}/adapter/adapter_config.json`;
  app.get(configPath, config.get, async (request, reply) =>
    askAgain(async () =>
      sendFile(request, reply, await adapterConfig(stores, { ...request.params, ...request.query })),
    ),
  );
  app.head(configPath, config.head, async (request, reply) =>
    askAgain(async () =>
      sendFile(request, reply, await adapterConfig(stores, { ...request.params, ...request.query })),
    ),
  );

  app.get(`${BASE}/spectrum`, spectrum, async (request, reply) =>
    askAgain(async () =>
      sendFile(request, reply, await adapterSpectrum(stores, { ...request.params, ...request.query })),
    ),
  );

  app.get(`${BASE}/weights`, weights, async (request, reply) =>
    askAgain(async () =>
      sendFile(request, reply, await adapterWeights(stores, { ...request.params, ...request.query })),
    ),
  );

  app.get(`${BASE}/adapter/lineage`, lineage, async (request, reply) =>
    askAgain(async () =>
      sendFile(request, reply, await adapterLineage(stores, { ...request.params, ...request.query })),
    ),
  );
};
