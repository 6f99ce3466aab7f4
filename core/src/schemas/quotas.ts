import { type Static, Type } from 'typebox';
import { STRICT } from './common.js';
import { component } from './component.js';

/** More bytes than any disk here has. */
const BYTES_MAX = 2 ** 50;

/** More requests than one process answers. */
const REQUESTS_MAX = 1_000_000;

const fields = {
  bytesPerClient: Type.Integer({
    minimum: 1,
    maximum: BYTES_MAX,
    description:
      'Of the submitted adapters of one client that are kept, over all rounds, and of its unfinished uploads as ' +
      'they were announced. Retention makes room.',
  }),
  bytesPerFederation: Type.Integer({
    minimum: 1,
    maximum: BYTES_MAX,
    description: 'The same of all clients together.',
  }),
  requestsPerMinute: Type.Integer({
    minimum: 1,
    maximum: REQUESTS_MAX,
    description: 'That each client may send with its token, at all replicas together.',
  }),
};

export const QuotaPolicy = component(
  'QuotaPolicy',
  Type.Partial(Type.Object(fields), { ...STRICT, description: 'What clients may use; no limit by default.' }),
);
export type QuotaPolicy = Static<typeof QuotaPolicy.schema>;

export const QuotaPolicyInput = component(
  'QuotaPolicyInput',
  Type.Partial(
    Type.Object({
      bytesPerClient: Type.Union([fields.bytesPerClient, Type.Null()]),
      bytesPerFederation: Type.Union([fields.bytesPerFederation, Type.Null()]),
      requestsPerMinute: Type.Union([fields.requestsPerMinute, Type.Null()]),
    }),
    { ...STRICT, description: 'Fields left out keep their value; null lifts a limit.' },
  ),
);
export type QuotaPolicyInput = Static<typeof QuotaPolicyInput.schema>;
