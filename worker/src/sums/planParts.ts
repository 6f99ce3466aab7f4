import { groupModules, type ModuleSize } from '@florist/core/florist/groupModules';
import { SUM_PARTS_MAX } from '@florist/storage/queue/sumPayloads';
import type { TermSource } from './readSources.js';

/** Groups of about the same cost of every module that one of the sources has; the same sources give the same groups. */
export function planParts(sources: readonly TermSource[]): string[][] {
  const sizes = new Map<string, ModuleSize>();
  for (const { file } of sources) {
    for (const { name, shape, rank } of file.modules) {
      const stackedRank = (sizes.get(name)?.stackedRank ?? 0) + rank;
      sizes.set(name, { name, shape, stackedRank });
    }
  }
  return groupModules([...sizes.values()], { groups: SUM_PARTS_MAX });
}
