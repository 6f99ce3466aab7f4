// @ts-check

/** What a case shows to be wrong: the message says which promise it breaks. */
export class Finding extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'Finding';
  }
}

/**
 * @param {unknown} holds
 * @param {string} promise
 * @returns {asserts holds}
 */
export function promise(holds, promise) {
  if (!holds) throw new Finding(promise);
}
