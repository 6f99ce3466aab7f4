import type { FactorPair, ModuleClient, ModuleShare, ModuleSource } from './moduleReport.js';

/**
 * The clients `from` ≤ k < `to` of a module with their factors, which must fit it and each other. Submissions were
 * checked when they came, so whatever is wrong here is a fault.
 *
 * @throws Error naming the module and the client's position
 */
export async function readClients(source: ModuleSource, from: number, to: number): Promise<ModuleClient[]> {
  const pairs = await source.read(from, to);
  if (pairs.length !== to - from) {
    throw new Error(`${source.name}: ${pairs.length} clients were read, not ${to - from}`);
  }
  return pairs.map((pair, at) => {
    const share = source.shares[from + at];
    assertClient(source, from + at, share, pair);
    return { weight: share.weight, scale: share.scale, rank: share.rank, a: pair.a, b: pair.b };
  });
}

function assertClient(
  { name, shape: [m, n] }: ModuleSource,
  k: number,
  { rank, weight, scale }: ModuleShare,
  { a, b }: FactorPair,
): void {
  const fits =
    Number.isInteger(rank) && rank > 0 && b.rows === m && b.cols === rank && a.rows === rank && a.cols === n;
  if (!fits) {
    throw new Error(`${name}: B ${b.rows} × ${b.cols} and A ${a.rows} × ${a.cols} of client ${k} do not fit`);
  }
  if (!(Number.isFinite(scale) && Number.isFinite(weight) && weight >= 0)) {
    throw new Error(`${name}: client ${k} has scale ${scale} and weight ${weight}`);
  }
}
