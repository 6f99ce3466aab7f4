// @ts-check
import { growWithModules } from '../growth/growWithModules.mjs';
import { growWithRank } from '../growth/growWithRank.mjs';
import { modulesTable } from '../growth/modulesTable.mjs';
import { rankTable } from '../growth/rankTable.mjs';
import { leastWork } from '../measure/leastWork.mjs';

/** @type {import('../section.mjs').Section} */
export const growthSection = {
  title: 'Growth with the stacked rank, with the number of modules and with worker processes',
  takes: '4 min',
  measure: async (bench, progress) => {
    const byRank = await growWithRank(bench, progress);
    const byModules = await growWithModules(bench, progress);
    const largest = byRank.points.at(-1);
    return {
      data: { byRank, byModules },
      tables: [rankTable(byRank), modulesTable(byModules)],
      targets: [],
      work: largest
        ? [
            {
              name: `r = ${largest.r}`,
              seconds: largest.seconds,
              ...leastWork({ ...largest, stackedRank: largest.r }, largest.bytes),
            },
          ]
        : [],
    };
  },
};
