import { createServer } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import t from 'tap';
import { answerBrokenRequest } from '../../src/problems/answerBrokenRequest.js';

async function answerTo(
  bytes: string,
  suite: Pick<typeof t, 'teardown'>,
): Promise<{ head: string; body: string }> {
  const server = createServer((_request, response) => response.end('fine'));
  server.on('clientError', answerBrokenRequest);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  suite.teardown(() => server.close());
  const address = server.address();
  const socket = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1');
  socket.write(bytes);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  return { head, body };
}

t.test('answers noise with a problem document and closes', async (t) => {
  const { head, body } = await answerTo('this is not http\r\n\r\n', t);
  t.match(head, /^HTTP\/1\.1 400 /);
  t.match(head, /application\/problem\+json/);
  t.match(JSON.parse(body), { code: 'request_invalid', status: 400 });
});

t.test('answers headers without end with 413', async (t) => {
  const { body } = await answerTo(`GET / HTTP/1.1\r\nx: ${'y'.repeat(100_000)}\r\n`, t);
  t.match(JSON.parse(body), { code: 'request_too_large', status: 413 });
});
