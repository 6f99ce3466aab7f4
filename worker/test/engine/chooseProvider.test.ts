import t from 'tap';
import { chooseProvider } from '../../src/engine/chooseProvider.js';
import { probeCuda } from '../../src/engine/probeCuda.js';

const fixture = (name: string) => new URL(`../fixtures/${name}.mjs`, import.meta.url);

t.test('cpu is taken without a probe', async (t) => {
  const choice = await chooseProvider('cpu', () => t.fail('probed') as never);
  t.equal(choice.provider, 'cpu');
});

t.test('auto takes CUDA where a product runs on it, and says so', async (t) => {
  const choice = await chooseProvider('auto', async () => ({ works: true, reason: 'a product ran' }));
  t.strictSame(choice, { provider: 'cuda', reason: 'a product ran' });
});

t.test('auto falls back to the CPU and says why', async (t) => {
  const choice = await chooseProvider('auto', async () => ({ works: false, reason: 'no driver' }));
  t.strictSame(choice, { provider: 'cpu', reason: 'CUDA is not available: no driver' });
});

t.test('CUDA asked for by name and unavailable is one clear error', async (t) => {
  await t.rejects(
    chooseProvider('cuda', async () => ({ works: false, reason: 'no driver' })),
    { message: 'FLORIST_EXECUTION_PROVIDER is cuda, but CUDA is not available: no driver' },
  );
});

t.test('a probe that crashes its process means no, not a crash here', async (t) => {
  const probe = await probeCuda(fixture('crash'));
  t.equal(probe.works, false);
  t.match(probe.reason, /SIGSEGV/);
});

t.test('a probe that never ends is ended', async (t) => {
  const probe = await probeCuda(fixture('hang'), 300);
  t.equal(probe.works, false);
  t.match(probe.reason, /SIGKILL/);
});
