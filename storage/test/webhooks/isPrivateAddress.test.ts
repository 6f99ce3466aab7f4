import t from 'tap';
import { checkWebhookUrl } from '../../src/webhooks/checkWebhookUrl.js';
import { isPrivateAddress } from '../../src/webhooks/isPrivateAddress.js';

const PRIVATE = [
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1'],
  ...['172.31.255.255', '192.168.1.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '192.0.2.1'],
  ...['::', '::1', 'fe80::1', 'fc00::1', 'fd12:3456::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8'],
  ...['64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', '2001::1', '::7f00:1', 'fec0::1', 'nonsense', ''],
];
const PUBLIC = ['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111'];

t.test('only the public internet is public', async (t) => {
  for (const address of PRIVATE) t.ok(isPrivateAddress(address), address);
  for (const address of PUBLIC) t.notOk(isPrivateAddress(address), address);
});

t.test('addresses that cannot be a webhook’s are refused with the reason', async (t) => {
  const refused: [string, RegExp][] = [
    ['events', /absolute/],
    ['ftp://example.com', /https/],
    ['http://example.com', /Must begin with https/],
    ['https://user:secret@example.com', /password/],
    ['https://example.com/#part', /fragment/],
    ['https://127.0.0.1/hook', /private/],
    ['https://2130706433/', /private/],
    ['https://0x7f.1/', /private/],
    ['https://[::1]:8443/', /private/],
    ['https://[::ffff:10.0.0.1]/', /private/],
    ['https://localhost/', /private/],
    ['https://api.localhost/', /private/],
    ['https://169.254.169.254/latest', /private/],
  ];
  for (const [url, detail] of refused) {
    t.throws(
      () => checkWebhookUrl(url, false),
      { code: 'request_invalid', errors: [{ field: '/url', detail }] },
      url,
    );
  }
  t.equal(checkWebhookUrl('https://Example.com/hook?x=1', false), 'https://example.com/hook?x=1');
  t.equal(checkWebhookUrl('http://127.0.0.1:9/', true), 'http://127.0.0.1:9/');
  t.throws(() => checkWebhookUrl('file:///etc/passwd', true), { code: 'request_invalid' });
});
