import { Outage } from '@florist/core/errors/outage';
import { Refusal } from '@florist/core/errors/refusal';
import { UnrecoverableError } from 'bullmq';
import t from 'tap';
import { giveUp } from '../../src/processors/giveUp.js';
import { aggregate, collect, roundWhen, startService } from '../fixtures/service.js';
import { moduleNames, randomUpload } from '../fixtures/uploads.js';

const service = await startService(t);

t.test('a full disk is nobody’s mistake and fails no round', async (t) => {
  const uploads = ['ann', 'bob'].map((client) => randomUpload(client, moduleNames(2), [8, 8], 2));
  await collect(service, 'full', uploads);
  await aggregate(service, 'full');
  const ref = { federation: 'full', round: 1, adapter: 'a1', attempt: 1 };
  const full = new Outage('storage_full', 'no room');
  t.equal(await giveUp(service, ref, full), full, 'it is thrown as it is, to be tried again');
  t.equal((await roundWhen(service, 'full', () => true)).state, 'aggregating');
  t.type(await giveUp(service, ref, new Refusal('budget_too_small', 'too small')), UnrecoverableError);
  t.equal((await roundWhen(service, 'full', () => true)).state, 'failed', 'a mistake does');
});
