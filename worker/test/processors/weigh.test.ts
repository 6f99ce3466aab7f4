import type { FederationEvent } from '@florist/core/schemas/event';
import type { Lineage } from '@florist/core/schemas/lineage';
import type { Robust, Weighting, Weights } from '@florist/core/schemas/weighting';
import { requestAdapter } from '@florist/storage/adapters/requestAdapter';
import { readEvents } from '@florist/storage/events/readEvents';
import { enqueueAggregation } from '@florist/storage/queue/enqueueAggregation';
import { retryRound } from '@florist/storage/rounds/retryRound';
import t from 'tap';
import { readTensors, type Tensor } from '../../src/check/readTensors.js';
import { endedAdapter } from '../fixtures/endedAdapter.js';
import { errorOf, find, publishedFile } from '../fixtures/published.js';
import {
  aggregate,
  collect,
  ended,
  roundWhen,
  type Service,
  startService,
  type Upload,
} from '../fixtures/service.js';
import { moduleNames, randomUpload } from '../fixtures/uploads.js';
import { startWorkerProcess } from '../fixtures/workerProcess.js';

t.setTimeout(60_000);
const service: Service = await startService(t);
await startWorkerProcess(t, service.env);

const MODULES = moduleNames(3);
const SHAPE = [10, 14] as const;
const RANK = 2;

/** Honest clients and, the last, one who multiplied its B by 100. */
function uploadsOf(count: number): Upload[] {
  return Array.from({ length: count }, (_, k) => {
    const upload = randomUpload(`client-${k}`, MODULES, SHAPE, RANK, 'F32');
    return k === count - 1 ? { ...upload, adapter: scaled(upload.adapter, 100) } : upload;
  });
}

/** All F32 values behind the header, times `factor`. */
function scaled(file: Uint8Array, factor: number): Buffer {
  const copy = Buffer.from(file);
  for (let at = 8 + Number(copy.readBigUInt64LE(0)); at < copy.length; at += 4) {
    copy.writeFloatLE(copy.readFloatLE(at) * factor, at);
  }
  return copy;
}

const tensorsOf = ({ adapter }: Upload) => readTensors(Buffer.from(adapter));

/** scale · B A with PEFT's scale of 2, densely. */
function updateOf(tensors: Map<string, Tensor>, module: string): Float64Array {
  const [m, n] = SHAPE;
  const b = find(tensors, `base_model.model.${module}.lora_B.weight`).values;
  const a = find(tensors, `base_model.model.${module}.lora_A.weight`).values;
  return Float64Array.from({ length: m * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let k = 0; k < RANK; k++) sum += 2 * (b[i * RANK + k] ?? 0) * (a[k * n + j] ?? 0);
    return sum;
  });
}

/** ‖Σ w_k ΔW_k − published‖ / ‖Σ w_k ΔW_k‖ of a module, with the weights that the record tells. */
async function relativeError(federation: string, uploads: readonly Upload[], module: string) {
  const { clients } = await weightsOf(federation);
  const mean = new Float64Array(SHAPE[0] * SHAPE[1]);
  for (const [k, upload] of uploads.entries()) {
    for (const [i, x] of updateOf(tensorsOf(upload), module).entries()) {
      mean[i] = (mean[i] ?? 0) + (clients[k]?.weight ?? Number.NaN) * x;
    }
  }
  const tensors = readTensors(await publishedFile(service, federation, 'adapter_model.safetensors'));
  return errorOf(tensors, module, { shape: [...SHAPE], values: mean }) / Math.hypot(...mean);
}

async function weightsOf(federation: string): Promise<Weights> {
  return JSON.parse((await publishedFile(service, federation, 'weights.json')).toString());
}

async function eventsOf(federation: string, type: string): Promise<FederationEvent[]> {
  const events = await readEvents(service.ledger, federation, '0', 1000);
  return events.flatMap(({ event }) => (event.type === type ? [event] : []));
}

async function play(federation: string, uploads: Upload[], weighting: Weighting) {
  await collect(service, federation, uploads, { rank: { policy: 'energy', tau: 1 }, weighting });
  await aggregate(service, federation);
  return roundWhen(service, federation, ended);
}

const POLICIES: Record<string, Robust> = {
  krum: { multiKrum: { faulty: 2 } },
  clip: { clip: { timesMedian: 1.2 } },
  both: { multiKrum: { faulty: 1 }, clip: { timesMedian: 1 } },
};

for (const [name, robust] of Object.entries(POLICIES)) {
  t.test(`${name}: what is published is the mean by the weights that are told`, async (t) => {
    const uploads = uploadsOf(8);
    const round = await play(name, uploads, { by: 'uniform', robust });
    t.equal(round.state, 'published', round.error?.detail ?? '');
    for (const module of MODULES) t.ok((await relativeError(name, uploads, module)) < 1e-5, module);
    const { clients } = await weightsOf(name);
    const last = clients.at(-1);
    t.equal(last?.verdict, robust.multiKrum ? 'dropped' : 'clipped');
    for (const [k, upload] of uploads.entries()) {
      const norm = Math.hypot(...MODULES.flatMap((module) => [...updateOf(tensorsOf(upload), module)]));
      t.ok(Math.abs((clients[k]?.norm ?? 0) / norm - 1) < 1e-7);
    }
    const lineage: Lineage = JSON.parse((await publishedFile(service, name, 'lineage.json')).toString());
    t.strictSame(
      lineage.touched?.map(({ client, verdict, factor }) => ({ client, verdict, factor })),
      clients.flatMap(({ client, verdict, factor }) =>
        verdict === 'kept' ? [] : [{ client, verdict, factor }],
      ),
      'the lineage names whom the weighting touched',
    );
    const told = clients.filter(({ verdict }) => verdict !== 'kept').length;
    const [event, ...others] = await eventsOf(name, 'adapter.weighed');
    t.equal(others.length, 0, 'told once');
    t.equal((event?.clipped ?? 0) + (event?.dropped ?? 0), told);
    t.match(event?.detail, new RegExp(`client-7 ${last?.verdict}: `));
    t.strictSame(round.adapter?.weighed, {
      kept: clients.length - told,
      clipped: event?.clipped,
      dropped: event?.dropped,
    });
  });
}

t.test('a byte budget comes after the weights: three phases', async (t) => {
  const uploads = uploadsOf(7);
  const weighting: Weighting = { by: 'examples', robust: { multiKrum: { faulty: 2 } } };
  const bytes = 3 * 4 * (10 + 14) * 4;
  await collect(service, 'budgeted', uploads, { rank: { policy: 'budget', bytes }, weighting });
  await aggregate(service, 'budgeted');
  const { state, adapter, error } = await roundWhen(service, 'budgeted', ended);
  t.equal(state, 'published', error?.detail ?? '');
  t.equal(4 * (adapter?.result?.parameters ?? 0), bytes);
  t.equal(adapter?.result?.stackedRank, 3 * 5 * RANK, 'of the five that were kept');
});

t.test('weights without a robust policy need no pass over the updates', async (t) => {
  const uploads = uploadsOf(4).slice(0, 3);
  const round = await play('capped', uploads, { by: 'uniform', maxShare: 0.2 });
  t.equal(round.state, 'published');
  t.strictSame(
    (await weightsOf('capped')).clients.map(({ weight, verdict }) => [weight, verdict]),
    Array(3).fill([1 / 3, 'kept']),
  );
  for (const module of MODULES) t.ok((await relativeError('capped', uploads, module)) < 1e-5);
  t.strictSame(await eventsOf('capped', 'adapter.weighed'), []);
});

t.test('a module that only a dropped client has is zero', async (t) => {
  const honest = uploadsOf(7).slice(0, 6);
  const alone = randomUpload('outlier', [...MODULES, 'model.layers.9.self_attn.q_proj'], SHAPE, RANK, 'F32');
  const uploads = [...honest, { ...alone, adapter: scaled(alone.adapter, 100) }];
  await collect(service, 'alone', uploads, {
    missingModules: 'zero',
    weighting: { by: 'uniform', robust: { multiKrum: { faulty: 1 } } },
  });
  await aggregate(service, 'alone');
  const { state, adapter, error } = await roundWhen(service, 'alone', ended);
  t.equal(state, 'published', error?.detail ?? '');
  t.match(adapter?.result, { modules: 4, degenerateModules: 1 });
});

t.test('too few clients fail the round, and another weighting saves it', async (t) => {
  const uploads = uploadsOf(3);
  const round = await play('few', uploads, { by: 'uniform', robust: { multiKrum: { faulty: 1 } } });
  t.equal(round.state, 'failed');
  t.match(round.error, { code: 'clients_too_few', detail: /at least 5 clients, and 3/ });
  const { ledger, queues } = service;
  await retryRound(ledger, 'few', 1, { weighting: { by: 'uniform', robust: { clip: { norm: 1 } } } });
  await enqueueAggregation(queues, ledger, { federation: 'few', round: 1, adapter: 'a1' });
  t.equal((await roundWhen(service, 'few', ended)).state, 'published');
  for (const module of MODULES) t.ok((await relativeError('few', uploads, module)) < 1e-5);
});

t.test('the same round can be made without the policy, to compare', async (t) => {
  const { ledger, queues } = service;
  const { id } = await requestAdapter(ledger, 'krum', 1, { weighting: { by: 'uniform' } });
  await enqueueAggregation(queues, ledger, { federation: 'krum', round: 1, adapter: id });
  const adapter = await endedAdapter(ledger, 'krum', 1, id);
  t.equal(adapter.state, 'published');
  t.strictSame(adapter.aggregation.weighting, { by: 'uniform' });
  t.notOk('weighed' in adapter);
  await t.rejects(requestAdapter(ledger, 'krum', 1, { weighting: { by: 'uniform' } }), {
    code: 'adapter_exists',
  });
});
