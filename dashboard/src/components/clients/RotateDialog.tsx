'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/Button.tsx';
import { Dialog } from '#components/ui/Dialog.tsx';
import { ProblemNotice } from '#components/ui/ProblemNotice.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import type { ClientWithToken } from '#lib/api/types.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import { keys } from '#lib/queries/keys.ts';
import { TokenNotice } from './TokenNotice.tsx';

interface RotateDialogProps {
  apiUrl: string;
  federation: string;
  /** Closed without one. */
  client: string | undefined;
  onClose: () => void;
}

/** Gives a client a new token in place of the old. */
export function RotateDialog({ apiUrl, federation, client, onClose }: RotateDialogProps) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [made, setMade] = useState<ClientWithToken>();
  const close = () => {
    setMade(undefined);
    setProblem(undefined);
    onClose();
  };
  const rotate = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      setMade(
        await unwrap(
          browserApi.POST('/v1/federations/{federation}/clients/{client}/token', {
            params: { path: { federation, client: client ?? '' } },
          }),
        ),
      );
      await queries.invalidateQueries({ queryKey: keys.clients(federation) });
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={client !== undefined}
      onOpenChange={(next) => !next && close()}
      dismissible={made === undefined && !busy}
      wide={made !== undefined}
      title={made === undefined ? `Give ${client} a new token?` : `The new token of ${client}`}
      description={
        made === undefined
          ? 'The old token stops working at once, also in uploads that begin later. What the client submitted stays.'
          : undefined
      }
    >
      <div className="flex flex-col gap-4">
        {made !== undefined && <TokenNotice apiUrl={apiUrl} made={made} />}
        {problem !== undefined && <ProblemNotice problem={problem} />}
        <div className="flex justify-end gap-2">
          {made === undefined ? (
            <>
              <Button disabled={busy} onClick={close}>
                Keep the old token
              </Button>
              <Button look="primary" disabled={busy} onClick={() => void rotate()}>
                {busy ? 'Working…' : 'Give a new token'}
              </Button>
            </>
          ) : (
            <Button look="primary" onClick={close}>
              I have copied the token
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
