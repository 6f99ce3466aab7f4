import { federationFolder } from '@florist/storage/blobs/keys';
import t from 'tap';
import { HOSTILE_FILES } from './fixtures/hostileFiles.js';
import { HOSTILE_FORMS } from './fixtures/hostileForms.js';
import { HOSTILE_REQUESTS } from './fixtures/hostileRequests.js';
import { isProblem } from './fixtures/isProblem.js';
import { openFederation } from './fixtures/openFederation.js';
import { startApi } from './fixtures/startApi.js';
import { isBuilt, startProcess } from './fixtures/startProcess.js';
import { submit, submitForm } from './fixtures/submit.js';

const HOSTILE_SUBMISSIONS = [...HOSTILE_FORMS, ...HOSTILE_FILES];

const api = await startApi(t);

/** Two federations of the same submissions: one is attacked, the other is left alone. */
for (const federation of ['demo', 'quiet']) {
  await openFederation(api, federation, ['north', 'south', 'west']);
  await submit(api, federation, 'north', { rank: 4, numExamples: 120 });
  await submit(api, federation, 'south', { rank: 8, seed: 5, dtype: 'BF16', numExamples: 30 });
}
const before = await state('demo');

async function state(federation: string): Promise<object> {
  const blobs: string[] = [];
  for await (const key of api.services.blobs.list(federationFolder(federation))) {
    blobs.push(key);
  }
  const round = (await api.call('GET', `/v1/federations/${federation}/rounds/latest`)).json;
  const { items } = (await api.call('GET', `/v1/federations/${federation}/rounds/1/submissions`)).json;
  return { federation: (await api.call('GET', `/v1/federations/${federation}`)).json, round, items, blobs };
}

t.test(`${HOSTILE_SUBMISSIONS.length} bad submissions`, async (t) => {
  for (const { name, code, form, points } of HOSTILE_SUBMISSIONS) {
    t.test(`${name} is ${code}`, async (t) => {
      const answer = await submitForm(api, '/v1/federations/demo/rounds/1/submissions/west', form);
      isProblem(t, answer, code);
      if (points !== undefined) {
        const named = (answer.json.errors ?? []).map(
          (error: { field?: string; tensor?: string }) => error.field ?? error.tensor,
        );
        t.ok(
          named.some((name: string) => points.test(name)),
          `names ${points}: ${JSON.stringify(answer.json.errors)}`,
        );
      }
    });
  }
});

t.test('a bad submission does not take the place of a good one either', async (t) => {
  for (const { name, code, form } of HOSTILE_SUBMISSIONS) {
    const path = '/v1/federations/demo/rounds/1/submissions/north?replace=true';
    isProblem(t, await submitForm(api, path, form), code, name);
  }
});

t.test(`${HOSTILE_REQUESTS.length} bad requests`, async (t) => {
  for (const { name, code, call } of HOSTILE_REQUESTS) {
    t.test(`${name} is ${code}`, async (t) => isProblem(t, await api.call(...call), code));
  }
});

t.test('nothing of all that has left a trace', async (t) => {
  t.same(await state('demo'), before);
});

const WORKER = 'worker/dist/main.js';

t.test('both federations aggregate to the same bytes', { skip: !isBuilt(WORKER) }, async (t) => {
  startProcess(t, WORKER, api.env);
  const hashes: string[] = [];
  for (const federation of ['demo', 'quiet']) {
    t.equal((await api.call('POST', `/v1/federations/${federation}/rounds/1/close`)).status, 202);
    const round = await ended(federation);
    t.match(round, { state: 'published', progress: { done: 2, total: 2 } });
    hashes.push(round.adapter.result.sha256);
  }
  t.match(hashes[0], /^[0-9a-f]{64}$/);
  t.equal(hashes[0], hashes[1]);
});

async function ended(federation: string) {
  for (;;) {
    const { json } = await api.call('GET', `/v1/federations/${federation}/rounds/1`);
    if (json.state !== 'aggregating') {
      return json;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
