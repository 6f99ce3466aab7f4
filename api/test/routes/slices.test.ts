import { readFileSync } from 'node:fs';
import { toFloat64 } from '@florist/core/kernel/convert';
import type { Dtype } from '@florist/core/kernel/kernel';
import { factorNames } from '@florist/core/peft/factorNames';
import { readAdapter } from '@florist/core/peft/readAdapter';
import { readConfig } from '@florist/core/peft/readConfig';
import { parseHeader } from '@florist/core/safetensors/parseHeader';
import t, { type Test } from 'tap';
import { submissionForm } from '../fixtures/encodeForm.js';
import { isProblem } from '../fixtures/isProblem.js';
import { joinTensors, MODULES, makeAdapter, tensor } from '../fixtures/makeAdapter.js';
import { openFederation } from '../fixtures/openFederation.js';
import { VIEWER_TOKEN } from '../fixtures/openServices.js';
import { type CallOptions, startApi } from '../fixtures/startApi.js';
import { startProcess } from '../fixtures/startProcess.js';
import { submit, submitForm } from '../fixtures/submit.js';

/** Of ‖ΔW‖: factors in float32, and in float16. */
const ERROR_MAX: Partial<Record<Dtype, number>> = { F32: 1e-6, F16: 1e-3 };
const GOLDEN = new URL('../../../core/test/golden/heterogeneous/', import.meta.url);
const ROUND = '/v1/federations/golden/rounds/1';
const FILES = ['adapter_model.safetensors', 'adapter_config.json'] as const;

interface Expected {
  numExamples: number[];
  modules: Record<string, { shape: [number, number]; singularValues: number[] }>;
}

const api = await startApi(t);
startProcess(t, 'worker/dist/main.js', api.env);

const read = (path: string) => readFileSync(new URL(path, GOLDEN));
const expected: Expected = JSON.parse(read('expected.json').toString());
const deltas = tensorsOf(read('delta_w.safetensors'));
const clients = expected.numExamples.map((_, k) => `client-${k}`);
const ranks = clients.map(
  (client) => JSON.parse(read(`${client}/adapter_config.json`).toString()).r as number,
);

const aggregation = { method: 'flexlora' };
const tokens = await openFederation(api, 'golden', clients, { aggregation });
for (const [k, client] of clients.entries()) {
  const made = {
    config: JSON.parse(read(`${client}/adapter_config.json`).toString()),
    adapter: read(`${client}/adapter_model.safetensors`),
  };
  await submitForm(api, `${ROUND}/submissions/${client}`, submissionForm(made, expected.numExamples[k]));
}
await api.call('POST', `${ROUND}/close`);
await published(ROUND, 'a1');
const FLORIST = await derive({ method: 'florist', rank: { policy: 'energy', tau: 0.99 } });
const HALF = await derive({ method: 'flexlora', dtype: 'F16' });

const model = (query: string, options?: CallOptions) =>
  api.call('GET', `${ROUND}/adapter/${FILES[0]}${query}`, options);
const config = (query: string) => api.call('GET', `${ROUND}/adapter/${FILES[1]}${query}`);

t.test('a slice is the best approximation of its rank, and its config and tensors agree', async (t) => {
  for (const [adapter, dtype] of [
    ['a1', 'F32'],
    [FLORIST, 'F32'],
    [HALF, 'F16'],
  ] as const) {
    for (const rank of [1, 2, 5, 16, 40]) {
      await holdsTo(t, `?adapter=${adapter}&rank=${rank}`, dtype, () => rank);
    }
  }
});

t.test('a client gets the ranks that it submitted, as FlexLoRA serves it', async (t) => {
  let totalRank = 0;
  let parameters = 0;
  for (const [k, client] of clients.entries()) {
    const found = await holdsTo(t, `?client=${client}`, 'F32', () => ranks[k] ?? 0);
    totalRank += found.reduce((sum, { rank }) => sum + rank, 0) / clients.length;
    parameters += found.reduce((sum, { rank, shape: [m, n] }) => sum + rank * (m + n), 0) / clients.length;
    const florist = await holdsTo(t, `?adapter=${FLORIST}&client=${client}`, 'F32', () => ranks[k] ?? 0);
    t.ok(florist.every(({ rank }) => rank <= (ranks[k] ?? 0)));
  }
  const { methods } = (await api.call('GET', `${ROUND}/comparison`)).json;
  const { totalRank: mean, ...cost } = methods.find(
    ({ method }: { method: string }) => method === 'flexlora',
  );
  t.ok(Math.abs(mean - totalRank) < 1e-9, `the comparison says ${mean}, slices have ${totalRank}`);
  t.ok(Math.abs(cost.parameters - parameters) < 1e-6, `${cost.parameters} and ${parameters} parameters`);
});

t.test('a rank and a client together are the smaller of the two', async (t) => {
  const client = clients.at(-1);
  t.same((await model(`?client=${client}&rank=3`)).bytes, (await model('?rank=3')).bytes);
  t.same((await model(`?client=client-0&rank=60`)).bytes, (await model('?client=client-0')).bytes);
});

t.test('what cuts nothing is the adapter itself, under its own tag', async (t) => {
  const whole = await model('');
  const uncut = await model('?rank=1000');
  t.same(uncut.bytes, whole.bytes);
  t.equal(uncut.headers.etag, whole.headers.etag);
  t.same((await config('?rank=1000')).bytes, (await config('')).bytes);
});

t.test('tags are strong and tell slices apart; equal slices have equal ones', async (t) => {
  const queries = [
    '',
    '?rank=1',
    '?rank=2',
    `?adapter=${FLORIST}`,
    `?adapter=${FLORIST}&rank=2`,
    '?client=client-0',
  ];
  const answers = await Promise.all(queries.map((query) => model(query)));
  t.equal(new Set(answers.map(({ headers }) => headers.etag)).size, queries.length);
  for (const { headers } of answers) t.match(headers.etag, /^"[0-9a-f]{64}"$/);
  t.equal((await model('?rank=4')).headers.etag, (await model('?client=client-0')).headers.etag);
  t.not((await config('?rank=1')).headers.etag, (await config('?rank=2')).headers.etag);
});

t.test('HEAD, If-None-Match, Range and If-Range do for a slice what they do for a file', async (t) => {
  const path = `${ROUND}/adapter/${FILES[0]}?rank=3`;
  const whole = await api.call('GET', path);
  const etag = String(whole.headers.etag);
  const total = whole.bytes.byteLength;
  t.match(whole.headers, { 'content-length': String(total), 'accept-ranges': 'bytes' });
  const head = await api.call('HEAD', path);
  t.match(head, { status: 200, headers: { etag, 'content-length': String(total) } });
  t.equal(head.bytes.byteLength, 0);
  const known = await api.call('GET', path, { headers: { 'if-none-match': etag } });
  t.match(known, { status: 304, headers: { etag } });
  const other = String((await model('?rank=2')).headers.etag);
  t.equal((await api.call('GET', path, { headers: { 'if-none-match': other } })).status, 200);

  const pieces: Buffer[] = [];
  for (let begin = 0; begin < total; begin += 211) {
    const headers = { range: `bytes=${begin}-${begin + 210}`, 'if-range': etag };
    const answer = await api.call('GET', path, { headers });
    const end = Math.min(begin + 211, total);
    t.match(answer, { status: 206, headers: { 'content-range': `bytes ${begin}-${end - 1}/${total}` } });
    t.equal(answer.headers['content-length'], String(end - begin));
    pieces.push(answer.bytes);
  }
  t.same(Buffer.concat(pieces), whole.bytes);
  const changed = await api.call('GET', path, { headers: { range: 'bytes=9-', 'if-range': other } });
  t.equal(changed.status, 200);
  const beyond = await api.call('GET', path, { headers: { range: `bytes=${total}-` } });
  isProblem(t, beyond, 'range_not_satisfiable');
  t.equal(beyond.headers['content-range'], `bytes */${total}`);
});

t.test('adapters without an order of their columns cannot be cut', async (t) => {
  for (const method of ['fedit', 'flora']) {
    const adapter = await derive({ method });
    for (const query of [`?adapter=${adapter}&rank=2`, `?adapter=${adapter}&client=client-1`]) {
      isProblem(t, await model(query), 'adapter_not_sliceable', method);
      isProblem(t, await config(query), 'adapter_not_sliceable', method);
      t.equal((await api.call('HEAD', `${ROUND}/adapter/${FILES[0]}${query}`)).status, 409);
    }
    t.equal((await model(`?adapter=${adapter}`)).status, 200);
  }
  const round = '/v1/federations/frozen/rounds/1';
  await openFederation(api, 'frozen', ['north'], { aggregation: { method: 'ffa-lora' } });
  await submit(api, 'frozen', 'north');
  await api.call('POST', `${round}/close`);
  await published(round, 'a1');
  isProblem(t, await api.call('GET', `${round}/adapter/${FILES[0]}?rank=1`), 'adapter_not_sliceable');
});

t.test('a rank that is none, and clients that have none, are refused by name', async (t) => {
  for (const rank of ['0', '-1', '2.5', 'many', '', '65537', '1&rank=2']) {
    const answer = await model(`?rank=${rank}`);
    isProblem(t, answer, 'request_invalid', rank);
    t.match(answer.json.errors, [{ field: /rank/ }], rank);
  }
  isProblem(t, await model('?client=nobody'), 'client_not_found');
  await api.call('PUT', '/v1/federations/golden/clients/late');
  isProblem(t, await model('?client=late'), 'submission_not_found');
  isProblem(t, await config('?client=late'), 'submission_not_found');
  isProblem(t, await model('?client=../client-0'), 'request_invalid');
  isProblem(t, await model('?adapter=a99&rank=1'), 'adapter_not_found');
});

t.test('a client asks in its own name only; operators and viewers in any', async (t) => {
  const token = tokens['client-0'];
  t.equal((await model('?client=client-0', { token })).status, 200);
  t.equal((await model('?rank=2', { token })).status, 200);
  for (const other of ['client-1', 'nobody', 'client-0&client=client-1']) {
    isProblem(t, await model(`?client=${other}`, { token }), 'role_insufficient', other);
  }
  t.equal((await model('?client=client-1', { token: VIEWER_TOKEN })).status, 200);
});

t.test(
  'modules that a client does not have are left out of its slice, and each has a rank of its own',
  async (t) => {
    const round = '/v1/federations/partial/rounds/1';
    const [q, v] = MODULES as [string, string];
    const settings = { aggregation: { method: 'flexlora', missingModules: 'zero' } };
    await openFederation(api, 'partial', ['whole', 'narrow'], settings);
    const tensors = [
      ...[tensor(factorNames(q).a, [4, 16], 'F32', 1), tensor(factorNames(q).b, [24, 4], 'F32', 2)],
      ...[tensor(factorNames(v).a, [2, 16], 'F32', 3), tensor(factorNames(v).b, [24, 2], 'F32', 4)],
    ];
    const { config } = makeAdapter({ rank: 2, config: { rank_pattern: { q_proj: 4 } } });
    const whole = submissionForm({ config, adapter: joinTensors(tensors) });
    t.equal((await submitForm(api, `${round}/submissions/whole`, whole)).status, 201);
    const narrow = submissionForm(makeAdapter({ modules: [v], rank: 1, seed: 5 }));
    t.equal((await submitForm(api, `${round}/submissions/narrow`, narrow)).status, 201);
    await api.call('POST', `${round}/close`);
    await published(round, 'a1');
    const ranksOf = async (client: string) => {
      const files = FILES.map((name) => api.call('GET', `${round}/adapter/${name}?client=${client}`));
      const [file, settings] = await Promise.all(files);
      if (file === undefined || settings === undefined) throw new Error('no files');
      const { modules } = readAdapter(
        parseHeader(file.bytes, file.bytes.byteLength),
        readConfig(settings.json),
      );
      return Object.fromEntries(modules.map(({ name, rank }) => [name, rank]));
    };
    t.same(await ranksOf('whole'), { [q]: 4, [v]: 2 });
    t.same(await ranksOf('narrow'), { [v]: 1 });
    const { methods } = (await api.call('GET', `${round}/comparison`)).json;
    t.match(
      methods.find(({ method }: { method: string }) => method === 'flexlora'),
      { totalRank: (4 + 2 + 1) / 2, parameters: ((4 + 2 + 1) * 40) / 2 },
    );
  },
);

t.test('a client whose submission the weighting dropped still has its modules, and its ranks', async (t) => {
  const round = '/v1/federations/dropped/rounds/1';
  const weighting = { by: 'uniform', robust: { dropCosine: { below: 0.5 } } };
  const aggregation = { method: 'flexlora', missingModules: 'zero', weighting };
  await openFederation(api, 'dropped', ['east', 'north', 'south', 'stray'], { aggregation });
  for (const client of ['east', 'north', 'south']) await submit(api, 'dropped', client, { modules: ['mlp'] });
  await submit(api, 'dropped', 'stray', { modules: ['head'] });
  await api.call('POST', `${round}/close`);
  await published(round, 'a1');
  const answer = await api.call('GET', `${round}/adapter/${FILES[0]}?client=stray`);
  const { tensors } = parseHeader(answer.bytes, answer.bytes.byteLength);
  // nobody else has the module, so its mean is zero: rank 1 of zeros
  t.same(
    tensors.map(({ name, shape }) => [name, shape]),
    [
      [factorNames('head').a, [1, 16]],
      [factorNames('head').b, [24, 1]],
    ],
  );
});

/**
 * Fetches both files of a slice, and compares: ranks, the scaling of 1, and the distance of its product to the exact
 * ΔW, which no adapter of that rank can beat.
 */
async function holdsTo(t: Test, query: string, dtype: Dtype, rankOf: (module: string) => number) {
  const [file, settings] = await Promise.all([model(query), config(query)]);
  t.equal(file.status, 200, query);
  t.equal(file.headers['content-length'], String(file.bytes.byteLength));
  const header = parseHeader(file.bytes, file.bytes.byteLength);
  const { modules } = readAdapter(header, readConfig(settings.json));
  const tensors = tensorsOf(file.bytes);
  t.equal(modules.length, Object.keys(expected.modules).length);
  for (const { name, rank, scale, shape } of modules) {
    const { singularValues } = expected.modules[name] ?? { singularValues: [] };
    const delta = deltas.get(name) ?? new Float64Array(0);
    t.equal(scale, 1, 'PEFT scales by 1');
    t.equal(rank, Math.min(rankOf(name), await wholeRank(query, name)), `rank of ${name} under ${query}`);
    const error = distance(tensors, name, shape, delta);
    const least = Math.hypot(...singularValues.slice(rank));
    const off = Math.abs(error - least) / Math.hypot(...singularValues);
    t.ok(off < (ERROR_MAX[dtype] ?? 0), `${name}: ${error} from ΔW at rank ${rank}, ${least} at best`);
  }
  return modules;
}

/** The rank at which the adapter of a query is published. */
async function wholeRank(query: string, module: string): Promise<number> {
  const adapter = /adapter=(a\d+)/.exec(query)?.[1] ?? 'a1';
  const { modules } = (await api.call('GET', `${ROUND}/spectrum?adapter=${adapter}`)).json;
  return modules.find(({ name }: { name: string }) => name === module).rank;
}

/** ‖ΔW − B_g A_g‖ in float64. */
function distance(
  tensors: Map<string, Float64Array>,
  module: string,
  [m, n]: [number, number],
  delta: Float64Array,
): number {
  const b = tensors.get(`base_model.model.${module}.lora_B.weight`) ?? new Float64Array(0);
  const a = tensors.get(`base_model.model.${module}.lora_A.weight`) ?? new Float64Array(0);
  const p = a.length / n;
  const rest = Float64Array.from(delta);
  for (let i = 0; i < m; i++) {
    for (let k = 0; k < p; k++) {
      for (let j = 0; j < n; j++) rest[i * n + j] = at(rest, i * n + j) - at(b, i * p + k) * at(a, k * n + j);
    }
  }
  return Math.hypot(...rest);
}

const at = (values: Float64Array, index: number) => values[index] ?? Number.NaN;

/** Every tensor of a safetensors file as float64. */
function tensorsOf(file: Uint8Array): Map<string, Float64Array> {
  const { tensors } = parseHeader(file, file.byteLength);
  return new Map(
    tensors.map(({ name, dtype, begin, end }) => {
      const bytes = Uint8Array.from(file.subarray(begin, end));
      if (dtype === 'F64') return [name, new Float64Array(bytes.buffer)];
      return [name, toFloat64(bytes, dtype === 'F16' ? 'F16' : 'F32')];
    }),
  );
}

async function derive(aggregation: object): Promise<string> {
  const { json } = await api.call('POST', `${ROUND}/adapters`, { body: { aggregation } });
  await published(ROUND, json.id);
  return json.id;
}

async function published(round: string, adapter: string): Promise<void> {
  for (;;) {
    const { items } = (await api.call('GET', `${round}/adapters`)).json;
    const { state, error } = items.find(({ id }: { id: string }) => id === adapter);
    if (state === 'published') return;
    if (state === 'failed') throw new Error(`${adapter} failed: ${JSON.stringify(error)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
