import { Type } from 'typebox';

/** Names of federations and clients; safe in URLs, file names and Redis keys. */
export const SLUG_PATTERN = '^[a-z0-9][a-z0-9-]{0,62}$';

export const Slug = (description: string) => Type.String({ pattern: SLUG_PATTERN, description });

export const Time = (description: string) => Type.String({ format: 'date-time', description });

export const Sha256 = (description: string) => Type.String({ pattern: '^[0-9a-f]{64}$', description });

export const DtypeName = Type.Union([Type.Literal('F32'), Type.Literal('F16'), Type.Literal('BF16')]);

/** The keyword under which a schema states a rule that no other keyword can. */
export const RULE_KEYWORD = 'x-florist-rule';

/**
 * What a value must keep beyond its schema: a comparison with another field, or something that the service knows.
 * A request that breaks it is refused as request_invalid, which points at the field.
 */
export const rule = (text: string) => ({ [RULE_KEYWORD]: text });

/** Strict objects: an unknown key is an error, never dropped in silence. */
export const STRICT = { additionalProperties: false } as const;

export const PAGE_LIMIT_DEFAULT = 100;
export const PAGE_LIMIT_MAX = 1000;

export const PageQuery = Type.Object(
  {
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: PAGE_LIMIT_MAX,
        default: PAGE_LIMIT_DEFAULT,
        description: 'How many items to return at most.',
      }),
    ),
    cursor: Type.Optional(
      Type.String({
        maxLength: 256,
        description: '`nextCursor` of the page before; absent for the first page.',
        ...rule('the `nextCursor` of a page before'),
      }),
    ),
  },
  STRICT,
);
