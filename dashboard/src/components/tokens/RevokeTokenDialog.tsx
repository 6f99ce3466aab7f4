'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import type { Token } from '#lib/api/types.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import { keys } from '#lib/queries/keys.ts';

interface RevokeTokenDialogProps {
  /** Closed without one. */
  token: Token | undefined;
  onClose: () => void;
}

/** Ends a token for good. */
export function RevokeTokenDialog({ token, onClose }: RevokeTokenDialogProps) {
  const queries = useQueryClient();
  const revoke = async () => {
    await unwrap(browserApi.DELETE('/v1/tokens/{token}', { params: { path: { token: token?.id ?? '' } } }));
    await queries.invalidateQueries({ queryKey: keys.tokens });
  };
  return (
    <ConfirmDialog
      open={token !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={`Revoke the token of ${token?.name}?`}
      act="Revoke token"
      danger
      consequence={
        <>
          <p>
            It is refused from the next request on. Pages that follow events with it stop within five seconds;
            other requests that have begun still finish.
          </p>
          <p>It cannot be brought back. What was done with it stays, and stays in the audit trail.</p>
        </>
      }
      onConfirm={revoke}
    />
  );
}
