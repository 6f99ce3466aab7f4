import { ApiProblem } from './ApiProblem.ts';
import { isProblem } from './isProblem.ts';
import { makeProblem } from './toProblem.ts';

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * The data of an answer.
 * @throws ApiProblem when it is not a success
 */
export async function unwrap<T>(pending: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await pending;
  if (!response.ok) {
    throw new ApiProblem(
      isProblem(error)
        ? error
        : makeProblem(
            response.status,
            'unexpected',
            'Unexpected answer',
            `The answer was HTTP ${response.status}.`,
          ),
    );
  }
  return data as T;
}
