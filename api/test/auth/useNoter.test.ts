import t from 'tap';
import { useNoter } from '../../src/auth/useNoter.js';
import { eventually } from '../fixtures/eventually.js';
import { startApi } from '../fixtures/startApi.js';

const api = await startApi(t);

t.test('a use that could not be noted is noted at the next', async (t) => {
  const { id } = (await api.call('POST', '/v1/tokens', { body: { name: 'Ada', role: 'viewer' } })).json;
  const { redis, prefix } = api.services.ledger;
  const line = redis.duplicate();
  t.teardown(() => line.disconnect());
  await line.ping();
  const errors: unknown[] = [];
  const noteUse = useNoter({ ...api.services.ledger, redis: line }, (error) => errors.push(error));
  const lastUse = () => redis.hget(`${prefix}:token:${id}`, 'lastUsedMs');

  line.disconnect();
  noteUse({ role: 'viewer', token: id });
  t.ok(await eventually(async () => errors.length === 1));
  t.equal(await lastUse(), null);

  await line.connect();
  noteUse({ role: 'viewer', token: id });
  t.ok(await eventually(async () => (await lastUse()) !== null));
  t.equal(errors.length, 1);
});
