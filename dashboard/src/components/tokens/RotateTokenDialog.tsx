'use client';

import { useState } from 'react';
import { browserApi } from '#lib/api/browserApi.ts';
import type { Token } from '#lib/api/types.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import { keys } from '#lib/queries/keys.ts';
import { type Overlap, OverlapChoices } from './OverlapChoices.tsx';
import { SecretDialog } from './SecretDialog.tsx';
import { SecretNotice } from './SecretNotice.tsx';

interface RotateTokenDialogProps {
  apiUrl: string;
  /** Closed without one. */
  token: Token | undefined;
  onClose: () => void;
}

/** Gives a token a new secret, and says how long the one before lives on. */
export function RotateTokenDialog({ apiUrl, token, onClose }: RotateTokenDialogProps) {
  const [overlap, setOverlap] = useState<Overlap>('0');
  const rotate = () =>
    unwrap(
      browserApi.POST('/v1/tokens/{token}/rotate', {
        params: { path: { token: token?.id ?? '' } },
        body: { overlapSeconds: Number(overlap) },
      }),
    );
  return (
    <SecretDialog
      open={token !== undefined}
      onClose={() => {
        setOverlap('0');
        onClose();
      }}
      title={`Give ${token?.name} a new secret?`}
      description="Role and federations stay, and its lifetime begins anew. Choose when the secret it has now ends."
      back="Keep the old secret"
      act="Give a new secret"
      acting="Working…"
      make={rotate}
      changes={keys.tokens}
      madeTitle={({ name }) => `The new token of ${name}`}
      secret={(made) => <SecretNotice apiUrl={apiUrl} made={made} />}
    >
      {({ busy }) => (
        <OverlapChoices label="The old secret ends" value={overlap} onChange={setOverlap} disabled={busy} />
      )}
    </SecretDialog>
  );
}
