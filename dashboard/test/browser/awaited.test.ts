import { request } from 'node:http';
import t from 'tap';
import { VIEWER_TOKEN } from '../../tools/stack/startStack.mjs';
import { goldenRound } from './goldenRound.ts';
import { openStage } from './openStage.ts';

/** Small enough for the adapter of the case, of 6 kB, to take a dozen seconds. */
const PIECE = 150;

/** A whole submission as bytes, and the header that says how to read them. */
async function encode({
  examples,
  config,
  adapter,
}: Record<'config' | 'adapter', Buffer> & { examples: number }) {
  const form = new FormData();
  form.set('num_examples', String(examples));
  form.set('config', new Blob([new Uint8Array(config)]), 'adapter_config.json');
  form.set('adapter', new Blob([new Uint8Array(adapter)]), 'adapter_model.safetensors');
  const encoded = new Response(form);
  return {
    type: encoded.headers.get('content-type') ?? '',
    body: Buffer.from(await encoded.arrayBuffer()),
  };
}

t.test('a viewer sees how far those are who have not submitted', async (t) => {
  const stage = await openStage(t);
  const { apiUrl, dashboardUrl, call, newPage } = stage;
  const golden = await goldenRound(stage, 'homogeneous', {
    federation: 'live',
    rounds: { minSubmissions: 2 },
  });
  const page = await newPage(VIEWER_TOKEN, { viewport: { width: 390, height: 844 } });
  await page.goto(`${dashboardUrl}/federations/live/rounds/1`);
  const awaited = page.getByRole('region', { name: 'Awaited clients' });
  const submissions = page.getByRole('region', { name: 'Submissions' });
  const row = (client: string) => awaited.getByRole('row', { name: client });
  const names = async () => (await awaited.getByRole('link').allTextContents()).map((name) => name.trim());
  await row('client-0').waitFor();
  const everyone = golden.clients.map(({ client }) => client);
  t.same(await names(), everyone);
  t.match(await row('client-0').textContent(), 'silent');

  await t.test('steps of one that trains', async (t) => {
    const report = { state: 'training', step: 120, total: 500 };
    const path = '/v1/federations/live/rounds/1/heartbeat';
    await call('POST', path, report, golden.clients[1]?.token);
    await row('client-1').getByText('training', { exact: true }).waitFor();
    const bar = awaited.getByRole('progressbar', { name: 'steps trained by client-1' });
    t.equal(await bar.getAttribute('aria-valuenow'), '120');
    t.equal(await bar.getAttribute('aria-valuemax'), '500');
    t.match(await row('client-1').textContent(), '120 / 500');

    await call('POST', path, { ...report, step: 130 }, golden.clients[1]?.token);
    await row('client-1').getByText('130 / 500').waitFor();
    t.same(await names(), everyone, 'in the same order');
  });

  await t.test('bytes of one that uploads, until it is in', async (t) => {
    const sender = golden.clients[2];
    if (sender === undefined) throw new Error('the case has too few clients');
    const { type, body } = await encode(sender.files);
    const sending = request(`${apiUrl}/v1/federations/live/rounds/1/submissions/client-2`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${sender.token}`,
        'content-type': type,
        'content-length': body.byteLength,
      },
    });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      sending.once('error', reject);
      sending.once('response', (response) => resolve(response.resume().statusCode));
    });
    const bar = awaited.getByRole('progressbar', { name: 'bytes uploaded by client-2' });
    const seen = new Set<number>();
    let sent = 0;
    while (seen.size < 2 && sent + PIECE < body.byteLength) {
      sending.write(body.subarray(sent, sent + PIECE));
      sent += PIECE;
      await new Promise((resolve) => setTimeout(resolve, 300));
      if (await bar.isVisible()) {
        seen.add(Number(await bar.getAttribute('aria-valuenow')));
        t.equal(await bar.getAttribute('aria-valuemax'), String(body.byteLength));
      }
    }
    const [first = 0, second = 0] = seen;
    t.ok(first > 0 && second > first && second <= sent, `${first}, then ${second} of ${sent} sent`);
    t.match(await row('client-2').textContent(), /uploading.* \/ /);
    t.ok(
      await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth <= clientWidth;
      }),
      'a phone need not scroll sideways',
    );
    sending.end(body.subarray(sent));
    t.equal(await answered, 201);
    await submissions.getByRole('row', { name: 'client-2' }).waitFor();
    await row('client-2').waitFor({ state: 'detached' });
    t.same(
      await names(),
      everyone.filter((client) => client !== 'client-2'),
    );
  });

  await t.test('and nobody once the round no longer collects', async () => {
    await golden.send(0);
    await call('POST', '/v1/federations/live/rounds/1/close');
    await awaited.waitFor({ state: 'detached' });
  });
});
