import type { LiteralPattern } from './literalPattern.js';

/** Patterns of one shape: same length, same wildcards, same anchor. */
interface Shape {
  readonly wildcards: readonly number[];
  readonly anchored: boolean;
  /** From a pattern's text to the lowest number it was added under. */
  readonly numbers: Map<string, number>;
}

/**
 * Finds which of many literal patterns match a name, in time that grows with the number of their shapes and
 * not with their own: adapters may name tens of thousands of modules, and each is looked up among all.
 */
export class LiteralIndex {
  readonly #shapes = new Map<string, Shape>();
  readonly #byLength = new Map<number, Shape[]>();

  get shapes(): number {
    return this.#shapes.size;
  }

  add(pattern: LiteralPattern, number: number): void {
    const { text, wildcards, anchored } = pattern;
    const id = `${anchored} ${text.length} ${wildcards}`;
    let shape = this.#shapes.get(id);
    if (!shape) {
      shape = { wildcards, anchored, numbers: new Map() };
      this.#shapes.set(id, shape);
      const sameLength = this.#byLength.get(text.length);
      if (sameLength) sameLength.push(shape);
      else this.#byLength.set(text.length, [shape]);
    }
    if (!shape.numbers.has(text)) shape.numbers.set(text, number);
  }

  /**
   * Numbers of the patterns that match the whole name or all that follows one of its dots.
   * @param spend told of the work done, in characters
   */
  matching(name: string, spend: (steps: number) => void): number[] {
    const found: number[] = [];
    for (let start = 0; ; ) {
      const suffix = name.slice(start);
      const shapes = this.#byLength.get(suffix.length) ?? [];
      spend(shapes.length * suffix.length);
      for (const { wildcards, anchored, numbers } of shapes) {
        const number = anchored && start > 0 ? undefined : numbers.get(withDotsAt(suffix, wildcards));
        if (number !== undefined) found.push(number);
      }
      const dot = name.indexOf('.', start);
      if (dot === -1) return found;
      start = dot + 1;
    }
  }
}

function withDotsAt(text: string, positions: readonly number[]): string {
  let masked = '';
  let from = 0;
  for (const position of positions) {
    masked += `${text.slice(from, position)}.`;
    from = position + 1;
  }
  return masked + text.slice(from);
}
