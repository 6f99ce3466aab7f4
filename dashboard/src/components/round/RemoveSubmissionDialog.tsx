'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import type { Round } from '#lib/api/types.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import { neededBy } from '#lib/federation/shortage.ts';
import { formatBytes } from '#lib/format/formatBytes.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatPlural } from '#lib/format/formatPlural.ts';
import { keys } from '#lib/queries/keys.ts';
import type { SubmissionRow } from './submissionRows.ts';

interface RemoveSubmissionDialogProps {
  federation: string;
  round: Round;
  /** Whose submission; closed without one. */
  row: SubmissionRow | undefined;
  onClose: () => void;
}

export function RemoveSubmissionDialog({ federation, round, row, onClose }: RemoveSubmissionDialogProps) {
  const client = useQueryClient();
  const remove = async () => {
    await unwrap(
      browserApi.DELETE('/v1/federations/{federation}/rounds/{round}/submissions/{client}', {
        params: { path: { federation, round: String(round.number), client: row?.client ?? '' } },
      }),
    );
    await Promise.all([
      client.invalidateQueries({ queryKey: keys.submissions(federation, round.number) }),
      client.invalidateQueries({ queryKey: keys.round(federation, round.number) }),
    ]);
  };
  return (
    <ConfirmDialog
      open={row !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={`Remove the submission of ${row?.client ?? ''} from round ${round.number}?`}
      act="Remove submission"
      danger
      consequence={
        <>
          <p>
            Its {formatCount(row?.receipt?.numExamples ?? 0)} examples no longer count, and its adapter (
            {formatBytes(row?.receipt?.bytes ?? 0)}) is deleted.
          </p>
          <p>{row && afterwards(round, row)}</p>
        </>
      }
      onConfirm={remove}
    />
  );
}

/** What is left to do without it. */
function afterwards(round: Round, { client, receipt }: SubmissionRow): string {
  if (round.state === 'collecting') {
    return `This cannot be undone, but ${client} can submit again while the round collects.`;
  }
  const fresh = receipt.carried === undefined ? 1 : 0;
  const left = round.submissionCount - (round.carriedCount ?? 0) - fresh;
  return left < neededBy(round)
    ? `This cannot be undone. The round needs ${formatPlural(neededBy(round), 'submission')}: with fewer it cannot be retried any more.`
    : 'This cannot be undone. The round can be retried without it.';
}
