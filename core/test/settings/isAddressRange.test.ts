import { isIP } from 'node:net';
import fc from 'fast-check';
import t from 'tap';
import { isAddressRange } from '../../src/settings/isAddressRange.js';

t.test('takes addresses and ranges of both families', async (t) => {
  for (const text of ['10.0.0.1', '10.0.0.0/8', '127.0.0.1/32', '::1', '::', 'fd00::/8', '2001:db8::1/128']) {
    t.ok(isAddressRange(text), text);
  }
});

t.test('takes nothing else, and no range of all addresses', async (t) => {
  const none = ['', '10.0.0.256', '10.0.0', '010.0.0.1', '0.0.0.0/0', '::/0', '10.0.0.0/33', '::1/129'];
  const odd = [
    '10.0.0.0/8/8',
    '10.0.0.0/',
    '10.0.0.0/08',
    '::1::',
    '1:2:3:4:5:6:7::8:9',
    'loopback',
    'true',
    '*',
  ];
  for (const text of [...none, ...odd]) t.notOk(isAddressRange(text), text);
});

t.test('knows every address that the system knows', async () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => isAddressRange(text) || text.includes('.')),
  );
  fc.assert(fc.property(fc.string(), (text) => !isAddressRange(text) || isIP(text.split('/')[0] ?? '') > 0));
  fc.assert(fc.property(fc.ipV4(), (text) => isAddressRange(text)));
});
