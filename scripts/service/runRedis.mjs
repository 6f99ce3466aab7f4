// @ts-check
import { startRedisServer } from '../../storage/dist/redis/startRedisServer.js';

/** A machine that lost power may leave a file that redis-server does not read. The blobs hold all that matters. */
const DAMAGED =
  '; its append-only file is damaged: move redis/ in the data folder away, then npm run rebuild (docs/operations.md)';

/**
 * The process that holds the managed redis-server: it tells its parent the URL, ends with the server, and
 * takes the server with it. Arguments: folder, port.
 */
async function runRedis() {
  const [dir = '', port = '0'] = process.argv.slice(2);
  const server = await startRedisServer({ dir, ...(Number(port) > 0 ? { port: Number(port) } : {}) }).catch(
    giveUp,
  );
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

/**
 * @param {unknown} error
 * @returns {never}
 */
function giveUp(error) {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n').slice(-1);
  const plain = line.replace(/^\d+:\w .* # /, '');
  process.stderr.write(
    `florist redis: ${plain}${/AOF|append only file/i.test(String(error)) ? DAMAGED : ''}\n`,
  );
  process.exit(1);
}

await runRedis();
