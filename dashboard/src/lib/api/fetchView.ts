import { ApiProblem } from './ApiProblem.ts';
import { isProblem } from './isProblem.ts';
import { makeProblem } from './toProblem.ts';

/**
 * Asks the dashboard's own server for something it made of the api's answers.
 * @throws ApiProblem when it is not a success
 */
export async function fetchView<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, { ...(signal === undefined ? {} : { signal }) });
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    throw new ApiProblem(
      isProblem(body)
        ? body
        : makeProblem(
            response.status,
            'unexpected',
            'Unexpected answer',
            `The answer was HTTP ${response.status}.`,
          ),
    );
  }
  return body as T;
}
