import type { ModuleClient, ModuleSource } from '../florist/moduleReport.js';
import { readClients } from '../florist/readClients.js';
import { stackLayout } from '../florist/stackLayout.js';
import type { Kernel, RawMatrix, Side } from '../kernel/kernel.js';
import { clientInnerProducts } from '../methods/clientInnerProducts.js';
import { type ClientProducts, productIndex } from './clientProducts.js';
import { hideCancelled } from './hideCancelled.js';

/** Stacked rank of a group: the Gram matrices of two groups together take 64 MB. */
const PAIR_RANK_MAX = 1_024;
/** Where only norms are wanted, whatever lies off a client's own block is computed in vain. */
const NORM_RANK_MAX = 64;

/**
 * Adds ⟨ΔW_i, ΔW_j⟩ of one module to sums over an adapter, from Gram matrices and nothing else. Clients are stacked
 * in groups, and two groups at a time, so that neither memory nor the size of a product grows with their number;
 * every group is read once for each other.
 *
 * @param positions of the module's clients among those of `products`, ascending
 * @param certain whether norms that cancellation hides become ∞: see hideCancelled
 */
export async function addModuleProducts(
  kernel: Kernel,
  source: ModuleSource,
  positions: readonly number[],
  products: ClientProducts,
  certain: boolean,
): Promise<void> {
  const pairs = products.kind === 'triangle';
  const groups = groupClients(source, pairs ? PAIR_RANK_MAX : NORM_RANK_MAX);
  for (const [i, group] of groups.entries()) {
    const rows = await readClients(source, ...group);
    add(products, await productsOf(kernel, rows, certain), rowsOf(group), rowsOf(group));
    if (!pairs) continue;
    for (const other of groups.slice(0, i)) {
      const stacked = [...rows, ...(await readClients(source, ...other))];
      add(products, await productsOf(kernel, stacked, certain), rowsOf(group), rowsOf(other));
    }
  }

  function rowsOf([from, to]: Group): readonly number[] {
    return positions.slice(from, to);
  }
}

type Group = readonly [from: number, to: number];

/** Neighbouring clients, in groups of at most `rankMax` together, or of one. */
function groupClients({ shares }: ModuleSource, rankMax: number): Group[] {
  const groups: Group[] = [];
  let from = 0;
  let reached = 0;
  for (const [k, { rank }] of shares.entries()) {
    if (k > from && reached + rank > rankMax) {
      groups.push([from, k]);
      from = k;
      reached = 0;
    }
    reached += rank;
  }
  groups.push([from, shares.length]);
  return groups;
}

/** @param found of a stack that begins with the rows and, unless they are the same, ends with the columns */
function add(
  products: ClientProducts,
  found: Float64Array,
  rows: readonly number[],
  cols: readonly number[],
): void {
  const size = Math.sqrt(found.length);
  for (const [i, row] of rows.entries()) {
    for (const [j, col] of cols.entries()) {
      const wanted = products.kind === 'triangle' ? row >= col : row === col;
      if (!wanted) continue;
      products.values[productIndex(products, row, col)] += found[i * size + (size - cols.length) + j];
    }
  }
}

async function productsOf(
  kernel: Kernel,
  clients: readonly ModuleClient[],
  certain: boolean,
): Promise<Float64Array> {
  const b = clients.map((client) => client.b);
  const a = clients.map((client) => client.a);
  const grams = { b: await gramOf(kernel, 'B', b), a: await gramOf(kernel, 'A', a) };
  const layout = stackLayout(clients);
  const products = clientInnerProducts(grams, layout);
  if (certain) hideCancelled(products, grams, layout);
  return products;
}

async function gramOf(kernel: Kernel, side: Side, parts: readonly RawMatrix[]): Promise<Float64Array> {
  const stack = await kernel.stack(side, parts);
  try {
    return await stack.gram();
  } finally {
    stack.release();
  }
}
