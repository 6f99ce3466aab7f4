import { request as askOverHttp } from 'node:http';
import { request as askOverHttps } from 'node:https';
import { readSettings } from '@florist/core/settings/readSettings';

/** How long the answer may take, in milliseconds: shorter than whoever runs this waits. */
const TIMEOUT_MS = 4_000;

/**
 * Ends with 0 when the api that runs with the same environment is ready, for container engines. It asks a neighbour
 * in its own container and sends no secret, so it takes any certificate.
 */
const { apiUrl } = readSettings({ ...process.env, FLORIST_API_URL: '' });
const ask = apiUrl.startsWith('https:') ? askOverHttps : askOverHttp;
const options = { rejectUnauthorized: false, signal: AbortSignal.timeout(TIMEOUT_MS) };
ask(`${apiUrl}/readyz`, options, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1))
  .on('error', () => process.exit(1))
  .end();
