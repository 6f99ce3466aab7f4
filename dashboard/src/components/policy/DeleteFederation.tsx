'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useRole } from '#components/shell/RoleProvider.tsx';
import { Button } from '#components/ui/Button.tsx';
import { controlClasses } from '#components/ui/controlClasses.ts';
import { Dialog } from '#components/ui/Dialog.tsx';
import { Field } from '#components/ui/Field.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { ProblemNotice } from '#components/ui/ProblemNotice.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import type { Federation } from '#lib/api/types.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import { formatPlural } from '#lib/format/formatPlural.ts';
import { keys } from '#lib/queries/keys.ts';

/** Deletes a federation for good; its name has to be typed, since nothing brings it back. */
export function DeleteFederation({ federation }: { federation: Federation }) {
  const { name, clientCount, latestRound } = federation;
  const router = useRouter();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  if (useRole() !== 'operator') {
    return null;
  }
  // the name is typed each time: what an earlier look left here confirms nothing
  const ask = (next: boolean) => {
    setTyped('');
    setProblem(undefined);
    setAsking(next);
  };
  const remove = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await unwrap(
        browserApi.DELETE('/v1/federations/{federation}', { params: { path: { federation: name } } }),
      );
      client.removeQueries({ predicate: ({ queryKey }) => queryKey.includes(name) });
      await client.invalidateQueries({ queryKey: keys.federations });
      router.push('/');
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  const rounds = latestRound?.number ?? 0;
  const holds = `${formatPlural(clientCount, 'client')} and ${formatPlural(rounds, 'round')}, with every submission and adapter`;
  return (
    <Panel title="Delete the federation">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-[13px] text-muted">Removes its {holds}.</p>
        <Button className="max-w-full" onClick={() => ask(true)}>
          <span className="truncate">Delete {name}…</span>
        </Button>
      </div>
      <Dialog
        open={asking}
        onOpenChange={ask}
        dismissible={!busy}
        title={`Delete ${name}?`}
        description={`Its ${holds}, are removed for good. Clients’ tokens stop working at once. This cannot be undone.`}
      >
        <div className="flex flex-col gap-4">
          <Field label={`Type ${name} to confirm`}>
            {(control) => (
              <input
                {...control}
                value={typed}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => setTyped(event.target.value)}
                className={controlClasses()}
              />
            )}
          </Field>
          {problem !== undefined && <ProblemNotice problem={problem} />}
          <div className="flex justify-end gap-2">
            <Button disabled={busy} onClick={() => ask(false)}>
              Keep it
            </Button>
            <Button look="danger" disabled={busy || typed !== name} onClick={() => void remove()}>
              {busy ? 'Deleting…' : 'Delete for good'}
            </Button>
          </div>
        </div>
      </Dialog>
    </Panel>
  );
}
