/** A pattern key that matches one character of a name with each of its own, so that its place is fixed. */
export interface LiteralPattern {
  /** The characters to match, with a dot where any character does. */
  readonly text: string;
  /** Positions in `text` at which any character matches, ascending. */
  readonly wildcards: readonly number[];
  /** Whether it must match the whole name, not just what follows one of its dots. */
  readonly anchored: boolean;
}

/** What module names are made of, escaped and unescaped dots; anchored or not at either end. */
const LITERAL = /^(\^?)((?:[\w-]|\\?\.)*)\$?$/;

/**
 * Understands a pattern key that needs no regular expression engine: a name, in which an unescaped dot still
 * matches any character. Nearly all keys are of this kind.
 * @returns undefined for any other
 */
export function literalPattern(key: string): LiteralPattern | undefined {
  const match = LITERAL.exec(key);
  if (!match) return undefined;
  const [, anchor, body = ''] = match;
  const wildcards: number[] = [];
  let text = '';
  for (const [token] of body.matchAll(/\\?./g)) {
    if (token === '.') wildcards.push(text.length);
    text += token.charAt(token.length - 1);
  }
  return { text, wildcards, anchored: anchor === '^' };
}
