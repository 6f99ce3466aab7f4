import type { FastifyRequest } from 'fastify';
import type { LoggerOptions } from 'pino';
import { maskTokens } from './maskTokens.js';

/**
 * Where a token could stand in what is logged. Of a request there are the method, the URL with its query, which names
 * only what is asked for, the host and the address it came from; no header and no body.
 */
const SECRETS = ['authorization', 'cookie', 'token', 'operatorToken', 'viewerToken'];

type Logged = Pick<FastifyRequest, 'method' | 'url' | 'host' | 'ip' | 'socket'>;

/** How the api logs: JSON lines, request ids, no tokens. */
export const LOG_OPTIONS = {
  name: 'florist-api',
  redact: {
    paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.headers.${name}`]),
    censor: '[redacted]',
  },
  serializers: {
    req: ({ method, url, host, ip, socket }: Logged) => ({
      ...{ method, host },
      ...(url !== undefined && { url: maskTokens(url) }),
      remoteAddress: ip,
      remotePort: socket?.remotePort,
    }),
    detail: maskTokens,
  },
} satisfies LoggerOptions;
