import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { federationFolder } from '@florist/storage/blobs/keys';
import t from 'tap';
import { curl } from '../fixtures/curl.js';
import { submissionForm } from '../fixtures/encodeForm.js';
import { joinTensors, makeAdapter, tensor } from '../fixtures/makeAdapter.js';
import { openFederation } from '../fixtures/openFederation.js';
import { OPERATOR_TOKEN } from '../fixtures/openServices.js';
import { startApi } from '../fixtures/startApi.js';

const api = await startApi(t);
const base = await api.listen();
const tokens = await openFederation(api, 'demo', ['north', 'south']);
const dir = join(api.services.settings.dataDir, 'client');
await mkdir(dir);

/** An adapter far larger than all buffers between curl and the service together; NaN right at its start. */
const big = makeAdapter({ rows: 4096, cols: 4096, rank: 160 });
const poisoned = Buffer.from(big.adapter);
poisoned.writeUInt32LE(0x7fc00000, 8 + Number(poisoned.readBigUInt64LE(0)));
await writeFile(join(dir, 'adapter_config.json'), JSON.stringify(big.config));
await writeFile(join(dir, 'adapter_model.safetensors'), big.adapter);
await writeFile(join(dir, 'poisoned.safetensors'), poisoned);

const FORM = ['-F', 'num_examples=12', '-F', `config=@${dir}/adapter_config.json`];
const GOOD = [...FORM, '-F', `adapter=@${dir}/adapter_model.safetensors`];
const BAD = [...FORM, '-F', `adapter=@${dir}/poisoned.safetensors`];
const EAGER = ['-H', 'Expect:'];
/** All of the adapter would take two seconds: an answer to its beginning is there long before, on any machine. */
const SLOW = ['--limit-rate', '5M'];

function put(client: string, token: string | undefined, ...args: string[]) {
  const url = `${base}/v1/federations/demo/rounds/1/submissions/${client}`;
  return curl('-X', 'PUT', url, '-H', `Authorization: Bearer ${token}`, ...args);
}

async function leftovers(): Promise<string[]> {
  const drafts = await readdir(join(api.services.settings.dataDir, 'blobs', 'tmp'));
  const blobs: string[] = [];
  for await (const key of api.services.blobs.list(federationFolder('demo'))) {
    blobs.push(key);
  }
  return [...drafts, ...blobs];
}

t.test('a client that asks first learns of a refusal without sending its body', async (t) => {
  for (const [client, token, status, code] of [
    ['north', 'wrong', 401, 'token_invalid'],
    ['north', tokens.south, 403, 'role_insufficient'],
    ['nobody', OPERATOR_TOKEN, 404, 'client_not_found'],
  ] as const) {
    const seen = await put(client, token, ...GOOD);
    t.match({ ...seen, body: JSON.parse(seen.body) }, { exit: 0, status, sent: 0, body: { code } });
  }
});

t.test('what else a client may expect is left aside', async (t) => {
  const expecting = ['-H', 'Expect: a-miracle', '-H', `Authorization: Bearer ${OPERATOR_TOKEN}`];
  t.match(await curl(`${base}/v1/federations/demo`, ...expecting), {
    exit: 0,
    status: 200,
    body: /"name":"demo"/,
  });
});

t.test('a client that sends at once sees the refusal, not a reset', async (t) => {
  for (const [client, token, status, code] of [
    ['north', 'wrong', 401, 'token_invalid'],
    ['nobody', OPERATOR_TOKEN, 404, 'client_not_found'],
  ] as const) {
    const seen = await put(client, token, ...EAGER, ...GOOD);
    t.match({ ...seen, body: JSON.parse(seen.body) }, { exit: 0, status, body: { code } });
  }
});

t.test('a refusal in the middle of the body is seen as well, before all of it was sent', async (t) => {
  for (const eager of [[], EAGER]) {
    const seen = await put('north', tokens.north, ...eager, ...SLOW, ...BAD);
    t.match(
      { ...seen, body: JSON.parse(seen.body) },
      { exit: 0, status: 422, body: { code: 'tensor_not_finite' } },
    );
    t.ok(seen.sent < poisoned.byteLength, `${seen.sent} of ${poisoned.byteLength} bytes`);
  }
  t.same(await leftovers(), []);
});

t.test(
  'a client that only listens when it has sent all gets its answer on a connection that stays good',
  async (t) => {
    const { headers, body } = submissionForm({ ...big, adapter: poisoned });
    const request = (path: string, length: number, type = '') =>
      `PUT ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${tokens.north}\r\ncontent-length: ${length}\r\n${type}\r\n`;
    const socket = connect(Number(new URL(base).port), '127.0.0.1');
    const path = '/v1/federations/demo/rounds/1/submissions/north';
    socket.write(request(path, body.byteLength, `content-type: ${headers['content-type']}\r\n`));
    await new Promise<void>((resolve) => socket.write(body, () => resolve()));
    socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    let answer = '';
    for await (const chunk of socket) {
      answer += String(chunk);
    }
    t.match(answer, /^HTTP\/1\.1 422 [\s\S]*tensor_not_finite[\s\S]*HTTP\/1\.1 200 [\s\S]*"ok"/);
  },
);

t.test('a client that goes away leaves nothing', async (t) => {
  const { headers, body } = submissionForm(big);
  const ended = async () =>
    Number(/outcome="refused"\} (\d+)/.exec((await api.call('GET', '/metrics')).text)?.[1]);
  const before = await ended();
  const cuts = [0, 0, 0, 0, 0, 0, 200, 5_000, body.byteLength / 2, body.byteLength - 1];
  for (const [index, sent] of cuts.entries()) {
    const socket = connect(Number(new URL(base).port), '127.0.0.1');
    const head = [
      'PUT /v1/federations/demo/rounds/1/submissions/north HTTP/1.1',
      'host: x',
      `authorization: Bearer ${tokens.north}`,
      `content-type: ${headers['content-type']}`,
      `content-length: ${body.byteLength}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    await new Promise<void>((resolve) => socket.write(body.subarray(0, sent), () => resolve()));
    await new Promise((resolve) => setTimeout(resolve, 3 * index)); // so that it goes at every stage
    socket.destroy();
  }
  while ((await ended()) < before + cuts.length) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  for (let left = await leftovers(); left.length > 0; left = await leftovers()) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  t.match((await api.call('GET', '/v1/federations/demo/rounds/1')).json, { submissionCount: 0 });
});

t.test('an upload announced above the cap is refused by its length', async (t) => {
  const size = 9 * 1024 ** 3;
  const socket = connect(Number(new URL(base).port), '127.0.0.1');
  const type = submissionForm(big).headers['content-type'];
  const path = '/v1/federations/demo/rounds/1/submissions/north';
  socket.write(`PUT ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${tokens.north}\r\n`);
  socket.write(`content-type: ${type}\r\ncontent-length: ${size}\r\nexpect: 100-continue\r\n\r\n`);
  const [answer] = await new Promise<[string]>((resolve) =>
    socket.once('data', (data) => resolve([String(data)])),
  );
  socket.destroy();
  t.match(answer, /^HTTP\/1\.1 413 [\s\S]*safetensors_too_large/);
});

t.test('fields come in any order, and the config as text too', async (t) => {
  const config = `config=<${dir}/adapter_config.json`;
  const adapter = `adapter=@${dir}/adapter_model.safetensors`;
  const first = await put('south', tokens.south, '-F', adapter, '-F', config, '-F', 'num_examples=12');
  t.equal(first.status, 201, first.body);
  const second = await put('south', tokens.south, '-F', config, '-F', 'num_examples=12', '-F', adapter);
  t.equal(second.status, 200);
  t.equal(second.body, first.body);
});

t.test('a length that is left out is no obstacle', async (t) => {
  const chunked = await put('north', tokens.north, '-H', 'Transfer-Encoding: chunked', ...GOOD);
  t.equal(chunked.status, 201, chunked.body);
  t.equal(JSON.parse(chunked.body).bytes, big.adapter.byteLength);
});

t.test('tiny pieces are put together', async (t) => {
  await openFederation(api, 'drip', ['north']);
  const made = makeAdapter();
  const { headers, body } = submissionForm({
    ...made,
    adapter: joinTensors([
      tensor('base_model.model.q.lora_A.weight', [4, 16]),
      tensor('base_model.model.q.lora_B.weight', [24, 4]),
    ]),
  });
  const pieces = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let begin = 0; begin < body.byteLength; begin += 3) {
        controller.enqueue(body.subarray(begin, begin + 3));
      }
      controller.close();
    },
  });
  const response = await fetch(`${base}/v1/federations/drip/rounds/1/submissions/north`, {
    method: 'PUT',
    headers: { ...headers, authorization: `Bearer ${OPERATOR_TOKEN}` },
    body: pieces,
    duplex: 'half',
  });
  t.equal(response.status, 201);
});
