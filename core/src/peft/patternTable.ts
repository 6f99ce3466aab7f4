import type { RE2JS } from 're2js';
import { compilePattern } from './compilePattern.js';
import { configRefusal } from './configRefusal.js';
import { PATTERN_PROGRAM_MAX, PATTERN_STEPS_MAX } from './limits.js';
import { LiteralIndex } from './literalIndex.js';
import { literalPattern } from './literalPattern.js';

interface Expression {
  readonly number: number;
  readonly regex: RE2JS;
  readonly size: number;
}

/**
 * Looks up modules in a rank_pattern or alpha_pattern, with the semantics of PEFT's get_pattern_key (from
 * 0.15): the first key in the order of the file that matches at the start of the name or after one of its dots,
 * and up to its end; failing that, a key that equals the name.
 *
 * The order of the file counts, as it does when PEFT loads it, although PEFT sorts the keys when it saves: where
 * two keys match one module, that order may differ from the one the adapter was trained with.
 * @returns the module's value, or undefined if no key matches
 * @throws {Refusal} config_unsupported, from here or from a look-up, for a key that cannot be matched or if the
 *   map takes too much work
 */
export function patternTable(
  patterns: ReadonlyMap<string, number>,
  field: string,
): (module: string) => number | undefined {
  const values = [...patterns.values()];
  const literals = new LiteralIndex();
  const expressions = compileAll(patterns, field, literals);
  let steps = 0;
  const spend = (more: number) => {
    steps += more;
    if (steps > PATTERN_STEPS_MAX) throw tooCostly(field);
  };
  return (module) => {
    let first = Math.min(...literals.matching(module, spend), values.length);
    for (const { number, regex, size } of expressions) {
      if (number > first) break;
      spend(size * module.length);
      if (regex.test(module)) first = number;
    }
    return first < values.length ? values[first] : patterns.get(module);
  };
}

/** Adds plain keys to the index and compiles the others, in order. */
function compileAll(
  patterns: ReadonlyMap<string, number>,
  field: string,
  literals: LiteralIndex,
): Expression[] {
  const expressions: Expression[] = [];
  let program = 0;
  let number = 0;
  for (const key of patterns.keys()) {
    const literal = literalPattern(key);
    if (literal) literals.add(literal, number);
    else {
      const regex = compilePattern(key, field);
      const size = regex.programSize();
      program += size;
      if (program > PATTERN_PROGRAM_MAX) throw tooCostly(field);
      expressions.push({ number, regex, size });
    }
    number++;
  }
  return expressions;
}

function tooCostly(field: string) {
  const detail =
    'takes too much work to match; use fewer or simpler expressions, or name the modules in full';
  return configRefusal('config_unsupported', field, detail);
}
