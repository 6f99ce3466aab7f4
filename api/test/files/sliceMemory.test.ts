import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { factorNames } from '@florist/core/peft/factorNames';
import { encodeHeader } from '@florist/core/safetensors/encodeHeader';
import { publishAdapter } from '@florist/storage/adapters/publishAdapter';
import { ADAPTER_FILE, adapterFolder } from '@florist/storage/blobs/keys';
import { listPending } from '@florist/storage/rounds/listPending';
import t from 'tap';
import { openFederation } from '../fixtures/openFederation.js';
import { OPERATOR_TOKEN, openServices } from '../fixtures/openServices.js';
import { startServer } from '../fixtures/startServer.js';
import { submit } from '../fixtures/submit.js';

const MEBIBYTE = 2 ** 20;
/** Size of the adapter in MB. */
const ADAPTER_MB = Number(process.env.FLORIST_TEST_SLICE_MB ?? 256);
/** What serving slices of it may add to the service, in MB: a few chunks, and what is not collected yet. */
const GROWTH_MAX_MB = 96;
const RANK = 64;
const LAYERS = 4;
const MODEL = `/v1/federations/big/rounds/1/adapter/${ADAPTER_FILE}`;

const { services, env, close } = await openServices(t.testdir({}));
t.teardown(close);

/** Tensors of zeros in float32, so large that holding one of them would show. */
const side = Math.round((ADAPTER_MB * MEBIBYTE) / LAYERS / 2 / RANK / 4);
const tensors = Array.from({ length: LAYERS }, (_, layer) => factorNames(`layers.${layer}.q_proj`)).flatMap(
  ({ a, b }) => [
    { name: a, dtype: 'F32', shape: [RANK, side] },
    { name: b, dtype: 'F32', shape: [side, RANK] },
  ],
);

async function* fileBytes(): AsyncGenerator<Uint8Array> {
  yield encodeHeader(tensors);
  const zeros = Buffer.alloc(MEBIBYTE);
  for (let left = tensors.length * side * RANK * 4; left > 0; left -= MEBIBYTE) {
    yield zeros.subarray(0, Math.min(left, MEBIBYTE));
  }
}

t.test('the memory of cutting an adapter does not grow with the adapter', async (t) => {
  const server = await startServer(t, env);
  await openFederation(server, 'big', ['north']);
  await submit(server, 'big', 'north');
  await server.call('POST', '/v1/federations/big/rounds/1/close');
  const [ref] = (await listPending(services.ledger)).aggregating;
  if (ref === undefined) throw new Error('nothing aggregates');
  await services.blobs.write(`${adapterFolder(ref)}${ADAPTER_FILE}`, fileBytes());
  await publishAdapter(services.ledger, ref, {
    ...{ sha256: createHash('sha256').digest('hex'), bytes: 1, modules: LAYERS, degenerateModules: 0 },
    ...{
      totalRank: LAYERS * RANK,
      stackedRank: LAYERS * RANK,
      parameters: 1,
      energyKept: 1,
      relativeError: 0,
    },
    ...{ executionProvider: 'cpu', seconds: 1, computeSeconds: 1 },
  });
  t.ok((await receive(server.base, 'rank=1')) > 0, 'everything is loaded before the measuring begins');
  const before = await peakMemory(server.child.pid);
  const began = Date.now();
  for (const rank of [1, 17, 63]) {
    const received = await receive(server.base, `rank=${rank}`);
    const header = encodeHeader(tensors.map((tensor) => ({ ...tensor, shape: cut(tensor.shape, rank) })));
    t.equal(received, header.byteLength + tensors.length * side * rank * 4, `rank ${rank}`);
  }
  const seconds = (Date.now() - began) / 1000;
  const peak = await peakMemory(server.child.pid);
  t.comment(`${seconds.toFixed(1)} s; peak RSS ${before.toFixed(0)} → ${peak.toFixed(0)} MB`);
  t.ok(peak - before < GROWTH_MAX_MB, `${before} → ${peak} MB`);
});

const cut = (shape: number[], rank: number) => shape.map((size) => (size === RANK ? rank : size));

/** Downloads a slice without keeping it; how many bytes came, which must be as many as were announced. */
async function receive(base: string, query: string): Promise<number> {
  const headers = { authorization: `Bearer ${OPERATOR_TOKEN}` };
  const response = await fetch(`${base}${MODEL}?${query}`, { headers });
  let received = 0;
  for await (const chunk of response.body ?? []) received += chunk.byteLength;
  if (received !== Number(response.headers.get('content-length'))) throw new Error(`${received} bytes came`);
  return received;
}

/** The most memory the process has ever had in RAM, in MB. */
async function peakMemory(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
