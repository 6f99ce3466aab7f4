import { PATTERN_SHAPES_MAX } from './limits.js';
import { LiteralIndex } from './literalIndex.js';

const free = () => {};

/**
 * The key under which each module goes into rank_pattern and alpha_pattern, such that in PEFT it matches that
 * module and no other of those given, in whatever order the keys end up.
 *
 * A plain name serves where it can: every version of PEFT understands it, as an exact key before 0.15 and as an
 * expression that may also match after a dot since. Where it would then match another module as well, because it
 * is the end of that name, or because a dot of it matches any character, the key becomes `^` and the name with
 * its dots escaped. PEFT before 0.15 does not find such a key and gives the module the default rank: loading
 * fails on a difference of shapes, or the rank is right by chance and so is the scale, which is 1 in any case.
 */
export function patternKeys(modules: readonly string[]): Map<string, string> {
  const index = new LiteralIndex();
  for (const [number, name] of modules.entries()) index.add(asPattern(name), number);
  const ambiguous = new Set<string>();
  // Hostile names of very many shapes would make the check quadratic; anchors are right in any case.
  const cheap = index.shapes <= PATTERN_SHAPES_MAX;
  for (const name of modules) {
    if (!cheap || /^\d+$/.test(name)) ambiguous.add(name);
    else
      for (const other of index.matching(name, free))
        if (modules[other] !== name) ambiguous.add(modules[other]);
  }
  return new Map(
    modules.map((name) => [name, ambiguous.has(name) ? `^${name.replaceAll('.', '\\.')}` : name]),
  );
}

function asPattern(name: string) {
  const wildcards = [...name.matchAll(/\./g)].map((dot) => dot.index);
  return { text: name, wildcards, anchored: false };
}
