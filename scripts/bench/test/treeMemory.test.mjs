// @ts-check
import { fork } from 'node:child_process';
import { once } from 'node:events';
import t from 'tap';
import { treeMemory } from '../measure/treeMemory.mjs';
import { watchMemory } from '../measure/watchMemory.mjs';

const skip = process.platform === 'linux' ? false : 'there is no /proc';
const BLOCK_BYTES = 200e6;

t.test('counts the memory of children too', { skip }, async (t) => {
  const before = treeMemory(process.pid);
  const program = t.testdir({
    'hold.mjs': `const held = Buffer.alloc(${BLOCK_BYTES}, 1); process.send(held[0]); process.on('message', () => {});`,
  });
  const child = fork(`${program}/hold.mjs`);
  const watch = watchMemory([process.pid]);
  await once(child, 'message');
  const during = treeMemory(process.pid);
  watch.stop();
  child.kill();
  await once(child, 'exit');
  t.equal(during.processes, before.processes + 1);
  t.ok(during.bytes > before.bytes + BLOCK_BYTES);
  t.ok(watch.peak().peakBytes >= during.bytes * 0.9);
});

t.test('finds nothing where there is no process', { skip }, async (t) => {
  t.strictSame(treeMemory(2 ** 22 + 1), { bytes: 0, processes: 0 });
});
