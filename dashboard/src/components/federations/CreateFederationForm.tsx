'use client';

import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, useRef, useState } from 'react';
import { AggregationFields } from '#components/policy/AggregationFields.tsx';
import { POLICY_POINTERS } from '#components/policy/policyPointers.ts';
import { RoundFields } from '#components/policy/RoundFields.tsx';
import { useLimited, useRole } from '#components/shell/RoleProvider.tsx';
import { Button, buttonClasses } from '#components/ui/Button.tsx';
import { Notice } from '#components/ui/Notice.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { ProblemNotice } from '#components/ui/ProblemNotice.tsx';
import { TextField } from '#components/ui/TextField.tsx';
import { useFocusFault } from '#components/ui/useFocusFault.ts';
import { browserApi } from '#lib/api/browserApi.ts';
import { fieldErrors } from '#lib/api/fieldErrors.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import { POLICY_DEFAULT, type PolicyDraft } from '#lib/policy/policyDraft.ts';
import { toPolicyInput } from '#lib/policy/toPolicyInput.ts';
import { keys } from '#lib/queries/keys.ts';

const POINTERS = ['/name', '/baseModel', ...POLICY_POINTERS];

/** Makes a federation; every choice says what follows from it. */
export function CreateFederationForm() {
  const router = useRouter();
  const client = useQueryClient();
  const operator = useRole() === 'operator';
  const limited = useLimited();
  const allowed = operator && !limited;
  const [name, setName] = useState('');
  const [baseModel, setBaseModel] = useState('');
  const [draft, setDraft] = useState<PolicyDraft>(POLICY_DEFAULT);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const errors = fieldErrors(problem, POINTERS);
  const form = useRef<HTMLFormElement>(null);
  useFocusFault(form, problem);
  const fields = {
    draft,
    errors,
    disabled: !allowed,
    onChange: (change: Partial<PolicyDraft>) => setDraft({ ...draft, ...change }),
  };

  const create = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      const made = await unwrap(
        browserApi.POST('/v1/federations', {
          body: { name, ...(baseModel === '' ? {} : { baseModel }), ...toPolicyInput(draft) },
        }),
      );
      client.setQueryData(keys.federation(made.name), made);
      router.push(`/federations/${made.name}/clients`);
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };

  return (
    <form ref={form} onSubmit={create} className="mx-auto flex max-w-3xl flex-col gap-5" noValidate>
      <h1 className="text-lg font-semibold">New federation</h1>
      {!allowed && (
        <Notice title={operator ? 'Your token is for some federations only' : 'Your token may only read'}>
          Creating a federation takes an operator’s token that is for everything.
        </Notice>
      )}
      <Panel title="What is tuned">
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          <TextField
            label="Name"
            hint="Small letters, digits and hyphens. It stands in every URL and cannot be changed."
            error={errors.of('/name')}
            value={name}
            onChange={setName}
            disabled={!allowed}
            placeholder="llama-hospitals"
          />
          <TextField
            label="Base model"
            hint="Published with each adapter, so that PEFT knows where it belongs. May be left out."
            error={errors.of('/baseModel')}
            value={baseModel}
            onChange={setBaseModel}
            disabled={!allowed}
            placeholder="meta-llama/Llama-3.2-1B"
          />
        </div>
      </Panel>
      <Panel
        title="How a round becomes an adapter"
        hint="Can be changed later, for the rounds that open then."
      >
        <AggregationFields {...fields} />
      </Panel>
      <Panel title="When a round closes" hint="An operator can close it earlier, once it has enough.">
        <RoundFields {...fields} />
      </Panel>
      {errors.elsewhere && <ProblemNotice problem={problem} />}
      <p className="text-[13px] text-muted">
        Its tab Policy has more, to be set at any time: how much each client counts, whom a round invites,
        what happens at the deadline and what follows.
      </p>
      <div className="flex justify-end gap-2">
        <Link href="/" className={buttonClasses('secondary')}>
          Back
        </Link>
        <Button type="submit" look="primary" disabled={busy || !allowed}>
          {busy ? 'Creating…' : 'Create federation'}
        </Button>
      </div>
    </form>
  );
}
