import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import t from 'tap';
import { hugeSubmission } from '../fixtures/hugeSubmission.js';
import { openFederation } from '../fixtures/openFederation.js';
import { openServices } from '../fixtures/openServices.js';
import { startServer } from '../fixtures/startServer.js';
import { submit } from '../fixtures/submit.js';
import { upload } from '../fixtures/upload.js';

/**
 * What a service may have in RAM while it receives an adapter of any size, in MB. From Node 24 on V8's young generation
 * may be twice as large: 257 measured, 225 with --max-semi-space-size=16, which it was before.
 */
const RSS_MAX_MB = Number.parseInt(process.versions.node, 10) < 24 ? 250 : 300;

const { env, close } = await openServices(t.testdir({}));
t.teardown(close);

t.test('the memory of an upload does not grow with the file', async (t) => {
  const megabytes = Number(process.env.FLORIST_TEST_UPLOAD_MB ?? 192);
  const server = await startServer(t, env);
  await openFederation(server, 'huge', ['north']);
  await submit(server, 'huge', 'north'); // everything is loaded before the measuring begins
  await server.call('DELETE', '/v1/federations/huge/rounds/1/submissions/north');
  const before = await peakMemory(server.child.pid);
  const huge = hugeSubmission(megabytes * 2 ** 20);
  const headers = { ...huge.headers, 'content-length': String(huge.bytes) };
  const path = '/v1/federations/huge/rounds/1/submissions/north';
  const began = Date.now();
  t.equal(await upload(server.base, path, headers, Readable.from(huge.pieces())), 201);
  const seconds = (Date.now() - began) / 1_000;
  const peak = await peakMemory(server.child.pid);
  t.comment(
    `${megabytes} MB in ${seconds.toFixed(1)} s; peak RSS ${before.toFixed(0)} → ${peak.toFixed(0)} MB`,
  );
  t.ok(peak < RSS_MAX_MB, `${peak} MB`);
  t.equal((await server.call('GET', path)).json.bytes, huge.adapterBytes);
});

/** The most memory the process has ever had in RAM, in MB. */
async function peakMemory(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
