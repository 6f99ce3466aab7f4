import { STRICT } from '@florist/core/schemas/common';
import { RetentionRun } from '@florist/core/schemas/retention';
import { applyRetention } from '@florist/storage/retention/applyRetention';
import { Type } from 'typebox';
import { operation } from '../../../openapi/operation.js';
import { FederationParams } from '../../../openapi/parameters.js';
import { json } from '../../../openapi/responses.js';
import type { Routes } from '../../routes.js';

/** Months of files may have to be looked at and removed one by one, in milliseconds. */
const RETENTION_TIMEOUT_MS = 30 * 60_000;

const RetentionQuery = Type.Object(
  {
    dryRun: Type.Optional(
      Type.Boolean({ default: false, description: 'Says what would be deleted, and deletes nothing.' }),
    ),
  },
  STRICT,
);

const run = operation({
  access: 'operator',
  id: 'applyRetention',
  tag: 'Federations',
  summary: 'Delete what retention no longer keeps',
  description:
    'Now, rather than with the next of the hourly runs: submissions and adapters beyond the federation’s retention ' +
    'policy, uploads of a day ago that never became a submission, and sums of rounds that nobody has asked for in a ' +
    'week. What is being made or used is left for the next run, and the latest published adapter is never deleted. ' +
    'Spectrum, comparison, similarity, receipts and lineage stay.',
  request: { params: FederationParams, querystring: RetentionQuery },
  success: { 200: json(RetentionRun.ref, 'What was freed.') },
  problems: ['federation_not_found'],
});

export const retentionRoutes: Routes = async (app, { ledger, blobs }) => {
  const options = { ...run, handlerTimeout: RETENTION_TIMEOUT_MS };
  app.post('/federations/:federation/retention', options, async ({ params, query, log }) => {
    const { federation } = params;
    const done = await applyRetention(ledger, blobs, federation, { dryRun: query.dryRun ?? false });
    log.info({ federation, ...done }, 'retention');
    return done;
  });
};
