import { ApiProblem } from '#lib/api/ApiProblem.ts';
import { makeProblem } from '#lib/api/toProblem.ts';
import { apiUrl } from '../settings.ts';

/**
 * Fetches without any cache.
 * @throws ApiProblem api_unreachable when nobody answers
 */
export async function fetchFromApi(input: string | Request, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(input, { ...init, cache: 'no-store' });
  } catch (error) {
    if (init.signal?.aborted || (error instanceof Error && error.name === 'AbortError')) {
      throw error;
    }
    throw new ApiProblem(
      makeProblem(
        502,
        'api_unreachable',
        'The api does not answer',
        `Nothing listens at ${apiUrl()}. What is stored is safe, and workers go on with what they have; start the api, and this page heals by itself.`,
      ),
    );
  }
}
