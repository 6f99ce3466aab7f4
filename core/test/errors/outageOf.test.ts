import t from 'tap';
import { Outage } from '../../src/errors/outage.js';
import { outageOf } from '../../src/errors/outageOf.js';
import { Refusal } from '../../src/errors/refusal.js';

const failure = (message: string, fields: object = {}) => Object.assign(new Error(message), fields);

t.test('a disk or a Redis that does not work now is an outage', async (t) => {
  t.equal(outageOf(failure('no room', { code: 'ENOSPC' }))?.code, 'storage_full');
  t.equal(outageOf(failure('read-only', { code: 'EROFS' }))?.code, 'service_unavailable');
  t.equal(
    outageOf(failure("OOM command not allowed when used memory > 'maxmemory'."))?.code,
    'service_unavailable',
  );
  const full = new Outage('storage_full', 'no room');
  t.equal(outageOf(full), full, 'also where somebody has said so before');
});

t.test('mistakes and other faults are none', async (t) => {
  t.equal(outageOf(new Refusal('budget_too_small', 'too small')), undefined);
  t.equal(outageOf(failure('no such file', { code: 'ENOENT' })), undefined);
  t.equal(outageOf('not even an error'), undefined);
});
