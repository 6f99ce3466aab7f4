import { addModuleProducts } from '@florist/core/weighting/addModuleProducts';
import type { ClientProducts } from '@florist/core/weighting/clientProducts';
import type { AggregationContext } from './aggregationContext.js';
import { findModule } from './findModule.js';
import { moduleSource } from './moduleSource.js';
import type { RoundClient } from './roundClient.js';

/** Adds the inner products of one module to those over the adapter. A client counts as zero in a module that it lacks. */
export async function weighModule(
  { blobs, kernel, inTurn }: Pick<AggregationContext, 'blobs' | 'kernel' | 'inTurn'>,
  clients: readonly RoundClient[],
  name: string,
  products: ClientProducts,
): Promise<void> {
  const positions = clients.flatMap(({ modules }, position) => (modules.has(name) ? [position] : []));
  const source = moduleSource(blobs, findModule(clients, name));
  await inTurn(() => addModuleProducts(kernel, source, positions, products, true));
}
