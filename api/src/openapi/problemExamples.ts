import { PROBLEMS, type ProblemCode } from '@florist/core/errors/problems';
import type { Problem } from '@florist/core/schemas/problem';

const REQUEST_ID = '1f0a3c52-5f0e-4c3b-9d5b-0d6f3c8a7e21';

/** An example for each of the codes, by code. */
export function problemExamples(
  codes: readonly ProblemCode[],
): Record<string, { summary: string; value: Problem }> {
  return Object.fromEntries(
    codes.map((code) => {
      const { status, title } = PROBLEMS[code];
      const type = `urn:florist:problem:${code}`;
      const value = { type, title, status, code, detail: `${title}.`, instance: REQUEST_ID };
      return [code, { summary: title, value }];
    }),
  );
}
