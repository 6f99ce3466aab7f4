import { Refusal } from '@florist/core/errors/refusal';
import type { ModuleSource } from '@florist/core/florist/moduleReport';
import type { Kernel } from '@florist/core/kernel/kernel';
import { addModuleProducts } from '@florist/core/weighting/addModuleProducts';
import { clientProducts } from '@florist/core/weighting/clientProducts';

/**
 * Says of a module that does not fit its dtype which one it is, and whose update is the longest in it: that is where to
 * look. Any other error stays what it is.
 *
 * @param clients of the module, in the order of its shares
 */
export async function explainOverflow(
  error: unknown,
  kernel: Kernel,
  source: ModuleSource,
  clients: readonly string[],
): Promise<unknown> {
  if (!(error instanceof Refusal && error.code === 'dtype_overflow')) return error;
  const products = clientProducts('diagonal', clients.length);
  await addModuleProducts(kernel, source, [...clients.keys()], products, true);
  const norms = source.shares.map(({ weight }, k) => weight * Math.sqrt(products.values[k] ?? 0));
  const longest = clients[norms.indexOf(Math.max(...norms))] ?? 'one of its clients';
  return new Refusal(
    error.code,
    `${source.name}: ${error.message}. The longest update there is that of ${longest}: if it is at fault, take that submission ` +
      'out or retry with weighting.robust.clip, which bounds it.',
  );
}
