'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { CsvButton } from '#components/charts/CsvButton.tsx';
import { useRole } from '#components/shell/RoleProvider.tsx';
import { DataTable } from '#components/ui/DataTable.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { QueryGate } from '#components/ui/QueryGate.tsx';
import { SkeletonRows } from '#components/ui/SkeletonRows.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import type { Round } from '#lib/api/types.ts';
import { isRetriable } from '#lib/federation/isRetriable.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { queries } from '#lib/queries/queries.ts';
import { RemoveSubmissionDialog } from './RemoveSubmissionDialog.tsx';
import { submissionColumns } from './submissionColumns.tsx';
import { type SubmissionRow, submissionRows } from './submissionRows.ts';
import { useSimilarity } from './useSimilarity.ts';

/** Who contributed what. */
export function SubmissionsPanel({ federation, round }: { federation: string; round: Round }) {
  const query = useQuery(queries.submissions(browserApi, federation, round.number));
  const collecting = round.state === 'collecting';
  const similarity = useSimilarity(federation, round.number, round.state === 'published');
  const [removing, setRemoving] = useState<SubmissionRow>();
  const removable = useRole() === 'operator' && (collecting || isRetriable(round));
  const rows = useMemo(
    () => submissionRows(query.data ?? [], similarity.data),
    [query.data, similarity.data],
  );
  const heaviest = rows.reduce((most, { weight = 0 }) => Math.max(most, weight), 0);
  const columns = useMemo(
    () =>
      submissionColumns({
        federation,
        similar: Boolean(similarity.data),
        heaviest,
        onRemove: removable ? setRemoving : undefined,
      }),
    [federation, similarity.data, heaviest, removable],
  );
  return (
    <Panel
      title={
        <>
          Clients{' '}
          <span className="figures font-normal text-muted">
            {formatCount(round.submissionCount)} submitted
          </span>
        </>
      }
      flush
      actions={
        <CsvButton
          what="submissions"
          fileName={`${federation}-round-${round.number}-submissions.csv`}
          table={() => ({
            header: [
              'client',
              'numExamples',
              'weight',
              'rank',
              'modules',
              'bytes',
              'norm',
              'cosineToMean',
              'acceptedAt',
              'sha256',
            ],
            rows: rows.map(({ client, receipt, weight, norm, cosine }) => [
              ...[client, receipt.numExamples, weight, receipt.rank, receipt.modules, receipt.bytes],
              ...[norm, cosine, receipt.acceptedAt, receipt.sha256],
            ]),
          })}
        />
      }
    >
      <QueryGate query={query} what="the submissions" loading={<SkeletonRows label="Loading submissions" />}>
        {() => (
          <DataTable
            label="Submissions"
            rows={rows}
            rowKey={({ client }) => client}
            columns={columns}
            sortName="clients"
            empty={
              <EmptyState title={collecting ? 'No submission yet' : 'No submission'}>
                {collecting
                  ? 'What clients send with their tokens appears here as it arrives.'
                  : 'The round ended before any client submitted.'}
              </EmptyState>
            }
          />
        )}
      </QueryGate>
      <RemoveSubmissionDialog
        federation={federation}
        round={round}
        row={removing}
        onClose={() => setRemoving(undefined)}
      />
    </Panel>
  );
}
