import { aggregateModule } from '@florist/core/florist/aggregateModule';
import { heldModule } from '@florist/core/florist/heldModule';
import { fromFloats } from '@florist/core/kernel/convert';
import { referenceKernel } from '@florist/core/kernel/referenceKernel';
import t from 'tap';
import { explainOverflow } from '../../src/aggregation/explainOverflow.js';

/** Rank 1, every entry of B of one size, every entry of A 1. */
const clientOf = (size: number) => ({
  ...{ rank: 1, scale: 1, weight: 1 / 3 },
  b: { dtype: 'F32' as const, rows: 4, cols: 1, bytes: fromFloats(new Float64Array(4).fill(size), 'F32') },
  a: { dtype: 'F32' as const, rows: 1, cols: 5, bytes: fromFloats(new Float64Array(5).fill(1), 'F32') },
});

t.test('names the module that does not fit, and the client that is to be looked at', async (t) => {
  const source = heldModule({
    ...{ name: 'layers.3.q_proj', shape: [4, 5] },
    clients: [clientOf(1), clientOf(1e19), clientOf(2)],
  });
  const plan = { method: 'florist', rank: { policy: 'energy', tau: 0.9 }, dtype: 'F16' } as const;
  const overflow = await aggregateModule(referenceKernel, source, plan).catch((error: unknown) => error);
  t.match(await explainOverflow(overflow, referenceKernel, source, ['a', 'b', 'c']), {
    code: 'dtype_overflow',
    message: /^layers\.3\.q_proj: a value .* F16 can hold.* that of b: .*clip/,
  });
});

t.test('leaves other errors as they are', async (t) => {
  const source = heldModule({ name: 'x', shape: [4, 5], clients: [clientOf(1)] });
  const fault = new Error('a fault');
  t.equal(await explainOverflow(fault, referenceKernel, source, ['a']), fault);
});
