import { PROBLEMS, type ProblemCode } from '@florist/core/errors/problems';
import { Problem } from '@florist/core/schemas/problem';
import { PROBLEM_TYPE } from '../problems/toProblem.js';

/** One response per status, which names every code it can carry and shows the first. */
export function problemResponses(codes: readonly ProblemCode[]): Record<number, object> {
  const byStatus: Record<number, ProblemCode[]> = {};
  for (const code of codes) {
    const { status } = PROBLEMS[code];
    byStatus[status] = [...(byStatus[status] ?? []), code];
  }
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, group]) => [
      status,
      {
        description: group.map((code) => `\`${code}\`: ${PROBLEMS[code].title}.`).join(' '),
        content: { [PROBLEM_TYPE]: { schema: Problem.ref, examples: examplesOf(group) } },
      },
    ]),
  );
}

/** Points at the document's shared examples. */
function examplesOf(codes: readonly ProblemCode[]): Record<string, object> {
  return Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
}
