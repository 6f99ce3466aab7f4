import { ApiProblem } from './ApiProblem.ts';
import type { Problem } from './types.ts';

/** Whatever was thrown, as a problem that can be shown. A failed fetch means that nobody answered. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof ApiProblem) {
    return thrown.problem;
  }
  return makeProblem(
    503,
    'unreachable',
    'No answer',
    'The dashboard could not be reached. Nothing was changed; check the connection and try again.',
  );
}

/** A problem of the dashboard's own. */
export function makeProblem(status: number, code: string, title: string, detail: string): Problem {
  return { type: `urn:florist:problem:${code}`, title, status, code, detail, instance: '' };
}
