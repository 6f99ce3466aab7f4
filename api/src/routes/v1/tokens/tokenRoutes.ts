import { PageQuery } from '@florist/core/schemas/common';
import { Identity, TokenCreate, TokenList, TokenRotate, TokenWithSecret } from '@florist/core/schemas/token';
import { createToken } from '@florist/storage/tokens/createToken';
import { listTokens } from '@florist/storage/tokens/listTokens';
import { revokeToken } from '@florist/storage/tokens/revokeToken';
import { rotateServiceToken } from '@florist/storage/tokens/rotateServiceToken';
import type { Principal } from '../../../auth/principal.js';
import { operation } from '../../../openapi/operation.js';
import { TokenParams } from '../../../openapi/parameters.js';
import { empty, json } from '../../../openapi/responses.js';
import { tokenOf } from '../../../plugins/authentication.js';
import type { Routes } from '../../routes.js';

const SHARED = { access: 'operator', tag: 'Access' } as const;

const create = operation({
  ...SHARED,
  id: 'createToken',
  summary: 'Make a token for an operator or a viewer',
  description:
    'It is shown only in this answer; Florist keeps its hash. Limited to federations, it sees and does only those, ' +
    'and nothing of the service as a whole.',
  request: { body: TokenCreate.ref },
  success: { 201: json(TokenWithSecret.ref, 'The token.') },
  problems: ['federation_not_found', 'tokens_too_many'],
});

const list = operation({
  ...SHARED,
  id: 'listTokens',
  summary: 'List the tokens of operators and viewers',
  description:
    'In the order in which they were made, without their secrets. Those that settings name are not here.',
  request: { querystring: PageQuery },
  success: { 200: json(TokenList.ref, 'One page.') },
});

const rotate = operation({
  ...SHARED,
  id: 'rotateToken',
  summary: 'Give a token a new secret',
  description:
    'The secret before ends at once, or after an overlap, but never later than it would have; any older one ends ' +
    'at once. The lifetime, if it has one, begins anew.',
  request: { params: TokenParams, body: TokenRotate.ref },
  optionalBody: true,
  success: { 200: json(TokenWithSecret.ref, 'The token and its new secret, which only this answer shows.') },
  problems: ['token_not_found'],
});

const revoke = operation({
  ...SHARED,
  id: 'revokeToken',
  summary: 'Revoke a token',
  description: 'It is refused from now on; event streams that it opened end within seconds.',
  request: { params: TokenParams },
  success: { 204: empty('It is void.') },
  problems: ['token_not_found'],
});

const identity = operation({
  access: 'any',
  tag: 'Access',
  id: 'getIdentity',
  summary: 'Whose token this is',
  description: 'The role, and what the token is limited to.',
  request: {},
  success: { 200: json(Identity.ref, 'Who you are to Florist.') },
});

export const tokenRoutes: Routes = async (app, { ledger }) => {
  app.post('/tokens', create, async (request, reply) => {
    const token = await createToken(ledger, request.body, tokenOf(request));
    request.concerned = { token: token.id };
    return reply.code(201).send(token);
  });

  app.get('/tokens', list, async ({ query }) => listTokens(ledger, query));

  app.post('/tokens/:token/rotate', rotate, async ({ params, body }) =>
    rotateServiceToken(ledger, params.token, body),
  );

  app.delete('/tokens/:token', revoke, async ({ params }, reply) => {
    await revokeToken(ledger, params.token);
    return reply.code(204).send();
  });

  app.get('/identity', identity, async ({ principal }) => identityOf(principal));
};

function identityOf(principal: Principal | null): Identity {
  if (principal === null) {
    throw new Error('a route that needs a token was reached without');
  }
  if (principal.role === 'client') {
    const { role, federation, client } = principal;
    return { role, federations: [federation], client };
  }
  const { role, token, name, federations } = principal;
  return {
    ...{ role, token },
    ...(name !== undefined && { name }),
    ...(federations !== undefined && { federations: [...federations] }),
  };
}
