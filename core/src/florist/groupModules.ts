/** What the cost of aggregating a module depends on. */
export interface ModuleSize {
  readonly name: string;
  readonly shape: readonly [m: number, n: number];
  readonly stackedRank: number;
}

/** How many groups to make, or how much one group should cost in multiply-adds; see `moduleCost`. */
export type Grouping = { readonly groups: number } | { readonly targetCost: number };

/** Multiply-adds of one module: both Grams over the long sides, and the work in r-space. */
export function moduleCost({ shape: [m, n], stackedRank: r }: ModuleSize): number {
  return r * r * (m + n + r);
}

/**
 * Splits modules into groups of about the same cost, never more groups than modules and none of them empty. The
 * same modules give the same groups in whatever order they come; names in a group are sorted.
 *
 * The longest first, each into the group with least so far: Graham's rule, within 4/3 of the best split.
 */
export function groupModules(modules: readonly ModuleSize[], grouping: Grouping): string[][] {
  const sized = modules.map((module) => ({ name: module.name, cost: moduleCost(module) }));
  sized.sort((x, y) => y.cost - x.cost || (x.name < y.name ? -1 : 1));
  const total = sized.reduce((sum, { cost }) => sum + cost, 0);
  const wanted = 'groups' in grouping ? grouping.groups : total / grouping.targetCost;
  if (!(wanted >= 0)) throw new Error(`modules cannot be split into ${wanted} groups`);
  const count = Math.min(modules.length, Math.max(1, Math.ceil(wanted)));
  const groups = Array.from({ length: count }, () => ({ cost: 0, names: [] as string[] }));
  for (const { name, cost } of sized) {
    const lightest = groups.reduce((best, group) => (group.cost < best.cost ? group : best));
    lightest.names.push(name);
    lightest.cost += cost;
  }
  return groups.map(({ names }) => names.sort());
}
