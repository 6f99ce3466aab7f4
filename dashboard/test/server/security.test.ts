import t from 'tap';
import { isAllowed } from '#server/api/allowedPaths.ts';
import { contentSecurityPolicy } from '#server/security/contentSecurityPolicy.ts';
import { isSameOrigin } from '#server/security/isSameOrigin.ts';
import { decodeSession, encodeSession, sessionCookieOptions } from '#server/session/sessionCookie.ts';

t.test('scripts run by nonce alone', async (t) => {
  const policy = contentSecurityPolicy({ script: 'abc', style: 'xyz' }, false);
  const scripts = policy.split('; ').find((directive) => directive.startsWith('script-src'));
  t.match(scripts, /'nonce-abc'/);
  t.notMatch(policy, /unsafe-eval/);
  t.notMatch(scripts, /unsafe-inline|xyz/);
  t.match(policy, /frame-ancestors 'none'/);
});

t.test('changes are taken from this origin alone', async (t) => {
  const asks = (headers: Record<string, string>) => isSameOrigin(new Headers(headers));
  t.equal(asks({ 'sec-fetch-site': 'same-origin' }), true);
  t.equal(asks({ 'sec-fetch-site': 'cross-site', origin: 'http://me', host: 'me' }), false);
  t.equal(asks({ 'sec-fetch-site': 'same-site' }), false);
  t.equal(asks({ origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' }), true);
  t.equal(asks({ origin: 'http://evil.example', host: '127.0.0.1:3000' }), false);
  t.equal(asks({ origin: 'null', host: '127.0.0.1:3000' }), false);
  t.equal(asks({ host: '127.0.0.1:3000' }), false);
});

t.test('only paths of the contract pass, and submitting is not among them', async (t) => {
  t.ok(isAllowed('GET', '/v1/federations/a/rounds/latest'));
  t.ok(isAllowed('GET', '/v1/federations/a/rounds/3/adapter/adapter_model.safetensors'));
  t.ok(isAllowed('POST', '/v1/federations/a/rounds/3/adapters/a2/promote'));
  t.notOk(isAllowed('PUT', '/v1/federations/a/rounds/3/submissions/b'));
  t.notOk(isAllowed('GET', '/metrics'));
  t.notOk(isAllowed('GET', '/v1/federations/a/rounds/3/adapter/adapter_modelXsafetensors'));
  t.notOk(isAllowed('DELETE', '/v1/federations/a/rounds/3'));
  t.notOk(isAllowed('TRACE', '/v1/federations'));
});

t.test('sessions survive their cookie, and nothing else makes one', async (t) => {
  for (const limited of [false, true]) {
    const session = { role: 'viewer', limited, token: 'florist_x.y.z' } as const;
    t.same(decodeSession(encodeSession(session)), session);
  }
  for (const value of [undefined, '', 'operator', 'root.token', '-limited.token', 'viewer.', 'viewer.a b']) {
    t.equal(decodeSession(value), undefined, String(value));
  }
  t.match(sessionCookieOptions(true), { httpOnly: true, sameSite: 'strict', secure: true, path: '/' });
});
