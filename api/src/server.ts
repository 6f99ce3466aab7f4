import { readSettings, type Settings } from '@florist/core/settings/readSettings';
import { openLogOutput } from '@florist/storage/logging/openLogOutput';
import { checkRedis } from '@florist/storage/redis/checkRedis';
import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { buildApp } from './app.js';
import { provideOperatorToken } from './auth/provideOperatorToken.js';
import { connectServices, REDIS_URL_MISSING } from './connectServices.js';
import { LOG_OPTIONS } from './logging/logOptions.js';
import type { Services } from './services.js';
import { openTls } from './tls/openTls.js';

/** How long requests under way may take to finish when the process is told to stop, in milliseconds. */
const GRACE_MS = 30_000;

/**
 * For how much of that new requests are answered too, in milliseconds: those that are on their way already, and what
 * comes until whoever shares out requests has seen that /readyz says no.
 */
const DRAIN_MS = 3_000;

try {
  await serve(readSettings(process.env));
} catch (error) {
  announce(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

async function serve(given: Settings): Promise<void> {
  // before a token is made for a service that cannot start
  if (given.redisUrl === undefined) throw new Error(REDIS_URL_MISSING);
  const settings = await withOperatorToken(given);
  const logger = pino({ ...LOG_OPTIONS, level: settings.logLevel }, openLogOutput());
  const tls = settings.tls && (await openTls(settings.tls, logger));
  const { services, disconnect } = await connectServices(settings, (err) => logger.warn({ err }, 'redis'));
  for (const fault of await checkRedis(services.ledger.redis)) logger.error(fault);
  const app = await buildApp({ ...services, logger, drainMs: DRAIN_MS, ...(tls && { tls }) });
  closeWithGrace({ delay: GRACE_MS, logger }, async ({ signal, err }) => {
    logger.info({ signal, err, graceMs: GRACE_MS }, 'stopping');
    await app.close();
    tls?.close();
    await disconnect();
  });
  const address = await app.listen({ host: settings.host, port: settings.port });
  announce(`listening on ${tls ? address.replace(/^http:/, 'https:') : address}`);
}

async function withOperatorToken(settings: Settings): Promise<Services['settings']> {
  if (settings.operatorToken !== undefined) {
    return { ...settings, operatorToken: settings.operatorToken };
  }
  const { token, path, created } = await provideOperatorToken(settings.dataDir);
  announce(created ? `operator token, shown this once: ${token}` : `operator token: see ${path}`);
  return { ...settings, operatorToken: token };
}

/** For people, and for whoever started the process; logs go to stdout. */
function announce(line: string): void {
  process.stderr.write(`florist api: ${line}\n`);
}
