import type { LoggerOptions } from 'pino';

/** Where a token could stand in what is logged. Requests are logged by method and path alone in any case. */
const SECRETS = ['authorization', 'cookie', 'token', 'operatorToken', 'viewerToken'];

/** How the api logs: JSON lines, request ids, no tokens. */
export const LOG_OPTIONS = {
  name: 'florist-api',
  redact: {
    paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.headers.${name}`]),
    censor: '[redacted]',
  },
} satisfies LoggerOptions;
