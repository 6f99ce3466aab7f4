import { ApiProblem } from './ApiProblem.ts';
import { fetchView } from './fetchView.ts';

/**
 * Asks for something that only newer versions of the api offer; null where it does not know the route.
 * @throws ApiProblem when it knows it and refuses
 */
export async function fetchOffered<T>(path: string, signal: AbortSignal): Promise<T | null> {
  try {
    return await fetchView<T>(path, signal);
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.code === 'route_not_found') {
      return null;
    }
    throw error;
  }
}
