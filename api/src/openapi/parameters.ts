import { ADAPTER_ID_PATTERN } from '@florist/core/schemas/adapter';
import { SUM_TAU_DEFAULT } from '@florist/core/schemas/adapterSum';
import { RANK_MAX } from '@florist/core/schemas/aggregation';
import { DtypeName, rule, SLUG_PATTERN, Slug, STRICT } from '@florist/core/schemas/common';
import { TOKEN_ID_PATTERN } from '@florist/core/schemas/token';
import { UPLOAD_ID_PATTERN } from '@florist/core/schemas/upload';
import { WEBHOOK_ID_PATTERN } from '@florist/core/schemas/webhook';
import { Type } from 'typebox';

/** Nine digits are more rounds than a federation can have and stay exact as a number. */
const ROUND_PATTERN = '^(latest|[1-9][0-9]{0,8})$';

const federation = Slug('The federation.');
const client = Slug('The client.');
const round = Type.String({ pattern: ROUND_PATTERN, description: 'Number of the round, or `latest`.' });

export const FederationParams = Type.Object({ federation });
export const ClientParams = Type.Object({ federation, client });
export const RoundParams = Type.Object({ federation, round });
export const SubmissionParams = Type.Object({ federation, round, client });
export const AdapterParams = Type.Object({
  federation,
  round,
  adapter: Type.String({ pattern: ADAPTER_ID_PATTERN, description: 'Id of the adapter, such as `a2`.' }),
});

export const WebhookParams = Type.Object({
  federation,
  webhook: Type.String({ pattern: WEBHOOK_ID_PATTERN, description: 'Id of the webhook.' }),
});

export const TokenParams = Type.Object({
  token: Type.String({ pattern: TOKEN_ID_PATTERN, description: 'Id of the token.' }),
});

export const UploadParams = Type.Object({
  federation,
  upload: Type.String({ pattern: UPLOAD_ID_PATTERN, description: 'Id of the upload.' }),
});

/** For whom and for what an upload is begun. */
export const UploadQuery = Type.Object(
  {
    client: Type.Optional(
      Type.String({
        pattern: SLUG_PATTERN,
        description: 'Whose adapter it is; a client may name itself only, and need not.',
        ...rule('an operator names the client'),
      }),
    ),
    round: Type.Optional(
      Type.String({
        pattern: ROUND_PATTERN,
        description:
          'The round that it is meant for, or `latest`: refused now if that would take nothing from the client, and ' +
          'what arrives counts as a report of the client to it.',
      }),
    ),
  },
  STRICT,
);

const chosenAdapter = {
  adapter: Type.Optional(
    Type.String({
      pattern: ADAPTER_ID_PATTERN,
      description: 'Id of the adapter, such as `a2`; the current one by default.',
    }),
  ),
};

/** Which of a round's adapters is meant. */
export const AdapterQuery = Type.Object(chosenAdapter, STRICT);

/** Which of a round's adapters is meant, and how much of it. */
export const SliceQuery = Type.Object(
  {
    ...chosenAdapter,
    rank: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: RANK_MAX,
        description: 'Cuts every module to this rank; smaller modules stay as they are.',
        examples: [8],
      }),
    ),
    client: Type.Optional(
      Slug(
        'Cuts every module to the rank that this client submitted, and leaves out modules that it did not ' +
          'submit. A client may name itself only.',
      ),
    ),
  },
  STRICT,
);

/** As many rounds as the nine digits of a round's number can name. */
const ROUND_MAX = 999_999_999;

/** What says how to add up means nothing without anything to add up. */
const onlyWithSince = rule('only together with since');

/** Which rounds' adapters are to be added up, and how much of their sum is wanted. */
export const SumQuery = Type.Object(
  {
    since: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: ROUND_MAX,
        description:
          'The last round whose adapter is merged already; 0 for none. Without it, the adapter of the latest ' +
          'published round alone.',
        examples: [3],
      }),
    ),
    through: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: ROUND_MAX,
        description: 'The last round to add, so that both files are of the same sum; the latest by default.',
        ...onlyWithSince,
      }),
    ),
    tau: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 1,
        description: `Share of the energy of the sum that each module keeps; ${SUM_TAU_DEFAULT}, all of it, by default.`,
        ...onlyWithSince,
      }),
    ),
    dtype: Type.Optional(
      Type.Union(DtypeName.anyOf, {
        description:
          'Element type of the sum; F32 by default, or as published where one round alone is newer.',
        ...onlyWithSince,
      }),
    ),
  },
  STRICT,
);
