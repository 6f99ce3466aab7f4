import { type Static, Type } from 'typebox';
import { STRICT } from './common.js';
import { component } from './component.js';

/** More rounds than this are as good as for ever. */
export const RETENTION_ROUNDS_MAX = 1_000_000;

const fields = {
  submissionRounds: Type.Integer({
    minimum: 1,
    maximum: RETENTION_ROUNDS_MAX,
    description:
      'Of how many of the latest rounds that have ended the submissions are kept; without it, for ever. ' +
      'No other adapter can be derived from a round whose submissions are deleted.',
  }),
  adapterRounds: Type.Integer({
    minimum: 1,
    maximum: RETENTION_ROUNDS_MAX,
    description:
      'Of how many of the latest published rounds the adapters are kept; without it, for ever. ' +
      'A client that lacks a round whose adapter is deleted cannot catch up.',
  }),
};

export const RetentionPolicy = component(
  'RetentionPolicy',
  Type.Partial(Type.Object(fields), {
    ...STRICT,
    description: 'What is deleted once it is old; nothing by default.',
  }),
);
export type RetentionPolicy = Static<typeof RetentionPolicy.schema>;

export const RetentionPolicyInput = component(
  'RetentionPolicyInput',
  Type.Partial(
    Type.Object({
      submissionRounds: Type.Union([fields.submissionRounds, Type.Null()]),
      adapterRounds: Type.Union([fields.adapterRounds, Type.Null()]),
    }),
    { ...STRICT, description: 'Fields left out keep their value; null keeps for ever.' },
  ),
);
export type RetentionPolicyInput = Static<typeof RetentionPolicyInput.schema>;

export const Freed = component(
  'Freed',
  Type.Object(
    {
      bytes: Type.Integer({ minimum: 0, description: 'Size of all files together.' }),
      submissions: Type.Integer({ minimum: 0, description: 'Submissions whose files are deleted.' }),
      adapters: Type.Integer({ minimum: 0, description: 'Published adapters whose files are deleted.' }),
      sums: Type.Integer({ minimum: 0, description: 'Sums of rounds that nobody asks for any more.' }),
      uploads: Type.Integer({ minimum: 0, description: 'Uploads that never became a submission.' }),
    },
    { description: 'What retention has deleted.' },
  ),
);
export type Freed = Static<typeof Freed.schema>;

export const RetentionRun = component(
  'RetentionRun',
  Type.Object(
    {
      dryRun: Type.Boolean({ description: 'Whether nothing was deleted, and `freed` is what would be.' }),
      freed: Freed.ref,
      submissionRounds: Type.Array(Type.Integer(), { description: 'Rounds that lose their submissions.' }),
      adapterRounds: Type.Array(Type.Integer(), { description: 'Rounds that lose their adapters.' }),
    },
    { description: 'One run of retention.' },
  ),
);
export type RetentionRun = Static<typeof RetentionRun.schema>;
