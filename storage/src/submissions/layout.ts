import { createHash } from 'node:crypto';

/** A set of modules and shapes in the one form in which equal sets are equal text. */
export interface Layout {
  json: string;
  digest: string;
  modules: number;
}

/** @param shapes module name → 'MxN' */
export function layoutOf(shapes: Readonly<Record<string, string>>): Layout {
  const entries = Object.entries(shapes).map(([name, shape]) => [wellFormed(name), shape] as const);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const json = JSON.stringify(Object.fromEntries(entries));
  return { json, digest: createHash('sha256').update(json).digest('hex'), modules: entries.length };
}

/** Lua's JSON reader stops at half a surrogate pair, which a file's header may well hold. */
function wellFormed(name: string): string {
  return name.replace(/\p{Surrogate}/gu, '\uFFFD');
}
