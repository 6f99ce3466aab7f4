'use client';

import { useState } from 'react';
import { SecretDialog } from '#components/tokens/SecretDialog.tsx';
import { controlClasses } from '#components/ui/controlClasses.ts';
import { Field } from '#components/ui/Field.tsx';
import { Notice } from '#components/ui/Notice.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import type { Client, ClientWithToken } from '#lib/api/types.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import { keys } from '#lib/queries/keys.ts';
import { TokenNotice } from './TokenNotice.tsx';

interface RegisterDialogProps {
  apiUrl: string;
  federation: string;
  open: boolean;
  onClose: () => void;
}

/** Takes a new participant in. */
export function RegisterDialog({ apiUrl, federation, open, onClose }: RegisterDialogProps) {
  const [name, setName] = useState('');
  const register = (): Promise<Client | ClientWithToken> =>
    unwrap(
      browserApi.PUT('/v1/federations/{federation}/clients/{client}', {
        params: { path: { federation, client: name } },
      }),
    );
  return (
    <SecretDialog
      open={open}
      onClose={() => {
        setName('');
        onClose();
      }}
      title={`Register a client of ${federation}`}
      description="It gets a token of its own, with which it can submit as itself alone."
      fields={['client']}
      back="Back"
      act="Register"
      acting="Registering…"
      disabled={name === ''}
      make={register}
      changes={keys.clients(federation)}
      madeTitle={({ client }) => `${client} is registered`}
      secret={(made) =>
        'token' in made ? (
          <TokenNotice apiUrl={apiUrl} made={made} />
        ) : (
          <RegisteredBefore client={made.client} />
        )
      }
      done={(made) => ('token' in made ? 'I have copied the token' : 'Close')}
    >
      {({ errors }) => (
        <Field
          label="Name"
          hint="Small letters, digits and hyphens, such as hospital-a."
          error={errors.of('client')}
        >
          {(control) => (
            <input
              {...control}
              value={name}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setName(event.target.value)}
              className={controlClasses()}
            />
          )}
        </Field>
      )}
    </SecretDialog>
  );
}

const RegisteredBefore = ({ client }: { client: string }) => (
  <Notice>
    {client} was registered before, so it keeps its token, which cannot be shown again. If it is lost, give
    the client a new one.
  </Notice>
);
