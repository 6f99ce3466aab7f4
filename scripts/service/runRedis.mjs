// @ts-check
import { startRedisServer } from '../../storage/dist/redis/startRedisServer.js';

/**
 * The process that holds the managed redis-server: it tells its parent the URL, ends with the server, and
 * takes the server with it. Arguments: folder, port.
 */
async function runRedis() {
  const [dir = '', port = '0'] = process.argv.slice(2);
  const server = await startRedisServer({ dir, ...(Number(port) > 0 ? { port: Number(port) } : {}) });
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await server.stop();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.send?.(server.url);
  process.stderr.write(`${await server.died}\n`);
  process.exit(1);
}

await runRedis();
