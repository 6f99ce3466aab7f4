import { readEvents } from '@florist/storage/events/readEvents';
import t from 'tap';
import { submissionForm } from './fixtures/encodeForm.js';
import { isProblem } from './fixtures/isProblem.js';
import { makeAdapter } from './fixtures/makeAdapter.js';
import { openFederation } from './fixtures/openFederation.js';
import { openServices } from './fixtures/openServices.js';
import { isBuilt, startProcess } from './fixtures/startProcess.js';
import { type StartedServer, startServer } from './fixtures/startServer.js';

if (!isBuilt('api/dist/server.js')) {
  throw new Error('build the api first: these tests run it as processes');
}

const HOUR_MS = 3_600_000;
const DEADLINE_MS = 2_000;
const { services, env, close } = await openServices(t.testdir({}));
t.teardown(close);
const skewed = (ms: number) =>
  startServer(t, {
    ...env,
    CLOCK_SKEW_MS: String(ms),
    NODE_OPTIONS: `--import=${new URL('fixtures/skewedClock.mjs', import.meta.url).href}`,
  });
const [ahead, behind] = await Promise.all([skewed(HOUR_MS), skewed(-HOUR_MS)]);

function submit(server: StartedServer, federation: string, client: string, seed = 1) {
  const { headers, body } = submissionForm(makeAdapter({ seed }));
  const path = `/v1/federations/${federation}/rounds/1/submissions/${client}`;
  return server.call('PUT', path, { headers, body });
}

async function decisions(federation: string): Promise<string[]> {
  const events = await readEvents(services.ledger, federation, '0', 100);
  return events
    .map(({ event }) => event.type)
    .filter((type) => /^round\.(closed|failed|extended)$/.test(type));
}

async function untilPast(deadlineAt: string): Promise<void> {
  for (;;) {
    const [seconds, micros] = await services.ledger.redis.time();
    if (Number(seconds) * 1000 + Number(micros) / 1000 > Date.parse(deadlineAt)) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

t.test('the fixture is wrong by an hour each way', async (t) => {
  const response = await fetch(`${ahead.base}/healthz`);
  t.equal(response.status, 200);
  const probe = startProcess(t, 'api/test/fixtures/printClock.mjs', {
    CLOCK_SKEW_MS: String(HOUR_MS),
    NODE_OPTIONS: `--import=${new URL('fixtures/skewedClock.mjs', import.meta.url).href}`,
  });
  const [, printed = ''] = await probe.says(/^(\d+)\n/);
  t.ok(Math.abs(Number(printed) - Date.now() - HOUR_MS) < 60_000);
});

t.test('replicas whose clocks are two hours apart agree on what is in time and what is late', async (t) => {
  const rounds = { deadlineSeconds: DEADLINE_MS / 1000, onDeadline: 'fail' };
  await openFederation(ahead, 'enough', ['north', 'south', 'west'], { rounds });
  t.equal((await submit(ahead, 'enough', 'north')).status, 201);
  t.equal((await submit(behind, 'enough', 'south')).status, 201);
  const path = '/v1/federations/enough/rounds/1';
  const seen = await Promise.all(
    [ahead, behind].map(async (server) => (await server.call('GET', path)).json),
  );
  t.same(seen[0], seen[1]);
  t.match(seen[0].waitingFor, [/^the deadline at /]);
  const receipts = await ahead.call('GET', `${path}/submissions`);
  for (const { acceptedAt } of receipts.json.items) {
    const sinceOpening = Date.parse(acceptedAt) - Date.parse(seen[0].openedAt);
    t.ok(sinceOpening >= 0 && sinceOpening < DEADLINE_MS, 'receipts have the ledger’s time');
  }

  await untilPast(seen[0].deadlineAt);
  const late = await Promise.all([submit(ahead, 'enough', 'west'), submit(behind, 'enough', 'west', 2)]);
  for (const answer of late) {
    isProblem(t, answer, 'round_not_collecting');
  }
  for (const server of [ahead, behind]) {
    t.match((await server.call('GET', path)).json, {
      state: 'aggregating',
      closedBy: 'deadline',
      submissionCount: 2,
    });
  }
  t.same(await decisions('enough'), ['round.closed'], 'closed once, without any worker');
});

t.test('a deadline that both replicas come upon at once fails the round once', async (t) => {
  const rounds = { minSubmissions: 2, deadlineSeconds: 1, onDeadline: 'fail' };
  await openFederation(behind, 'vain', ['north', 'south'], { rounds });
  t.equal((await submit(behind, 'vain', 'north')).status, 201);
  const { deadlineAt } = (await ahead.call('GET', '/v1/federations/vain/rounds/1')).json;
  await untilPast(deadlineAt);
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => submit(index % 2 === 0 ? ahead : behind, 'vain', 'south')),
  );
  for (const answer of answers) {
    isProblem(t, answer, 'round_not_collecting');
  }
  t.same(await decisions('vain'), ['round.failed']);
});
