'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/ui/Button.tsx';
import { controlClasses } from '#components/ui/controlClasses.ts';
import { Dialog } from '#components/ui/Dialog.tsx';
import { Field } from '#components/ui/Field.tsx';
import { Notice } from '#components/ui/Notice.tsx';
import { ProblemNotice } from '#components/ui/ProblemNotice.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import { fieldErrors } from '#lib/api/fieldErrors.ts';
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
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [made, setMade] = useState<Client | ClientWithToken>();
  const errors = fieldErrors(problem, ['client']);

  const close = () => {
    setName('');
    setMade(undefined);
    setProblem(undefined);
    onClose();
  };
  const register = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      const client = await unwrap(
        browserApi.PUT('/v1/federations/{federation}/clients/{client}', {
          params: { path: { federation, client: name } },
        }),
      );
      setMade(client);
      await queries.invalidateQueries({ queryKey: keys.clients(federation) });
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && close()}
      dismissible={made === undefined && !busy}
      wide={made !== undefined}
      title={made === undefined ? `Register a client of ${federation}` : `${made.client} is registered`}
      description={
        made === undefined
          ? 'It gets a token of its own, with which it can submit as itself alone.'
          : undefined
      }
    >
      {made === undefined ? (
        <form onSubmit={register} className="flex flex-col gap-4" noValidate>
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
          {errors.elsewhere && <ProblemNotice problem={problem} />}
          <div className="flex justify-end gap-2">
            <Button onClick={close}>Back</Button>
            <Button type="submit" look="primary" disabled={busy || name === ''}>
              {busy ? 'Registering…' : 'Register'}
            </Button>
          </div>
        </form>
      ) : (
        <div className="flex flex-col gap-4">
          {'token' in made ? (
            <TokenNotice apiUrl={apiUrl} made={made} />
          ) : (
            <Notice>
              {made.client} was registered before, so it keeps its token, which cannot be shown again. If it
              is lost, give the client a new one.
            </Notice>
          )}
          <div className="flex justify-end">
            <Button look="primary" onClick={close}>
              {'token' in made ? 'I have copied the token' : 'Close'}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
