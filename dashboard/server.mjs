import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

process.env.NEXT_TELEMETRY_DISABLED = '1';
process.env.NODE_ENV = 'production';

const PORT_MAX = 65_535;
const CLOSE_MS = 3000; // live streams end at once, other answers get this long

const host = process.env.HOST || '127.0.0.1';
const port = Number(process.env.DASHBOARD_PORT || 3000);
if (!Number.isInteger(port) || port < 0 || port > PORT_MAX) {
  console.error(`DASHBOARD_PORT must be a port from 0 to ${PORT_MAX}, got ${process.env.DASHBOARD_PORT}`);
  process.exit(1);
}

for (const name of ['FLORIST_API_URL', 'FLORIST_PUBLIC_API_URL']) {
  const url = process.env[name];
  if (url && !/^https?:\/\/[^\s/?#]+[^\s?#]*$/i.test(url)) {
    console.error(`${name} must be an http:// or https:// URL, got ${url}`);
    process.exit(1);
  }
}

// imported late, so that Next sees the environment above
const { default: next } = await import('next');
const app = next({ dev: false, dir: fileURLToPath(new URL('.', import.meta.url)), hostname: host, port });
const handle = app.getRequestHandler();
await app.prepare();

const server = createServer((request, response) => {
  // as every proxy does: what the reader claims comes first, where the request really came from last
  const forwarded = [request.headers['x-forwarded-for'], request.socket.remoteAddress].filter(Boolean);
  request.headers['x-forwarded-for'] = forwarded.join(', ');
  return handle(request, response);
});
server.on('error', (error) => {
  console.error(`The dashboard cannot listen on ${host}:${port}: ${error.message}`);
  process.exit(1);
});
server.listen(port, host, () => {
  const { port: actual } = server.address();
  process.env.DASHBOARD_PORT = String(actual);
  console.log(`Dashboard on http://${host.includes(':') ? `[${host}]` : host}:${actual}`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    setTimeout(() => server.closeAllConnections(), CLOSE_MS).unref();
    server.closeIdleConnections();
  });
}
