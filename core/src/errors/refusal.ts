import { isOutageCode, type OutageCode } from './outage.js';
import { ProblemError } from './problemError.js';
import { PROBLEMS, type ProblemCode } from './problems.js';

export type RefusalCode = Exclude<ProblemCode, OutageCode | 'internal'>;

/** The caller's mistake: permanent, never retried. */
export class Refusal extends ProblemError<RefusalCode> {}

export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(PROBLEMS, code) && !isOutageCode(code) && code !== 'internal';
}
