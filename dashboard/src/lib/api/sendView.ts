import { ApiProblem } from './ApiProblem.ts';
import { isProblem } from './isProblem.ts';
import { makeProblem } from './toProblem.ts';

/**
 * Sends something to the dashboard's own server.
 * @throws ApiProblem when it is refused
 */
export async function sendView(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<void> {
  const response = await fetch(path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  if (!response.ok) {
    const answer: unknown = await response.json().catch(() => undefined);
    throw new ApiProblem(
      isProblem(answer)
        ? answer
        : makeProblem(
            response.status,
            'unexpected',
            'Unexpected answer',
            `The answer was HTTP ${response.status}.`,
          ),
    );
  }
}
