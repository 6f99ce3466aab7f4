import 'server-only';
import { ApiProblem } from '#lib/api/ApiProblem.ts';
import { makeProblem } from '#lib/api/toProblem.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import type { Rights } from '../session/session.ts';
import { serverApi } from './serverApi.ts';

/**
 * What a token is for.
 * @throws ApiProblem when the token is not valid, or belongs to a client of a federation
 */
export async function learnRights(token: string): Promise<Rights> {
  const { role, federations } = await unwrap(serverApi(token).GET('/v1/identity'));
  if (role !== 'client') {
    return { role, limited: federations !== undefined };
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
