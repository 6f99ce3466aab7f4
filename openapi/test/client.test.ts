import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import t from 'tap';
import { createFloristClient } from '../src/client.js';
import { submissionForm } from '../src/submissionForm.js';

interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A service that answers with a fixed status and body, and tells what it was asked. */
async function answering(suite: Pick<typeof t, 'teardown'>, status: number, body: object) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    seen.push({ method, url, headers, body: await text(request) });
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'content-type': type, connection: 'close' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  suite.teardown(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { client: createFloristClient({ baseUrl: `http://127.0.0.1:${port}`, token: 'secret' }), seen };
}

t.test('asks with the token and fills in the path', async (t) => {
  const { client, seen } = await answering(t, 200, { items: [] });
  const params = { path: { federation: 'demo' }, query: { limit: 5 } };
  const { data, error } = await client.GET('/v1/federations/{federation}/rounds', { params });
  t.same(data, { items: [] });
  t.equal(error, undefined);
  t.match(seen, [
    {
      method: 'GET',
      url: '/v1/federations/demo/rounds?limit=5',
      headers: { authorization: 'Bearer secret' },
    },
  ]);
});

t.test('gives a problem as the error', async (t) => {
  const problem = {
    type: 'urn:florist:problem:round_open',
    title: 'x',
    status: 409,
    code: 'round_open',
    detail: 'x',
    instance: 'x',
  };
  const { client } = await answering(t, 409, problem);
  const { data, error, response } = await client.POST('/v1/federations/{federation}/rounds', {
    params: { path: { federation: 'demo' } },
  });
  t.equal(data, undefined);
  t.equal(response.status, 409);
  t.equal(error?.code, 'round_open');
});

t.test('submits a form', async (t) => {
  const { client, seen } = await answering(t, 201, { client: 'north' });
  const files = { numExamples: 12, config: new Blob(['{"r":4}']), adapter: new Blob(['tensors']) };
  await client.PUT('/v1/federations/{federation}/rounds/{round}/submissions/{client}', {
    params: { path: { federation: 'demo', round: 'latest', client: 'north' } },
    ...submissionForm(files),
  });
  const [request] = seen;
  t.match(request?.headers['content-type'], /^multipart\/form-data; boundary=/);
  t.match(request?.body, /name="num_examples"\r\n\r\n12\r\n/);
  t.match(request?.body, /name="config"; filename="adapter_config\.json"[\s\S]*\{"r":4\}/);
  t.match(request?.body, /name="adapter"; filename="adapter_model\.safetensors"[\s\S]*tensors/);
});
