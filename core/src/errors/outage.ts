import { ProblemError } from './problemError.js';
import type { ProblemCode } from './problems.js';

const OUTAGE_CODES = ['storage_full', 'service_unavailable'] as const satisfies readonly ProblemCode[];

export type OutageCode = (typeof OUTAGE_CODES)[number];

/** Nobody's mistake: the service cannot do now what it was asked for, and can once a part of it is back. */
export class Outage extends ProblemError<OutageCode> {}

export function isOutageCode(code: string): code is OutageCode {
  return OUTAGE_CODES.some((known) => known === code);
}
