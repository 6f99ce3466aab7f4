import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyBaseLogger, type FastifyServerOptions } from 'fastify';
import { V1_PREFIX } from './openapi/paths.js';
import { authentication } from './plugins/authentication.js';
import { bodies, JSON_BODY_MAX_BYTES } from './plugins/bodies.js';
import { document } from './plugins/document.js';
import { metrics } from './plugins/metrics.js';
import { pressure } from './plugins/pressure.js';
import { problems, sendProblem } from './plugins/problems.js';
import { shutdown } from './plugins/shutdown.js';
import { unreadBodies } from './plugins/unreadBodies.js';
import { validation } from './plugins/validation.js';
import { answerBrokenRequest } from './problems/answerBrokenRequest.js';
import type { App } from './routes/routes.js';
import { serviceRoutes } from './routes/service/serviceRoutes.js';
import { adapterRoutes } from './routes/v1/adapters/adapterRoutes.js';
import { analysisRoutes } from './routes/v1/analysis/analysisRoutes.js';
import { clientRoutes } from './routes/v1/clients/clientRoutes.js';
import { eventRoutes } from './routes/v1/events/eventRoutes.js';
import { federationRoutes } from './routes/v1/federations/federationRoutes.js';
import { fileRoutes } from './routes/v1/files/fileRoutes.js';
import { roundRoutes } from './routes/v1/rounds/roundRoutes.js';
import { submissionRoutes } from './routes/v1/submissions/submissionRoutes.js';
import type { Services } from './services.js';

/** A connection on which nothing moves this long is cut, in milliseconds; event streams beat more often. */
const IDLE_CONNECTION_MS = 120_000;

/** How long a route may take that only asks the ledger, in milliseconds; transfers and streams set their own. */
const HANDLER_TIMEOUT_MS = 20_000;

const V1_ROUTES = [
  federationRoutes,
  clientRoutes,
  roundRoutes,
  submissionRoutes,
  fileRoutes,
  adapterRoutes,
  analysisRoutes,
  eventRoutes,
];

/** What buildApp needs: the services, and a logger or none. */
export interface AppOptions extends Services {
  logger?: FastifyBaseLogger;
}

/** Puts the api together; nothing is connected or listened to here. */
export async function buildApp({ logger, ...services }: AppOptions): Promise<App> {
  const app = Fastify({
    ...SERVER_OPTIONS,
    ...(logger === undefined ? { logger: false } : { loggerInstance: logger }),
  }).withTypeProvider<TypeBoxTypeProvider>();

  await app.register(problems);
  await app.register(validation);
  await app.register(shutdown);
  await app.register(helmet, {
    contentSecurityPolicy: { directives: CONTENT_SECURITY },
    frameguard: { action: 'deny' },
  });
  await app.register(unreadBodies);
  await app.register(pressure);
  await app.register(metrics, services);
  await app.register(bodies);
  await app.register(authentication, services);
  await app.register(document);
  await app.register((scope) => serviceRoutes(scope, services));
  for (const routes of V1_ROUTES) {
    await app.register((scope) => routes(scope, services), { prefix: V1_PREFIX });
  }
  return app;
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
  requestTimeout: 0, // an upload takes as long as its line is slow; one that stalls is cut by the idle timeout
  handlerTimeout: HANDLER_TIMEOUT_MS,
  return503OnClosing: false, // it would not be a problem document; the shutdown plugin answers instead
  requestIdHeader: false, // ids from outside could forge log lines
  genReqId: () => randomUUID(),
  frameworkErrors: (error, request, reply) => {
    sendProblem(error, request, reply);
  },
  clientErrorHandler: answerBrokenRequest,
} satisfies FastifyServerOptions;
