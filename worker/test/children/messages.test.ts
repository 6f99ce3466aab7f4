import { Outage } from '@florist/core/errors/outage';
import { Refusal } from '@florist/core/errors/refusal';
import t from 'tap';
import { received, sendable } from '../../src/children/messages.js';

const passOn = (error: Error) => received(JSON.parse(JSON.stringify(sendable(error))));

t.test('an outage is one on the other side too, with its own message', async (t) => {
  const readOnly = Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' });
  t.match(passOn(readOnly), { name: 'Outage', code: 'service_unavailable', message: readOnly.message });
  t.match(passOn(new Outage('storage_full', 'no room')), { name: 'Outage', code: 'storage_full' });
});

t.test('a mistake stays a mistake, a fault a fault', async (t) => {
  t.match(passOn(new Refusal('dtype_overflow', 'too large')), { name: 'Refusal', code: 'dtype_overflow' });
  t.match(passOn(Object.assign(new Error('gone'), { code: 'ENOENT' })), { name: 'Error', message: 'gone' });
});
