// @ts-check
import { leastWork } from '../measure/leastWork.mjs';
import { raceModule } from '../ours/raceModule.mjs';
import { RACE_COLUMNS, raceRows } from '../ours/raceRows.mjs';
import { slowestStep } from '../ours/slowestStep.mjs';
import { toTarget } from '../report/toTarget.mjs';

const CLIENTS = 100;
const CLIENTS_QUICK = 20;
const DISTANCE = { turns: 7, inARow: 1, warmUps: { ours: 2, theirs: 1 } };
/** Seconds a turn on both sides: what is seen is no small difference. */
const STRANGERS = { turns: 3, inARow: 1, warmUps: { ours: 0, theirs: 0 } };
const FASTER = 4;

/** @type {import('../section.mjs').Section} */
export const largeSection = {
  title: 'A hundred clients: m = n = 4096, r = 1600, decaying spectrum, τ 0.9',
  takes: '2 min',
  measure: async (bench, progress) => {
    const count = bench.quick ? CLIENTS_QUICK : CLIENTS;
    const fleet = await bench.fleets.crowd(count);
    const groups = await raceModule(bench, fleet, DISTANCE, progress);
    const strangers = await raceModule(bench, await bench.fleets.strangers(count), STRANGERS, progress);
    await bench.peer?.ask({ op: 'forget' });
    return {
      data: { clients: count, groups, strangers },
      tables: [
        {
          title: `${count} clients of rank 16`,
          columns: RACE_COLUMNS,
          rows: [
            ...raceRows(groups, 'decaying spectrum'),
            ...raceRows(strangers, 'clients who share nothing'),
          ],
          notes: [
            'Decaying: groups of 1, 2, 4, 8, … clients learn alike, each with noise of its own. Clients who ' +
              'share nothing have no leading directions, the worst case of an iteration; no target is set.',
            `Why that path: ${groups.report.pathReason}. Where they share nothing: ${strangers.report.pathReason}.`,
          ],
        },
      ],
      targets: [toTarget(`${count} clients, published pipeline`, FASTER, groups.ratio, slowestStep(groups))],
      work: [
        { name: `${count} clients`, seconds: groups.ours.median, ...leastWork(groups.report, fleet.bytes) },
      ],
    };
  },
};
