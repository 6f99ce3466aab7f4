import { ApiProblem } from '#lib/api/ApiProblem.ts';
import { makeProblem } from '#lib/api/toProblem.ts';
import { apiUrl } from '../settings.ts';

/** How long the api may take to begin its answer to a reader, in milliseconds: far longer than the slowest takes. */
const PATIENCE_MS = 20_000;

/**
 * Fetches without any cache. What only reads does not wait for ever for an api that took the request and hangs.
 * @throws ApiProblem api_unreachable when nobody answers, api_silent when it takes too long to begin
 */
export async function fetchFromApi(input: string | Request, init: RequestInit = {}): Promise<Response> {
  const { method, signal } = { ...(input instanceof Request && pickCall(input)), ...init };
  const silence = new AbortController();
  const ends = AbortSignal.any([silence.signal, ...(signal ? [signal] : [])]);
  const answer = fetch(input, { ...init, cache: 'no-store', signal: ends });
  const reads = method === undefined || method === 'GET' || method === 'HEAD';
  let timer: NodeJS.Timeout | undefined;
  // raced, since the signal alone may not be heard: undici's Requests forget theirs when they are collected as garbage
  const patience = new Promise<never>((_, reject) => {
    const giveUp = () => {
      reject(silent());
      silence.abort();
    };
    timer = reads ? setTimeout(giveUp, PATIENCE_MS) : undefined;
  });
  try {
    return await Promise.race([answer, patience]);
  } catch (error) {
    if (error instanceof ApiProblem) {
      throw error;
    }
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
  } finally {
    clearTimeout(timer);
  }
}

const pickCall = ({ method, signal }: Request) => ({ method, signal });

function silent(): ApiProblem {
  return new ApiProblem(
    makeProblem(
      504,
      'api_silent',
      'The api does not answer',
      `${apiUrl()} took the request and has said nothing for ${PATIENCE_MS / 1000} s. What is stored is safe; see what holds it up, its machine or its Redis, then try again.`,
    ),
  );
}

/** How Node calls a certificate of an unknown CA, one that is not valid now, and one of another name. */
const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_|CERT_|ALTNAME/;

function isUntrusted(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && UNTRUSTED.test(String(cause.code));
}
