'use client';

import { useState } from 'react';
import { browserApi } from '#lib/api/browserApi.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import { keys } from '#lib/queries/keys.ts';
import { SecretDialog } from './SecretDialog.tsx';
import { SecretNotice } from './SecretNotice.tsx';
import { NEW_TOKEN, TokenFields, toTokenCreate } from './TokenFields.tsx';

interface CreateTokenDialogProps {
  apiUrl: string;
  open: boolean;
  onClose: () => void;
}

/** Makes a token for a person or a program. */
export function CreateTokenDialog({ apiUrl, open, onClose }: CreateTokenDialogProps) {
  const [draft, setDraft] = useState(NEW_TOKEN);
  const create = () => unwrap(browserApi.POST('/v1/tokens', { body: toTokenCreate(draft) }));
  return (
    <SecretDialog
      open={open}
      onClose={() => {
        setDraft(NEW_TOKEN);
        onClose();
      }}
      title="Make a token"
      description="One for each person or program: what it does is entered under its name."
      fields={['/name', '/federations']}
      back="Back"
      act="Make token"
      acting="Making…"
      disabled={draft.name === ''}
      wide
      make={create}
      changes={keys.tokens}
      madeTitle={({ name }) => `The token of ${name}`}
      secret={(made) => <SecretNotice apiUrl={apiUrl} made={made} />}
    >
      {({ errors }) => <TokenFields draft={draft} onChange={setDraft} errors={errors} />}
    </SecretDialog>
  );
}
