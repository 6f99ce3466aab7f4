import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import t from 'tap';
import { makeAdapter } from '../fixtures/makeAdapter.js';
import { openFederation } from '../fixtures/openFederation.js';
import { OPERATOR_TOKEN, openServices } from '../fixtures/openServices.js';
import { addPiece, beginPieces, offsetOf, submitPieces, TUS } from '../fixtures/sendPieces.js';
import { startServer } from '../fixtures/startServer.js';

const { env, close } = await openServices(t.testdir({}));
t.teardown(close);

t.test('what was acknowledged outlives the api being killed, and another replica goes on', async (t) => {
  const first = await startServer(t, env);
  const made = makeAdapter({ rows: 4096, cols: 4096, rank: 160 });
  await openFederation(first, 'demo', ['north']);
  const size = made.adapter.byteLength;
  const path = String((await beginPieces(first, 'demo', size, { query: '?client=north' })).headers.location);
  t.equal((await addPiece(first, path, 0, made.adapter.subarray(0, 1000))).status, 204);

  const sending = request(first.base + path, {
    method: 'PATCH',
    headers: {
      ...{ ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': 1000 },
      ...{ authorization: `Bearer ${OPERATOR_TOKEN}`, 'content-length': size - 1000 },
    },
  });
  sending.on('error', () => undefined);
  sending.write(made.adapter.subarray(1000, size - 1000)); // the request does not end
  let acknowledged = 1000;
  while (acknowledged === 1000) {
    acknowledged = await offsetOf(first, path);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');

  const second = await startServer(t, env);
  const offset = await offsetOf(second, path);
  t.equal(offset, acknowledged);
  t.ok(offset > 8 << 20, `${offset} of ${size} bytes were acknowledged in the middle of a request`);
  t.equal((await addPiece(second, path, offset, made.adapter.subarray(offset))).status, 204);
  const receipt = await submitPieces(second, '/v1/federations/demo/rounds/1/submissions/north', path, made);
  t.match(receipt, {
    status: 201,
    json: { sha256: createHash('sha256').update(made.adapter).digest('hex'), bytes: size },
  });
});
