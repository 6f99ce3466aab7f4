// @ts-check
import { leastWork } from '../measure/leastWork.mjs';
import { raceDense } from '../ours/raceDense.mjs';
import { raceModule } from '../ours/raceModule.mjs';
import { RACE_COLUMNS, raceRows } from '../ours/raceRows.mjs';
import { slowestStep } from '../ours/slowestStep.mjs';
import { formatRatio } from '../report/formatRatio.mjs';
import { formatSpread } from '../report/formatSpread.mjs';
import { toTarget } from '../report/toTarget.mjs';

/** As many modules as a round of Llama-7B has. */
const IN_A_ROW = 64;
/** V8 compiles less and less, for some 300 modules. */
const DISTANCE = { turns: 11, inARow: IN_A_ROW, warmUps: { ours: 5, theirs: 1 } };
const STRANGERS = { turns: 5, inARow: IN_A_ROW, warmUps: { ours: 1, theirs: 1 } };
const FASTER = { pipeline: 6, dense: 300 };

/** @type {import('../section.mjs').Section} */
export const moduleSection = {
  title: 'One module, m = n = 4096, ranks 4, 4, 8, 8, 16, 16, 32, 64, float16 to float32, τ 0.9',
  takes: '1 min',
  measure: async (bench, progress) => {
    const fleet = await bench.fleets.eight();
    const alike = await raceModule(bench, fleet, DISTANCE, progress);
    const dense = await raceDense(bench, fleet, progress);
    const strangers = await raceModule(bench, await bench.fleets.eightStrangers(), STRANGERS, progress);
    const denseRow = dense && [
      "  FlexLoRA's dense decomposition",
      ...formatSpread(dense.theirs),
      formatRatio(dense.ratio.median),
      String(dense.rank),
    ];
    return {
      data: { alike, dense, strangers },
      tables: [
        {
          title: 'One module',
          columns: RACE_COLUMNS,
          rows: [
            ...raceRows(alike, 'clients who learn alike'),
            ...(denseRow ? [denseRow] : []),
            ...raceRows(strangers, 'clients who share nothing'),
          ],
          notes: [
            `Both sides have read the files beforehand. A turn is ${IN_A_ROW} modules in a row; the ratio is the ` +
              'median over turns next to each other.',
            'Clients who share nothing need a higher rank; no target is set for them.',
          ],
        },
      ],
      targets: [
        toTarget('one module, published pipeline', FASTER.pipeline, alike.ratio, slowestStep(alike)),
        toTarget("one module, FlexLoRA's dense SVD", FASTER.dense, dense?.ratio, slowestStep(alike)),
      ],
      work: [{ name: 'one module', seconds: alike.ours.median, ...leastWork(alike.report, fleet.bytes) }],
    };
  },
};
