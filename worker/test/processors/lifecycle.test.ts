import { registerClient } from '@florist/storage/clients/registerClient';
import { readEvents } from '@florist/storage/events/readEvents';
import { getRound } from '@florist/storage/rounds/getRound';
import { openRound } from '@florist/storage/rounds/openRound';
import t from 'tap';
import { readTensors } from '../../src/check/readTensors.js';
import { errorOf, find, publishedFile } from '../fixtures/published.js';
import {
  aggregate,
  collect,
  ended,
  roundWhen,
  startService,
  submit,
  type Upload,
} from '../fixtures/service.js';
import { moduleNames, randomUpload } from '../fixtures/uploads.js';
import { startWorkerProcess } from '../fixtures/workerProcess.js';

t.setTimeout(120_000);
const service = await startService(t);
const [M, N] = [12, 16];
const modules = moduleNames(2);
const ann = randomUpload('ann', modules, [M, N], 4, 'F32');
const bob = randomUpload('bob', modules, [M, N], 4, 'F32');

async function decisions(federation: string): Promise<string[]> {
  const events = await readEvents(service.ledger, federation, '0', 1000);
  const types = /^round\.(opened|closed|failed|extended|published)$/;
  return events.map(({ event }) => event.type).filter((type) => types.test(type));
}

t.test(
  'deadlines that pass while nothing runs are acted upon at the start, by one of two workers',
  async (t) => {
    const rounds = { minSubmissions: 2, deadlineSeconds: 1 };
    await collect(service, 'fails', [ann], {}, { ...rounds, onDeadline: 'fail' });
    await collect(service, 'proceeds', [ann], {}, { ...rounds, onDeadline: 'proceed' });
    await collect(service, 'extends', [ann], {}, { ...rounds, onDeadline: 'extend', extendSeconds: 3600 });
    await collect(service, 'waits', [ann], {}, rounds);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    t.equal((await getRound(service.ledger, 'fails', 1)).state, 'collecting', 'nobody has looked yet');
    await Promise.all([startWorkerProcess(t, service.env), startWorkerProcess(t, service.env)]);
    t.equal((await roundWhen(service, 'proceeds', ended)).state, 'published');
    t.match(await roundWhen(service, 'fails', ended), {
      state: 'failed',
      error: { code: 'round_too_few_submissions' },
    });
    const extended = await roundWhen(service, 'extends', ({ extendedAt }) => extendedAt !== undefined);
    t.equal(extended.state, 'collecting');
    t.equal((await getRound(service.ledger, 'waits', 1)).state, 'collecting');
    t.strictSame(await decisions('fails'), ['round.opened', 'round.failed']);
    t.strictSame(await decisions('proceeds'), ['round.opened', 'round.closed', 'round.published']);
    t.strictSame(await decisions('extends'), ['round.opened', 'round.extended']);
  },
);

t.test('rounds follow each other by themselves until they are told to stop', async (t) => {
  await startWorkerProcess(t, service.env);
  const next = { delaySeconds: 0, stopAfterRounds: 3 };
  await collect(service, 'follows', [], {}, { deadlineSeconds: 1, onDeadline: 'fail', next });
  await roundWhen(service, 'follows', (round) => round.number === 3 && ended(round));
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  const turn = ['round.opened', 'round.failed'];
  t.strictSame(await decisions('follows'), [...turn, ...turn, ...turn]);
});

t.test('what was carried weighs as little as its staleness says, against a float64 oracle', async (t) => {
  await startWorkerProcess(t, service.env);
  const stalenessWeight = 0.3;
  const exact = { rank: { policy: 'energy', tau: 1 } } as const;
  await collect(service, 'stale', [ann], exact, { late: 'carry', stalenessWeight });
  await registerClient(service.ledger, 'stale', 'bob');
  await aggregate(service, 'stale');
  await roundWhen(service, 'stale', ended);
  t.match(await submit(service, 'stale', 1, bob), { outcome: 'carried', receipt: { round: 2 } });
  await openRound(service.ledger, 'stale', { deadlineSeconds: 1 });
  await submit(service, 'stale', 2, ann);
  t.match(await roundWhen(service, 'stale', ended), {
    state: 'published',
    submissionCount: 2,
    carriedCount: 1,
  });

  const tensors = readTensors(await publishedFile(service, 'stale', 'adapter_model.safetensors'));
  const [fresh, stale] = [ann.numExamples, bob.numExamples * stalenessWeight];
  for (const module of modules) {
    const expected = new Float64Array(M * N);
    addUpdate(expected, ann, module, fresh / (fresh + stale));
    addUpdate(expected, bob, module, stale / (fresh + stale));
    const norm = Math.hypot(...expected);
    const error = errorOf(tensors, module, { shape: [M, N], values: expected });
    t.ok(error <= 1e-6 * norm, `${module} off by ${error / norm}`);
  }
});

/** Adds weight · 2 B A, as PEFT scales what randomUpload makes: alpha is twice the rank. */
function addUpdate(sum: Float64Array, { adapter }: Upload, module: string, weight: number): void {
  const sent = readTensors(Buffer.from(adapter));
  const b = find(sent, `base_model.model.${module}.lora_B.weight`);
  const a = find(sent, `base_model.model.${module}.lora_A.weight`);
  const rank = a.shape[0] ?? 0;
  for (let i = 0; i < M; i++) {
    for (let j = 0; j < N; j++) {
      for (let k = 0; k < rank; k++) {
        sum[i * N + j] =
          (sum[i * N + j] ?? 0) + weight * 2 * (b.values[i * rank + k] ?? 0) * (a.values[k * N + j] ?? 0);
      }
    }
  }
}
