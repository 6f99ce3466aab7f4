// @ts-check
import t from 'tap';
import { writeFleet } from '../fleet/writeFleet.mjs';
import { openOurs } from '../ours/openOurs.mjs';

const MODULES = [{ name: 'layers.0.q_proj', shape: /** @type {[number, number]} */ ([12, 8]) }];
const CLIENTS = [
  { name: 'a', rank: 2, examples: 100 },
  { name: 'b', rank: 3, examples: 300 },
];

t.test('aggregates in a process of its own as often as it is asked to, and closes', async (t) => {
  const ours = openOurs();
  t.teardown(ours.close);
  await ours.load(await writeFleet(t.testdir(), MODULES, CLIENTS));
  const timed = await ours.aggregate(3);
  t.equal(timed.length, 3);
  for (const { seconds, report } of timed) {
    t.ok(seconds > 0);
    t.match(report, { name: 'layers.0.q_proj', shape: [12, 8], stackedRank: 5, path: 'gram' });
  }
});

t.test('says why it failed, and that it has ended', async (t) => {
  const ours = openOurs();
  t.teardown(ours.close);
  const failed = ours.aggregate(1).catch((error) => error.log);
  t.match(await failed, /load a module first/);
  await ours.close();
  await t.rejects(ours.aggregate(1), /process ended/);
});
