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
        isUntrusted(error)
          ? `The certificate at ${apiUrl()} is not trusted here: set NODE_EXTRA_CA_CERTS to the file of its CA, and FLORIST_API_URL to a name that it was made for.`
          : `Nothing listens at ${apiUrl()}. What is stored is safe, and workers go on with what they have; start the api, and this page heals by itself.`,
      ),
    );
  }
}

/** How Node calls a certificate of an unknown CA, one that is not valid now, and one of another name. */
const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_|CERT_|ALTNAME/;

function isUntrusted(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && UNTRUSTED.test(String(cause.code));
}
