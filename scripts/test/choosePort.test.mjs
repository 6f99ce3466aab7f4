// @ts-check
import { once } from 'node:events';
import { createServer } from 'node:net';
import t from 'tap';
import { preferPorts } from '../demo/preferPorts.mjs';
import { choosePort } from '../service/choosePort.mjs';

/** @param {import('tap').Test} t */
async function takenPort(t) {
  const server = createServer().listen(0, '127.0.0.1');
  t.teardown(() => server.close());
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

t.test('complains about a port in use and names the setting', async (t) => {
  const port = await takenPort(t);
  await t.rejects(choosePort('PORT', '127.0.0.1', port), {
    name: 'Complaint',
    message: `Port ${port} of 127.0.0.1 is in use: set PORT to another, or to 0 for a free one.`,
  });
});

t.test('complains about an address that is not here', async (t) => {
  await t.rejects(choosePort('PORT', '203.0.113.1', 8080), {
    name: 'Complaint',
    message: /^HOST 203\.0\.113\.1 /,
  });
});

t.test('finds a free port for 0', async (t) => {
  const port = await choosePort('PORT', '127.0.0.1', 0);
  t.ok(port > 1023);
  t.equal(await choosePort('PORT', '127.0.0.1', port), port);
});

t.test('lets the demo go elsewhere, but not when PORT is set', async (t) => {
  const port = await takenPort(t);
  const settings = { host: '127.0.0.1', port, dashboardPort: 0 };
  t.match(await preferPorts({}, settings), { env: { PORT: '0' }, notes: [/in use/] });
  t.strictSame(await preferPorts({ PORT: String(port) }, settings), {
    env: { PORT: String(port) },
    notes: [],
  });
});
