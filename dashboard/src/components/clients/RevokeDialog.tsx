'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import { keys } from '#lib/queries/keys.ts';

interface RevokeDialogProps {
  federation: string;
  /** Closed without one. */
  client: string | undefined;
  onClose: () => void;
  onRevoked?: () => void;
}

/** Takes a client out of its federation. */
export function RevokeDialog({ federation, client, onClose, onRevoked }: RevokeDialogProps) {
  const queries = useQueryClient();
  const revoke = async () => {
    await unwrap(
      browserApi.DELETE('/v1/federations/{federation}/clients/{client}', {
        params: { path: { federation, client: client ?? '' } },
      }),
    );
    await Promise.all([
      queries.invalidateQueries({ queryKey: keys.clients(federation) }),
      queries.invalidateQueries({ queryKey: keys.matrix(federation) }),
    ]);
    onRevoked?.();
  };
  return (
    <ConfirmDialog
      open={client !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={`Revoke ${client} from ${federation}?`}
      act="Revoke client"
      danger
      consequence={
        <>
          <p>Its token stops working at once: it can neither submit nor fetch adapters.</p>
          <p>
            What it submitted stays in its rounds and still counts. Registering the same name again gives it a
            new token.
          </p>
        </>
      }
      onConfirm={revoke}
    />
  );
}
