import { readSettings, type Settings } from '@florist/core/settings/readSettings';
import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { buildApp } from './app.js';
import { provideOperatorToken } from './auth/provideOperatorToken.js';
import { connectServices } from './connectServices.js';
import { LOG_OPTIONS } from './logging/logOptions.js';
import type { Services } from './services.js';

/** How long requests under way may take to finish when the process is told to stop, in milliseconds. */
const GRACE_MS = 30_000;

try {
  await serve(readSettings(process.env));
} catch (error) {
  announce(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

async function serve(given: Settings): Promise<void> {
  const settings = await withOperatorToken(given);
  const logger = pino({ ...LOG_OPTIONS, level: settings.logLevel });
  const { services, disconnect } = await connectServices(settings, (err) => logger.warn({ err }, 'redis'));
  const app = await buildApp({ ...services, logger });
  closeWithGrace({ delay: GRACE_MS, logger }, async ({ signal, err }) => {
    logger.info({ signal, err, graceMs: GRACE_MS }, 'stopping');
    await app.close();
    await disconnect();
  });
  announce(`listening on ${await app.listen({ host: settings.host, port: settings.port })}`);
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
