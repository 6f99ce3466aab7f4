import t, { type Test } from 'tap';
import { isProblem } from '../fixtures/isProblem.js';
import { openFederation } from '../fixtures/openFederation.js';
import { adapterPublished, playRound } from '../fixtures/playRound.js';
import { type Product, productsOf, relativeError, sumOf } from '../fixtures/products.js';
import { randomAdapter } from '../fixtures/randomAdapter.js';
import { type Answer, startApi } from '../fixtures/startApi.js';
import { startProcess } from '../fixtures/startProcess.js';

/** Of the norm of the sum. */
const ERROR_MAX = 1e-5;
const MODEL = 'adapter_model.safetensors';
const CONFIG = 'adapter_config.json';
const [Q, K, V] = ['q_proj', 'k_proj', 'v_proj'].map((name) => `model.layers.0.self_attn.${name}`);

/** Modules that come and go, ranks that differ, an update of zeros, and a small one after it. */
const ROUNDS = [
  { modules: [Q, V], size: 1 },
  { modules: [Q], size: 3 },
  { modules: [Q, V], size: 0 },
  { modules: [Q, K, V], size: 0.01 },
  { modules: [K, V], size: 1 },
];

t.setTimeout(300_000);
const api = await startApi(t);
const worker = startProcess(t, 'worker/dist/main.js', api.env);
await worker.says(/worker ready/);
const path = '/v1/federations/demo';
const tokens = await openFederation(api, 'demo', ['north', 'south'], {
  aggregation: { missingModules: 'zero', rank: { policy: 'energy', tau: 0.95 } },
});
const token = tokens.north ?? '';
const published: Map<string, Product>[] = [];
for (const [index, { modules, size }] of ROUNDS.entries()) {
  const round = index + 1;
  if (round > 1) await api.call('POST', `${path}/rounds`);
  const made = (seed: number, rank: number) =>
    randomAdapter({ modules: modules.map(String), rank, size, seed: 10 * round + seed });
  await playRound(api, 'demo', round, {
    north: { made: made(1, 3), numExamples: 100 },
    south: { made: made(2, 2 + round), numExamples: 60 },
  });
  published.push(await productsAt(`${path}/rounds/${round}/adapter`, ''));
}

async function productsAt(at: string, query: string): Promise<Map<string, Product>> {
  const [model, config] = [await ready(`${at}/${MODEL}${query}`), await ready(`${at}/${CONFIG}${query}`)];
  for (const [, alpha] of Object.entries(config.json.alpha_pattern)) {
    if (!Object.values(config.json.rank_pattern).includes(alpha)) throw new Error('alpha is not r');
  }
  return productsOf(model.bytes, config.json);
}

/** Asks as a client does, until the file is there. */
async function ready(url: string, as = token): Promise<Answer> {
  for (;;) {
    const answer = await api.call('GET', url, { token: as });
    if (answer.status !== 202) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isSum(t: Test, made: Map<string, Product>, of: readonly Map<string, Product>[]): void {
  const wanted = sumOf(of);
  t.strictSame([...made.keys()].sort(), [...wanted.keys()].sort(), 'every module of any of the rounds');
  for (const [name, { rank, values }] of wanted) {
    const product = made.get(name);
    const error = relativeError(product?.values ?? new Float64Array(0), values);
    t.ok(error <= ERROR_MAX, `${name} is off by ${error}`);
    t.ok(product !== undefined && product.rank <= rank, `${name}: rank ${product?.rank} of ${rank}`);
  }
}

for (let since = 0; since < ROUNDS.length; since++) {
  for (let through = since + 1; through <= ROUNDS.length; through++) {
    t.test(`the rounds after ${since} up to ${through} are one adapter`, async (t) => {
      const made = await productsAt(`${path}/adapter`, `?since=${since}&through=${through}`);
      isSum(t, made, published.slice(since, through));
    });
  }
}

t.test('a round of zeros adds up to rank 1 of zeros, and nothing to the others', async (t) => {
  const alone = await productsAt(`${path}/adapter`, '?since=2&through=3&tau=0.9');
  for (const { rank, values } of alone.values()) {
    t.equal(rank, 1);
    t.ok(values.every((value) => value === 0));
  }
});

t.test('without since it is the adapter of the latest published round', async (t) => {
  const answer = await api.call('GET', `${path}/adapter/${MODEL}`, { token });
  t.equal(answer.status, 200);
  t.same(answer.bytes, (await api.call('GET', `${path}/rounds/5/adapter/${MODEL}`)).bytes);
  t.equal(answer.headers['florist-through'], '5');
  await api.call('POST', `${path}/rounds`);
  t.equal((await api.call('GET', `${path}/adapter/${CONFIG}`)).headers['florist-through'], '5');
  t.equal((await api.call('GET', `${path}/rounds/latest`)).json.state, 'collecting');
});

t.test('one round alone is served as it was published, at once', async (t) => {
  const answer = await api.call('GET', `${path}/adapter/${MODEL}?since=4`, { token });
  t.equal(answer.status, 200);
  t.equal(answer.headers.etag, (await api.call('HEAD', `${path}/rounds/5/adapter/${MODEL}`)).headers.etag);
  t.match((await api.call('GET', `${path}/adapter/lineage?since=4`)).json, { round: 5, adapter: 'a1' });
});

t.test('says what it waits for, and the file has tag, ranges and the round it leads to', async (t) => {
  const url = `${path}/adapter/${MODEL}?since=1&tau=0.8&dtype=F16`;
  const first = await api.call('GET', url, { token });
  t.equal(first.status, 202);
  t.equal(first.headers['retry-after'], '2');
  t.match(first.json, { state: 'making', since: 1, through: 5, rounds: 4, tau: 0.8, dtype: 'F16' });
  const whole = await ready(url);
  t.match(whole.headers, { 'florist-through': '5', 'accept-ranges': 'bytes' });
  const range = await api.call('GET', url, { token, headers: { range: 'bytes=8-19' } });
  t.equal(range.status, 206);
  t.same(range.bytes, whole.bytes.subarray(8, 20));
  const etag = String(whole.headers.etag);
  t.equal((await api.call('GET', url, { token, headers: { 'if-none-match': etag } })).status, 304);
  const head = await api.call('HEAD', url, { token });
  t.match(head.headers, { etag, 'content-length': String(whole.bytes.byteLength) });
  const { json } = await api.call('GET', `${path}/adapter/lineage?since=1&tau=0.8&dtype=F16`, { token });
  t.match(json, { tau: 0.8, dtype: 'F16', result: { sha256: etag.slice(1, -1) } });
  t.strictSame(
    json.sources.map(({ round }: { round: number }) => round),
    [2, 3, 4, 5],
  );
});

t.test('less of the energy is a smaller adapter, as far off as τ allows', async (t) => {
  const made = await productsAt(`${path}/adapter`, '?since=0&tau=0.9');
  const wanted = sumOf(published);
  for (const [name, { rank, values }] of made) {
    const exact = wanted.get(name)?.values ?? new Float64Array(0);
    t.ok(relativeError(values, exact) <= Math.sqrt(1 - 0.9) + ERROR_MAX, name);
    t.ok(rank < (wanted.get(name)?.rank ?? 0));
  }
});

t.test('nothing newer is no content, and what cannot be is a problem', async (t) => {
  t.equal((await api.call('GET', `${path}/adapter/${MODEL}?since=5`, { token })).status, 204);
  t.equal((await api.call('GET', `${path}/adapter/${CONFIG}?since=3&through=3`, { token })).status, 204);
  isProblem(t, await api.call('GET', `${path}/adapter/${MODEL}?since=7`, { token }), 'round_not_found');
  isProblem(t, await api.call('GET', `${path}/adapter/${MODEL}?tau=0.5`, { token }), 'request_invalid');
  for (const query of [
    'since=-1',
    'since=1.5',
    'since=x',
    'since=1&tau=0',
    'since=1&tau=1.1',
    'since=1&dtype=F64',
  ]) {
    isProblem(
      t,
      await api.call('GET', `${path}/adapter/${MODEL}?${query}`, { token }),
      'request_invalid',
      query,
    );
  }
  await openFederation(api, 'fresh', ['north']);
  isProblem(t, await api.call('GET', `/v1/federations/fresh/adapter/${MODEL}`), 'round_not_published');
  t.equal((await api.call('GET', `/v1/federations/fresh/adapter/${MODEL}?since=0`)).status, 204);
});

t.test('many who ask at once share one job', async (t) => {
  const before = await eventCount('sum.requested');
  const parts = worker.output().stdout.split('part summed').length;
  const url = `${path}/adapter/${MODEL}?since=0&tau=0.77`;
  const answers = await Promise.all(Array.from({ length: 20 }, () => api.call('GET', url, { token })));
  t.ok(answers.every(({ status }) => status === 202 || status === 200));
  const files = await Promise.all(Array.from({ length: 20 }, () => ready(url)));
  t.equal(new Set(files.map(({ headers }) => headers.etag)).size, 1);
  t.equal((await eventCount('sum.requested')) - before, 1);
  // one part for each of the three modules
  t.equal(worker.output().stdout.split('part summed').length - parts, 3);
});

t.test('another adapter that is promoted makes another sum', async (t) => {
  const url = `${path}/adapter/${MODEL}?since=0`;
  const before = await ready(url);
  const body = { aggregation: { rank: { policy: 'fixed', rank: 1 } } };
  await api.call('POST', `${path}/rounds/2/adapters`, { body });
  await adapterPublished(api, `${path}/rounds/2`, 'a2');
  t.equal((await ready(url)).headers.etag, before.headers.etag, 'derived is not promoted');
  t.equal((await api.call('POST', `${path}/rounds/2/adapters/a2/promote`)).status, 200);
  t.equal((await api.call('GET', url, { token })).status, 202);
  t.not((await ready(url)).headers.etag, before.headers.etag);
  const second = await productsAt(`${path}/rounds/2/adapter`, '');
  isSum(t, await productsAt(`${path}/adapter`, '?since=0'), [
    ...published.slice(0, 1),
    second,
    ...published.slice(2),
  ]);
  await api.call('POST', `${path}/rounds/2/adapters/a1/promote`);
  t.equal(
    (await api.call('GET', url, { token })).headers.etag,
    before.headers.etag,
    'the first is still there',
  );
});

t.test('what cannot be made tells why', async (t) => {
  const { north } = await openFederation(api, 'huge', ['north']);
  const made = (seed: number) =>
    randomAdapter({ modules: [String(Q)], rank: 2, seed, size: 1e7, alpha: 2e3 });
  await playRound(api, 'huge', 1, { north: { made: made(1) } });
  await api.call('POST', '/v1/federations/huge/rounds');
  await playRound(api, 'huge', 2, { north: { made: made(2) } });
  isProblem(
    t,
    await ready(`/v1/federations/huge/adapter/${MODEL}?since=0&dtype=F16`, north),
    'dtype_overflow',
  );
});

async function eventCount(type: string): Promise<number> {
  const entries = await api.services.ledger.redis.xrange('florist:{demo}:events', '-', '+');
  return entries.filter(([, [, data]]) => JSON.parse(data ?? '{}').type === type).length;
}
