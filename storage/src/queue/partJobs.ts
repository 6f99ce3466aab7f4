import type { JobsOptions } from 'bullmq';
import type { Phase } from '../blobs/keys.js';
import { partJobId } from './jobIds.js';
import { partJobOptions } from './jobOptions.js';
import type { PartJob, PublishJob } from './payloads.js';

export interface PartJobEntry {
  name: Phase;
  data: PartJob;
  opts: JobsOptions;
}

/** One job for each group of modules. @param ranks phase 'project': the rank of each module, by name */
export function partJobs(
  root: PublishJob,
  phase: Phase,
  ranks?: Readonly<Record<string, number>>,
): PartJobEntry[] {
  const { federation, round, adapter, attempt, aggregation } = root;
  return root.groups.map((modules, index) => {
    const data: PartJob = { federation, round, adapter, attempt, phase, index, modules, aggregation };
    if (ranks !== undefined) data.ranks = ranksOf(modules, ranks);
    return { name: phase, data, opts: partJobOptions(partJobId(root, phase, index)) };
  });
}

function ranksOf(modules: string[], ranks: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    modules.map((module) => {
      const rank = ranks[module];
      if (rank === undefined) throw new Error(`There is no rank for module ${module}.`);
      return [module, rank];
    }),
  );
}
