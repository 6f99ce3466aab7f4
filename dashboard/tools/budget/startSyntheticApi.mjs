// @ts-check
import { createServer } from 'node:http';
import { FEDERATION, syntheticRound } from './syntheticRound.mjs';

/**
 * Answers for the api with one large round, since to make such a round in earnest takes gigabytes. It stands in
 * for measuring pages only; what pages do is tested against the service itself.
 *
 * @returns {Promise<{ url: string, round: number, stop: () => Promise<void> }>}
 */
export async function startSyntheticApi() {
  const data = syntheticRound();
  const base = `/v1/federations/${FEDERATION}`;
  const round = `${base}/rounds/${data.round.number}`;
  /** @type {Map<string, unknown>} */
  const answers = new Map(
    Object.entries({
      '/v1/identity': { role: 'operator', token: 'settings' },
      '/v1/federations': { items: [data.federation] },
      [base]: data.federation,
      [`${base}/clients`]: { items: data.clients },
      [`${base}/rounds`]: { items: data.rounds },
      [round]: data.round,
      [`${round}/submissions`]: { items: data.receipts },
      [`${round}/adapters`]: data.adapters,
      [`${round}/spectrum`]: data.spectrum,
      [`${round}/comparison`]: data.comparison,
      [`${round}/similarity`]: data.similarity,
      '/readyz': { status: 'ok' },
      '/v1/system': data.system,
    }).map(([path, body]) => [path, JSON.stringify(body)]),
  );
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === `${base}/events`) {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('id: 0\n\n');
    } else if (pathname === `${base}/rounds`) {
      const items = data.rounds.slice(0, Number(searchParams.get('limit') ?? 100));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ items }));
    } else if (/\/submissions$/.test(pathname)) {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(answers.get(`${round}/submissions`));
    } else if (answers.has(pathname)) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(answers.get(pathname));
    } else {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    round: data.round.number,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
