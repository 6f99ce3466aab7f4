'use client';

import { type FormEvent, useEffect, useState } from 'react';
import { Button } from '#components/ui/Button.tsx';
import { controlClasses } from '#components/ui/controlClasses.ts';
import { Field } from '#components/ui/Field.tsx';
import { ProblemNotice } from '#components/ui/ProblemNotice.tsx';
import { fetchView } from '#lib/api/fetchView.ts';
import { sendView } from '#lib/api/sendView.ts';

/** Exchanges a token for a cookie that scripts cannot read; the token is gone from the page afterwards. */
export function SignInForm({ next }: { next: string }) {
  const [token, setToken] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();

  useEffect(() => {
    // a link from another site arrives without the cookie, although the reader may be signed in
    fetchView<{ role: string | null }>('/session').then(
      ({ role }) => role !== null && location.replace(next),
      () => {},
    );
  }, [next]);

  const signIn = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      await sendView('POST', '/session', { token });
      setToken('');
      location.replace(next);
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };

  return (
    <form
      onSubmit={signIn}
      className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-5"
      method="post"
      action="/sign-in"
    >
      <Field
        label="Token"
        hint={
          <>
            An operator’s or a viewer’s. The operator’s token was printed when Florist first started, and lies
            in <code className="font-mono">operator-token</code> in its data folder.
          </>
        }
      >
        {(control) => (
          <input
            {...control}
            type="password"
            name="token"
            autoComplete="current-password"
            spellCheck={false}
            required
            // biome-ignore lint/a11y/noAutofocus: the page holds nothing else to do
            autoFocus
            value={token}
            onChange={(event) => setToken(event.target.value)}
            className={controlClasses()}
          />
        )}
      </Field>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <Button type="submit" look="primary" disabled={busy || token.trim() === ''}>
        {busy ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  );
}
