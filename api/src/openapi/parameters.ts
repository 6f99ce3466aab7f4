import { ADAPTER_ID_PATTERN } from '@florist/core/schemas/adapter';
import { Slug, STRICT } from '@florist/core/schemas/common';
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

/** Which of a round's adapters is meant. */
export const AdapterQuery = Type.Object(
  {
    adapter: Type.Optional(
      Type.String({
        pattern: ADAPTER_ID_PATTERN,
        description: 'Id of the adapter, such as `a2`; the current one by default.',
      }),
    ),
  },
  STRICT,
);
