import { setImmediate } from 'node:timers/promises';
import { aggregateModule } from '@florist/core/florist/aggregateModule';
import { heldModule } from '@florist/core/florist/heldModule';
import type { Kernel } from '@florist/core/kernel/kernel';
import { clientsOf } from '@florist/core/precision/caseClients';
import { decayingFactors } from '@florist/core/precision/caseFactors';

/** A square matrix of this size, and clients of these ranks: small, yet every step of the arithmetic has its loops. */
const SIZE = 64;
const RANKS = [16, 16, 16, 16];

/** Beyond a few, V8 finds little more to compile: measured, a round of 64 modules gains 90 ms by one and 120 by four. */
const TIMES = 4;

/** Aggregates a module that nobody sent: what loads and compiles by that, the first round need not wait for. */
export async function warmUp(kernel: Kernel): Promise<void> {
  const shape: [number, number] = [SIZE, SIZE];
  const rank = RANKS.reduce((sum, own) => sum + own, 0);
  const clients = clientsOf(decayingFactors(shape, rank, 1), RANKS, 'F16');
  const source = heldModule({ name: 'none', shape, clients });
  for (let at = 0; at < TIMES; at++) {
    await aggregateModule(kernel, source, {
      method: 'florist',
      rank: { policy: 'energy', tau: 0.9 },
      dtype: 'F32',
    });
    await setImmediate();
  }
}
