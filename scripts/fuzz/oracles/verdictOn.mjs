// @ts-check
import { PROBLEMS } from '../../../core/dist/errors/problems.js';
import { Refusal } from '../../../core/dist/errors/refusal.js';
import { Finding, promise } from './promise.mjs';

/** Longest sentence of a refusal, in characters: hostile names are cut, so no input makes it grow. */
const SENTENCE_MAX = 2000;
/** Longest name that a refusal points at, in characters. */
const POINTER_MAX = 200;

/**
 * @template T
 * @typedef {{ accepted: true, value: T } | { accepted: false, code: string, message: string }} Verdict
 */

/**
 * What a reader makes of its input. A refusal must be fit to be shown; anything else that is thrown is a finding.
 *
 * @template T
 * @param {() => T} read
 * @returns {Verdict<T>}
 */
export function verdictOn(read) {
  try {
    return { accepted: true, value: read() };
  } catch (error) {
    if (error instanceof Finding) throw error;
    if (!(error instanceof Refusal)) {
      const found = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      throw new Finding(`only refusals are thrown, not ${found}`);
    }
    const { code, message, errors, status } = error;
    promise(code in PROBLEMS && status >= 400 && status < 500, `a refusal is the caller's fault: ${code}`);
    promise(message.length <= SENTENCE_MAX, `a refusal of ${message.length} characters is short`);
    for (const { tensor = '', field = '', detail } of errors) {
      const longest = Math.max(tensor.length, field.length);
      promise(longest <= POINTER_MAX && detail.length <= SENTENCE_MAX, 'what a refusal points at is short');
    }
    return { accepted: false, code, message };
  }
}
