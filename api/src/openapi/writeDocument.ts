import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSettings } from '@florist/core/settings/readSettings';
import { startRedisServer } from '@florist/storage/redis/startRedisServer';
import { buildApp } from '../app.js';
import { connectServices } from '../connectServices.js';
import { renderDocument } from './renderDocument.js';

const TARGET = fileURLToPath(new URL('../../../openapi/openapi.json', import.meta.url));

const dir = await mkdtemp(join(tmpdir(), 'florist-openapi-'));
const redis = await startRedisServer({ dir: join(dir, 'redis'), appendOnly: false });
const settings = readSettings({ FLORIST_DATA_DIR: dir, REDIS_URL: redis.url });
const { services, disconnect } = await connectServices(
  { ...settings, operatorToken: 'unused' },
  () => undefined,
);
const app = await buildApp(services);
await app.ready();
await writeFile(TARGET, renderDocument(app));
process.stdout.write(`wrote ${TARGET}\n`);
await app.close();
await disconnect();
await redis.stop();
await rm(dir, { recursive: true });
