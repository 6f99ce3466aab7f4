import { type Static, Type } from 'typebox';
import { Slug, STRICT, Time } from './common.js';
import { component } from './component.js';

/** The time of making, in hex, and chance: in the order of their ids, tokens are in the order of their age. */
export const TOKEN_ID_PATTERN = '^tk-[0-9a-f]{16}$';

/** Ten years, in seconds: beyond it "does not expire" says the same. */
export const LIFETIME_SECONDS_MAX = 315_360_000;

/** Thirty days, in seconds: long enough to reach every device, short enough not to be forgotten. */
export const OVERLAP_SECONDS_MAX = 2_592_000;

/** As many characters as fit a line of a list. */
const NAME_LENGTH_MAX = 100;

/** More federations than one person looks after; who needs more takes a token for all. */
const TOKEN_FEDERATIONS_MAX = 100;

/** The roles that a token of the service can have; clients have tokens of their own. */
export const ServiceRole = Type.Union([Type.Literal('operator'), Type.Literal('viewer')], {
  description: 'operator: may do everything; viewer: may read.',
});
export type ServiceRole = Static<typeof ServiceRole>;

const name = Type.String({
  minLength: 1,
  maxLength: NAME_LENGTH_MAX,
  pattern: '^[^\\u0000-\\u001f\\u007f]+$',
  description: 'Whose it is or what for, as the audit trail shows it.',
});

const federations = Type.Array(Slug('A federation.'), {
  minItems: 1,
  maxItems: TOKEN_FEDERATIONS_MAX,
  uniqueItems: true,
  description: 'The only federations that it sees and changes; left out, all and the service itself.',
});

const expiresInSeconds = Type.Integer({
  minimum: 1,
  maximum: LIFETIME_SECONDS_MAX,
  description: 'How long it is valid; left out, until it is replaced or revoked.',
});

const overlapSeconds = Type.Integer({
  minimum: 0,
  maximum: OVERLAP_SECONDS_MAX,
  default: 0,
  description: 'How long the secret before stays valid; 0, the default, ends it at once.',
});

export const TokenCreate = component(
  'TokenCreate',
  Type.Object(
    {
      name,
      role: ServiceRole,
      federations: Type.Optional(federations),
      expiresInSeconds: Type.Optional(expiresInSeconds),
    },
    STRICT,
  ),
);
export type TokenCreate = Static<typeof TokenCreate.schema>;

export const TokenRotate = component(
  'TokenRotate',
  Type.Object(
    { overlapSeconds: Type.Optional(overlapSeconds) },
    { ...STRICT, description: 'Left out, the secret before ends at once.' },
  ),
);
export type TokenRotate = Static<typeof TokenRotate.schema>;

export const ClientTokenRotate = component(
  'ClientTokenRotate',
  Type.Object(
    { expiresInSeconds: Type.Optional(expiresInSeconds), overlapSeconds: Type.Optional(overlapSeconds) },
    { ...STRICT, description: 'Left out, the token before ends at once and the new one does not expire.' },
  ),
);
export type ClientTokenRotate = Static<typeof ClientTokenRotate.schema>;

const fields = {
  id: Type.String({ pattern: TOKEN_ID_PATTERN }),
  name,
  role: ServiceRole,
  federations: Type.Optional(federations),
  prefix: Type.String({ description: 'How the token begins, to tell it from others; it opens nothing.' }),
  createdAt: Time('When it was made.'),
  createdBy: Type.String({ description: 'Id of the token that made it, or `settings`.' }),
  rotatedAt: Type.Optional(Time('When its present secret was made, if it was replaced.')),
  expiresAt: Type.Optional(Time('When it ends by itself.')),
  previousUntil: Type.Optional(Time('Until when the secret before is valid too.')),
  lastUsedAt: Type.Optional(Time('When it was last used, to the minute.')),
};

export const Token = component(
  'Token',
  Type.Object(fields, { description: 'A token of an operator or a viewer, without its secret.' }),
);
export type Token = Static<typeof Token.schema>;

export const TokenWithSecret = component(
  'TokenWithSecret',
  Type.Object(
    { ...fields, token: Type.String({ description: 'Shown once; Florist keeps only its hash.' }) },
    { description: 'A token and its new secret.' },
  ),
);
export type TokenWithSecret = Static<typeof TokenWithSecret.schema>;

export const TokenList = component(
  'TokenList',
  Type.Object({ items: Type.Array(Token.ref), nextCursor: Type.Optional(Type.String()) }),
);

export const Identity = component(
  'Identity',
  Type.Object(
    {
      role: Type.Union([Type.Literal('operator'), Type.Literal('viewer'), Type.Literal('client')]),
      token: Type.Optional(Type.String({ description: 'Id of the token; `settings` for one of those.' })),
      name: Type.Optional(Type.String({ description: 'Name of the token.' })),
      federations: Type.Optional(
        Type.Array(Type.String(), { description: 'The only federations that the token is for.' }),
      ),
      client: Type.Optional(Type.String({ description: 'The client whose token it is.' })),
    },
    { description: 'Whose token a request came with.' },
  ),
);
export type Identity = Static<typeof Identity.schema>;
