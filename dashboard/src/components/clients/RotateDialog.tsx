'use client';

import { useState } from 'react';
import { type Overlap, OverlapChoices } from '#components/tokens/OverlapChoices.tsx';
import { SecretDialog } from '#components/tokens/SecretDialog.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
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

/** Gives a client a new token, and says how long the one before lives on. */
export function RotateDialog({ apiUrl, federation, client, onClose }: RotateDialogProps) {
  const [overlap, setOverlap] = useState<Overlap>('0');
  const rotate = () =>
    unwrap(
      browserApi.POST('/v1/federations/{federation}/clients/{client}/token', {
        params: { path: { federation, client: client ?? '' } },
        body: { overlapSeconds: Number(overlap) },
      }),
    );
  return (
    <SecretDialog
      open={client !== undefined}
      onClose={() => {
        setOverlap('0');
        onClose();
      }}
      title={`Give ${client} a new token?`}
      description="What the client submitted stays. Choose when the token it has now ends."
      back="Keep the old token"
      act="Give a new token"
      acting="Working…"
      make={rotate}
      changes={keys.clients(federation)}
      madeTitle={() => `The new token of ${client}`}
      secret={(made) => <TokenNotice apiUrl={apiUrl} made={made} />}
    >
      {({ busy }) => (
        <OverlapChoices label="The old token ends" value={overlap} onChange={setOverlap} disabled={busy} />
      )}
    </SecretDialog>
  );
}
