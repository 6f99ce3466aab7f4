import { once } from 'node:events';
import { Agent } from 'node:https';
import { connect, type SecureContextOptions, type TLSSocket } from 'node:tls';
import t from 'tap';
import { askOverTls } from '../fixtures/askOverTls.js';
import { makeAuthority } from '../fixtures/makeCertificates.js';
import { openFederation } from '../fixtures/openFederation.js';
import { OPERATOR_TOKEN, VIEWER_TOKEN } from '../fixtures/openServices.js';
import { startApi } from '../fixtures/startApi.js';

const [authority, stranger] = await Promise.all([
  makeAuthority(t, 'authority'),
  makeAuthority(t, 'stranger'),
]);
const [server, north, south, both, tricky, foreign] = await Promise.all([
  authority.issue('server', 'serverAuth', ['IP:127.0.0.1']),
  authority.issue('north', 'clientAuth', ['URI:florist:demo/north']),
  authority.issue('south', 'clientAuth', ['URI:florist:demo/south']),
  authority.issue('both', 'clientAuth', [
    ...['DNS:edge.example', 'URI:florist:demo/south', 'URI:florist:demo/north'],
  ]),
  authority.issue('tricky', 'clientAuth', ['URI:x, URI:florist:demo/north, URI:y']),
  stranger.issue('foreign', 'clientAuth', ['URI:florist:demo/north']),
]);
const api = await startApi(t, {
  FLORIST_TLS_CERT: server.certFile,
  FLORIST_TLS_KEY: server.keyFile,
  FLORIST_TLS_CLIENT_CA: authority.certFile,
});
const base = (await api.listen()).replace('http:', 'https:');
const token = (await openFederation(api, 'demo', ['north', 'south'])).north;
const FEDERATION = `${base}/v1/federations/demo`;

const ask = (shown: SecureContextOptions, as: string | undefined = token) => {
  const { cert, key } = shown;
  return askOverTls(FEDERATION, { ca: authority.cert, cert, key, token: as });
};

t.test('a token is good beside a certificate of the same client', async (t) => {
  t.equal((await ask(north)).status, 200);
  t.equal((await ask(both)).status, 200, 'among other names');
});

t.test('a stolen token alone is useless', async (t) => {
  const refused = { status: 401, code: 'certificate_required' };
  t.match(await ask({}), { ...refused, text: /with the name URI:florist:demo\/north/ }, 'no certificate');
  t.match(await ask(south), { ...refused, text: /does not have the name/ }, "another client's");
  t.match(await ask(foreign), { ...refused, text: /not valid here/ }, 'one of another CA');
  t.match(await ask(server), refused, "one that is not a client's");
  t.match(await ask(tricky), refused, 'a name that only looks like several');
  t.match((await api.call('GET', '/v1/federations/demo', { token: token ?? '' })).json, {
    code: refused.code,
  });
});

t.test('a certificate without the token is useless too', async (t) => {
  t.match(await ask(north, ''), { status: 401, code: 'token_missing' });
  t.match(await ask(north, `${token?.slice(0, -1)}!`), { status: 401, code: 'token_invalid' });
});

t.test('every request of a connection that is kept alive is held to it', async (t) => {
  for (const [shown, status] of [
    [north, 200],
    [south, 401],
  ] as const) {
    const agent = new Agent({
      ca: authority.cert,
      cert: shown.cert,
      key: shown.key,
      keepAlive: true,
      maxSockets: 1,
    });
    t.teardown(() => agent.destroy());
    for (let request = 0; request < 3; request++) {
      t.match(await askOverTls(FEDERATION, { agent, token }), { status });
    }
  }
});

t.test('operators, viewers and probes need none', async (t) => {
  t.equal((await ask({}, OPERATOR_TOKEN)).status, 200);
  t.equal((await ask({}, VIEWER_TOKEN)).status, 200);
  t.equal((await askOverTls(`${base}/healthz`, { ca: authority.cert })).status, 200);
});

t.test('a resumed session shows what the first one showed', async (t) => {
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    for (const [shown, status] of [
      [north, 200],
      [foreign, 401],
      [{}, 401],
    ] as const) {
      const options = { ca: authority.cert, minVersion: version, maxVersion: version } as const;
      const whole = { ...options, ...('cert' in shown && { cert: shown.cert, key: shown.key }) };
      const session = await sessionOf(whole);
      const answer = await askOverTls(FEDERATION, { ...options, session, token });
      t.match(answer, { status, resumed: true }, `${version} ${status}`);
    }
  }
});

/** The ticket of a session that `options` open. */
async function sessionOf(options: SecureContextOptions): Promise<Buffer> {
  const socket: TLSSocket = connect({ ...options, host: '127.0.0.1', port: Number(new URL(base).port) });
  const ticket = once(socket, 'session');
  socket.write('GET /healthz HTTP/1.1\r\nhost: florist\r\nconnection: close\r\n\r\n');
  const [session]: Buffer[] = await ticket;
  socket.destroy();
  if (session === undefined) throw new Error('no ticket');
  return session;
}
