import type { AdapterPart } from './readParts.js';
import type { LocatedModule } from './writeAdapterFile.js';

/** All modules of an adapter's parts, in the order of their names. */
export function sortedModules(parts: readonly AdapterPart[]): LocatedModule[] {
  const modules = parts.flatMap(({ key, modules }) => modules.map((module) => ({ ...module, key })));
  return modules.sort((x, y) => (x.report.name < y.report.name ? -1 : 1));
}
