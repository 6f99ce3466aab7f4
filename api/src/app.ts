import { randomUUID } from 'node:crypto';
import type { Server, ServerOptions } from 'node:http';
import helmet from '@fastify/helmet';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { Refusal } from '@florist/core/errors/refusal';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyServerFactory,
  type FastifyServerOptions,
} from 'fastify';
import { V1_PREFIX } from './openapi/paths.js';
import { audit } from './plugins/audit.js';
import { authentication } from './plugins/authentication.js';
import { bodies, JSON_BODY_MAX_BYTES } from './plugins/bodies.js';
import { document } from './plugins/document.js';
import { metrics } from './plugins/metrics.js';
import { operations } from './plugins/operations.js';
import { pipelining } from './plugins/pipelining.js';
import { pressure } from './plugins/pressure.js';
import { problems, sendProblem } from './plugins/problems.js';
import { shutdown } from './plugins/shutdown.js';
import { unreadBodies } from './plugins/unreadBodies.js';
import { uploadSlots } from './plugins/uploadSlots.js';
import { validation } from './plugins/validation.js';
import { answerBrokenRequest } from './problems/answerBrokenRequest.js';
import { buildSerializer } from './problems/buildSerializer.js';
import type { App } from './routes/routes.js';
import { serviceRoutes } from './routes/service/serviceRoutes.js';
import { adapterRoutes } from './routes/v1/adapters/adapterRoutes.js';
import { analysisRoutes } from './routes/v1/analysis/analysisRoutes.js';
import { assignmentRoutes } from './routes/v1/assignments/assignmentRoutes.js';
import { auditRoutes } from './routes/v1/audit/auditRoutes.js';
import { clientRoutes } from './routes/v1/clients/clientRoutes.js';
import { evaluationRoutes } from './routes/v1/evaluations/evaluationRoutes.js';
import { eventRoutes } from './routes/v1/events/eventRoutes.js';
import { federationRoutes } from './routes/v1/federations/federationRoutes.js';
import { fileRoutes } from './routes/v1/files/fileRoutes.js';
import { participantRoutes } from './routes/v1/participants/participantRoutes.js';
import { retentionRoutes } from './routes/v1/retention/retentionRoutes.js';
import { roundRoutes } from './routes/v1/rounds/roundRoutes.js';
import { submissionRoutes } from './routes/v1/submissions/submissionRoutes.js';
import { sumRoutes } from './routes/v1/sums/sumRoutes.js';
import { systemRoutes } from './routes/v1/system/systemRoutes.js';
import { tokenRoutes } from './routes/v1/tokens/tokenRoutes.js';
import { uploadRoutes } from './routes/v1/uploads/uploadRoutes.js';
import { webhookRoutes } from './routes/v1/webhooks/webhookRoutes.js';
import type { Services } from './services.js';
import type { Tls } from './tls/openTls.js';
import { PATIENCE, type Patience } from './uploads/pace.js';

/** A connection on which nothing moves this long is cut, in milliseconds; event streams beat more often. */
const IDLE_CONNECTION_MS = 120_000;

/** How long a connection is kept for the next request, in milliseconds. */
const KEEP_ALIVE_MS = 72_000;

const V1_ROUTES = [
  federationRoutes,
  clientRoutes,
  roundRoutes,
  submissionRoutes,
  uploadRoutes,
  fileRoutes,
  sumRoutes,
  adapterRoutes,
  analysisRoutes,
  evaluationRoutes,
  retentionRoutes,
  eventRoutes,
  assignmentRoutes,
  participantRoutes,
  webhookRoutes,
  tokenRoutes,
  auditRoutes,
  systemRoutes,
];

/** Largest headers of a request together, in bytes; a token, a form's boundary and a proxy's additions are one. */
const HEADERS_BYTES_MAX = 16 * 1024;

/** Most headers of a request; browsers behind proxies send some thirty. */
const HEADERS_MAX = 100;

/** Between two looks for connections whose headers are overdue, in milliseconds. */
const OVERDUE_CHECK_MS = 2_000;

/** What buildApp needs: the services, and a logger and certificates or none. */
export interface AppOptions extends Services {
  logger?: FastifyBaseLogger;
  /** For how long connections are still served once close() was called, in milliseconds; 0 unless told. */
  drainMs?: number;
  /** Those of the settings; without them the app speaks plain HTTP. */
  tls?: Tls;
  /** How long to wait for slow clients, where a test cannot wait as long. */
  patience?: Patience;
}

/** Puts the api together; nothing is connected or listened to here. */
export async function buildApp(options: AppOptions): Promise<App> {
  const { logger, drainMs = 0, tls, patience = PATIENCE, ...services } = options;
  const http = {
    maxHeaderSize: HEADERS_BYTES_MAX,
    headersTimeout: patience.headersMs,
    connectionsCheckingInterval: OVERDUE_CHECK_MS,
  };
  const app = Fastify({
    ...SERVER_OPTIONS,
    handlerTimeout: patience.handlerMs,
    http,
    ...(tls !== undefined && { serverFactory: makeServers(tls, http) }),
    trustProxy: services.settings.trustProxy,
    ...(logger === undefined ? { logger: false } : { loggerInstance: logger }),
  }).withTypeProvider<TypeBoxTypeProvider>();

  await app.register(problems);
  await app.register(validation);
  await app.register(shutdown, { drainMs });
  await app.register(helmet, {
    contentSecurityPolicy: { directives: CONTENT_SECURITY },
    frameguard: { action: 'deny' },
  });
  app.addHook('onRequest', async ({ raw }) => {
    if (raw.rawHeaders.length > 2 * HEADERS_MAX) {
      throw new Refusal('request_too_large', `A request may have at most ${HEADERS_MAX} headers.`);
    }
  });
  await app.register(pipelining);
  await app.register(unreadBodies, { patience });
  await app.register(pressure);
  await app.register(metrics, services);
  await app.register(uploadSlots, services);
  await app.register(bodies);
  await app.register(authentication, services);
  await app.register(audit, services);
  await app.register(operations);
  await app.register(document);
  await app.register((scope) => serviceRoutes(scope, services));
  for (const routes of V1_ROUTES) {
    await app.register((scope) => routes(scope, services), { prefix: V1_PREFIX });
  }
  return app;
}

/** Servers that speak TLS, with the timeouts that Fastify gives to those that it makes itself. */
function makeServers(tls: Tls, http: ServerOptions): FastifyServerFactory<Server> {
  return (listener) => {
    const server = tls.createServer(http, listener);
    server.requestTimeout = SERVER_OPTIONS.requestTimeout;
    server.keepAliveTimeout = SERVER_OPTIONS.keepAliveTimeout;
    return server.setTimeout(SERVER_OPTIONS.connectionTimeout);
  };
}

/** The pages under /docs need inline styles and images of their own; no page may embed the service. */
const CONTENT_SECURITY = {
  defaultSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  styleSrc: ["'self'", "'unsafe-inline'"],
  frameAncestors: ["'none'"],
  upgradeInsecureRequests: null, // plain http on loopback is a normal way to run
};

const SERVER_OPTIONS = {
  bodyLimit: JSON_BODY_MAX_BYTES,
  connectionTimeout: IDLE_CONNECTION_MS,
  keepAliveTimeout: KEEP_ALIVE_MS,
  requestTimeout: 0, // an upload takes as long as its line is slow; one that stalls is cut by the idle timeout
  return503OnClosing: false, // it would not be a problem document; the shutdown plugin answers instead
  requestIdHeader: false, // ids from outside could forge log lines
  genReqId: () => randomUUID(),
  frameworkErrors: (error, request, reply) => {
    sendProblem(error, request, reply);
  },
  clientErrorHandler: answerBrokenRequest,
  schemaController: { compilersFactory: { buildSerializer } },
} satisfies FastifyServerOptions;
