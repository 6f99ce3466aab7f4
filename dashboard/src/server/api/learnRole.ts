import 'server-only';
import { ApiProblem } from '#lib/api/ApiProblem.ts';
import { isProblem } from '#lib/api/isProblem.ts';
import { makeProblem } from '#lib/api/toProblem.ts';
import type { Role } from '../session/session.ts';
import { apiUrl } from '../settings.ts';
import { fetchFromApi } from './fetchFromApi.ts';
import { serverApi } from './serverApi.ts';

/**
 * Which role a token has. The api decides who may do a thing before it looks at what is asked, so a creation
 * without a name tells operators (refused for its form) from all others (refused for their role), and changes
 * nothing either way.
 * @throws ApiProblem when the token is not valid, or belongs to a client of a federation
 */
export async function learnRole(token: string): Promise<Role> {
  const probe = await fetchFromApi(`${apiUrl()}/v1/federations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
  });
  if (probe.status === 400 || probe.status === 422) {
    return 'operator';
  }
  if (probe.status !== 403) {
    const body: unknown = await probe.json().catch(() => undefined);
    throw new ApiProblem(
      isProblem(body)
        ? body
        : makeProblem(502, 'unexpected', 'Unexpected answer', `The api answered HTTP ${probe.status}.`),
    );
  }
  const { response } = await serverApi(token).GET('/v1/federations', { params: { query: { limit: 1 } } });
  if (response.ok) {
    return 'viewer';
  }
  throw new ApiProblem(
    makeProblem(
      403,
      'role_insufficient',
      'This is a client’s token',
      'The dashboard takes the token of an operator or a viewer. A client’s token is for submitting adapters and fetching the result.',
    ),
  );
}
