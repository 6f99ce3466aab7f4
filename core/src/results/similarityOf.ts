import { cosine } from '../linalg/cosine.js';
import type { Similarity } from '../schemas/similarity.js';
import type { AdapterReport, ReportedModule } from './adapterReport.js';

/**
 * Norms of the clients' updates and the cosines between them, over the whole adapter or over one module: inner
 * products add up over modules, and a client counts as zero in a module that it lacks.
 *
 * @param module name of the one module to look at
 * @returns undefined when the round has no such module, or more clients than reports hold products for
 */
export function similarityOf(report: AdapterReport, module?: string): Similarity | undefined {
  const modules =
    module === undefined ? report.modules : report.modules.filter(({ name }) => name === module);
  if (modules.length === 0 || modules.some(({ clientProducts }) => clientProducts === undefined)) {
    return undefined;
  }
  const count = report.clients.length;
  const products = sumProducts(modules, count);
  const weights = report.clients.map(({ weight }) => weight);
  const norms = weights.map((_, i) => Math.sqrt(Math.max(0, products[i * count + i])));
  const toMean = weights.map((_, i) => weights.reduce((sum, w, j) => sum + w * products[i * count + j], 0));
  const mean = Math.sqrt(
    Math.max(
      0,
      weights.reduce((sum, w, i) => sum + w * toMean[i], 0),
    ),
  );
  return {
    ...(module !== undefined && { module }),
    clients: report.clients.map(({ client }) => client),
    weights,
    norms,
    cosineToMean: toMean.map((product, i) => cosine(product, norms[i], mean)),
    cosine: norms.map((norm, i) => norms.map((other, j) => cosine(products[i * count + j], norm, other))),
  };
}

/** (count, count) sums of the modules' inner products, each placed by the clients that have the module. */
function sumProducts(modules: readonly ReportedModule[], count: number): Float64Array {
  const sums = new Float64Array(count * count);
  for (const { clients, clientProducts = [] } of modules) {
    for (const [i, row] of clients.entries()) {
      for (const [j, col] of clients.entries()) {
        sums[row * count + col] += clientProducts[i * clients.length + j];
      }
    }
  }
  return sums;
}
