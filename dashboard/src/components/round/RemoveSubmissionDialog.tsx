'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import { formatBytes } from '#lib/format/formatBytes.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { keys } from '#lib/queries/keys.ts';
import type { SubmissionRow } from './submissionRows.ts';

interface RemoveSubmissionDialogProps {
  federation: string;
  round: number;
  /** Whose submission; closed without one. */
  row: SubmissionRow | undefined;
  onClose: () => void;
}

export function RemoveSubmissionDialog({ federation, round, row, onClose }: RemoveSubmissionDialogProps) {
  const client = useQueryClient();
  const remove = async () => {
    await unwrap(
      browserApi.DELETE('/v1/federations/{federation}/rounds/{round}/submissions/{client}', {
        params: { path: { federation, round: String(round), client: row?.client ?? '' } },
      }),
    );
    await Promise.all([
      client.invalidateQueries({ queryKey: keys.submissions(federation, round) }),
      client.invalidateQueries({ queryKey: keys.round(federation, round) }),
    ]);
  };
  return (
    <ConfirmDialog
      open={row !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={`Remove the submission of ${row?.client ?? ''} from round ${round}?`}
      act="Remove submission"
      danger
      consequence={
        <>
          <p>
            Its {formatCount(row?.receipt?.numExamples ?? 0)} examples no longer count, and its adapter (
            {formatBytes(row?.receipt?.bytes ?? 0)}) is deleted.
          </p>
          <p>This cannot be undone, but {row?.client} can submit again while the round collects.</p>
        </>
      }
      onConfirm={remove}
    />
  );
}
