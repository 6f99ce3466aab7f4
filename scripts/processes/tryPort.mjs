// @ts-check
import { createServer } from 'node:net';

/**
 * Whether a port can be listened on; port 0 asks for any free one.
 *
 * @param {string} host
 * @param {number} port
 * @returns {Promise<number>} the port that was free a moment ago
 * @throws the system's error, for example EADDRINUSE or EACCES
 */
export function tryPort(host, port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      const taken = typeof address === 'object' && address ? address.port : port;
      server.close(() => resolve(taken));
    });
  });
}
