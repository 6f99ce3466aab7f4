'use client';

import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '#components/ui/Button.tsx';
import { Dialog } from '#components/ui/Dialog.tsx';
import { ProblemNotice } from '#components/ui/ProblemNotice.tsx';
import { type FieldErrors, fieldErrors } from '#lib/api/fieldErrors.ts';

interface SecretDialogProps<T> {
  open: boolean;
  onClose: () => void;
  title: string;
  description: string;
  /** What is asked before. */
  children: (asking: { errors: FieldErrors; busy: boolean }) => ReactNode;
  /** Fields that show their errors themselves. */
  fields?: readonly string[];
  /** On the buttons: not to, to, and while it is done. */
  back: string;
  act: string;
  acting: string;
  disabled?: boolean;
  wide?: boolean;
  make: () => Promise<T>;
  /** What to read anew then. */
  changes: QueryKey;
  madeTitle: (made: T) => string;
  /** Shows what was made. */
  secret: (made: T) => ReactNode;
  /** On the button that closes it. */
  done?: (made: T) => string;
}

/** Makes a secret, and shows it the only time that it can be seen: no slip of the hand closes it then. */
export function SecretDialog<T>(props: SecretDialogProps<T>) {
  const { open, onClose, title, description, children, fields = [], back, act, acting } = props;
  const { disabled = false, wide = false, make, changes, madeTitle, secret, done } = props;
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [made, setMade] = useState<T>();
  const errors = fieldErrors(problem, fields);

  const close = () => {
    setMade(undefined);
    setProblem(undefined);
    onClose();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      setMade(await make());
      await queries.invalidateQueries({ queryKey: changes });
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
      wide={wide || made !== undefined}
      title={made === undefined ? title : madeTitle(made)}
      description={made === undefined ? description : undefined}
    >
      {made === undefined ? (
        <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
          {children({ errors, busy })}
          {errors.elsewhere && <ProblemNotice problem={problem} />}
          <div className="flex justify-end gap-2">
            <Button disabled={busy} onClick={close}>
              {back}
            </Button>
            <Button type="submit" look="primary" disabled={busy || disabled}>
              {busy ? acting : act}
            </Button>
          </div>
        </form>
      ) : (
        <div className="flex flex-col gap-4">
          {secret(made)}
          <div className="flex justify-end">
            <Button look="primary" onClick={close}>
              {done?.(made) ?? 'I have copied the token'}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
