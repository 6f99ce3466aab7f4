import type { ModulePlan } from '@florist/core/florist/moduleReport';
import { isShared } from '@florist/core/schemas/aggregation';
import type { PartJob } from '@florist/storage/queue/payloads';

/** How one module of a job is to be made: by the federation's policy, or at the rank the budget allots to it. */
export function modulePlan({ aggregation, ranks }: PartJob, name: string): ModulePlan {
  const { method, dtype, rank } = aggregation;
  const allotted = ranks?.[name];
  if (allotted !== undefined) return { method, dtype, rank: { policy: 'fixed', rank: allotted } };
  if (!isShared(rank)) return { method, dtype, rank };
  // only FLoRIST heeds the rank policy, and only FLoRIST is measured first
  if (method === 'florist') throw new Error(`the budget allots no rank to ${name}`);
  return { method, dtype, rank: { policy: 'fixed', rank: 1 } };
}
