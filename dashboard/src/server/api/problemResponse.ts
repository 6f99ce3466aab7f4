import { ApiProblem } from '#lib/api/ApiProblem.ts';
import { makeProblem } from '#lib/api/toProblem.ts';
import type { Problem } from '#lib/api/types.ts';

/** A problem as the answer of a route. */
export function problemResponse(problem: Problem): Response {
  return Response.json(problem, {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}

/** What a route answers when it throws: known problems as they are, everything else without details. */
export function toProblemResponse(thrown: unknown): Response {
  if (thrown instanceof ApiProblem) {
    return problemResponse(thrown.problem);
  }
  console.error(thrown);
  return problemResponse(
    makeProblem(500, 'dashboard_fault', 'Something went wrong in the dashboard', 'Its log holds the cause.'),
  );
}
