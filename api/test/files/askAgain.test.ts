import { BlobMissing } from '@florist/storage/blobs/blobMissing';
import t from 'tap';
import { askAgain } from '../../src/files/askAgain.js';
import { submissionForm } from '../fixtures/encodeForm.js';
import { isProblem } from '../fixtures/isProblem.js';
import { makeAdapter } from '../fixtures/makeAdapter.js';
import { openFederation } from '../fixtures/openFederation.js';
import { publish } from '../fixtures/publish.js';
import { type Answer, startApi } from '../fixtures/startApi.js';
import { submitForm } from '../fixtures/submit.js';

const api = await startApi(t);
const { blobs } = api.services;
const DEMO = '/v1/federations/demo';

/** A federation with two published rounds. */
async function publishTwo(): Promise<void> {
  await openFederation(api, 'demo', ['north'], { retention: { adapterRounds: 1 } });
  for (const round of [1, 2]) {
    if (round > 1) await api.call('POST', `${DEMO}/rounds`);
    await submitForm(api, `${DEMO}/rounds/${round}/submissions/north`, submissionForm(makeAdapter()));
    await api.call('POST', `${DEMO}/rounds/${round}/close`);
    await publish(api, 'demo', 'a1', round);
  }
}

/** Asks for a file, and does something else once the ledger has said where it lies. */
async function interrupted(path: string, act: () => Promise<Answer>): Promise<Answer> {
  let acted: Answer | undefined;
  let begun = false;
  const { stat, stream } = blobs;
  const before = async () => {
    // what is done in between uses the blobs too
    if (begun) return;
    begun = true;
    acted = await act();
  };
  Object.assign(blobs, {
    stat: (key: string) => before().then(() => stat.call(blobs, key)),
    stream: (...asked: Parameters<typeof stream>) => before().then(() => stream.apply(blobs, asked)),
  });
  const answer = await api.call('GET', path).finally(() => Object.assign(blobs, { stat, stream }));
  if (acted === undefined || acted.status >= 300) throw new Error(`in between: ${acted?.text}`);
  return answer;
}

t.test('what is deleted while it is asked for is no fault of the service', async (t) => {
  for (const file of [
    'rounds/1/adapter/adapter_model.safetensors',
    'rounds/1/adapter/adapter_model.safetensors?rank=1',
    'rounds/1/adapter/adapter_config.json',
    'rounds/1/spectrum',
    'rounds/1/comparison',
    'adapter/adapter_model.safetensors',
    'adapter/adapter_config.json',
  ]) {
    await publishTwo();
    const answer = await interrupted(`${DEMO}/${file}`, () => api.call('DELETE', DEMO));
    isProblem(t, answer, 'federation_not_found', file);
  }
});

t.test('nor is what retention deletes', async (t) => {
  for (const file of [
    'adapter_model.safetensors',
    'adapter_model.safetensors?rank=1',
    'adapter_config.json',
  ]) {
    await publishTwo();
    const path = `${DEMO}/rounds/1/adapter/${file}`;
    const answer = await interrupted(path, () => api.call('POST', `${DEMO}/retention`));
    isProblem(t, answer, 'adapter_gone', file);
    await api.call('DELETE', DEMO);
  }
});

t.test('a file that the ledger still names stays missing', async (t) => {
  let asked = 0;
  const ask = async () => {
    asked += 1;
    throw new BlobMissing('federations/demo');
  };
  await t.rejects(askAgain(ask), { name: 'BlobMissing' });
  t.equal(asked, 2);
});
