'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useRole } from '#components/shell/RoleProvider.tsx';
import { Button } from '#components/ui/Button.tsx';
import { Notice } from '#components/ui/Notice.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { ProblemNotice } from '#components/ui/ProblemNotice.tsx';
import { QueryGate } from '#components/ui/QueryGate.tsx';
import { SkeletonRows } from '#components/ui/SkeletonRows.tsx';
import { TextField } from '#components/ui/TextField.tsx';
import { useFocusFault } from '#components/ui/useFocusFault.ts';
import { browserApi } from '#lib/api/browserApi.ts';
import { fieldErrors } from '#lib/api/fieldErrors.ts';
import type { Federation } from '#lib/api/types.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import { hasEnded } from '#lib/federation/hasEnded.ts';
import { toCandidates } from '#lib/policy/candidatesDraft.ts';
import { draftOf, type PolicyDraft } from '#lib/policy/policyDraft.ts';
import { toPolicyInput } from '#lib/policy/toPolicyInput.ts';
import { keys } from '#lib/queries/keys.ts';
import { queries } from '#lib/queries/queries.ts';
import { AfterFields } from './AfterFields.tsx';
import { AggregationFields } from './AggregationFields.tsx';
import { CandidatesFields } from './CandidatesFields.tsx';
import { CohortFields } from './CohortFields.tsx';
import { DeadlineFields } from './DeadlineFields.tsx';
import { DeleteFederation } from './DeleteFederation.tsx';
import { POLICY_POINTERS } from './policyPointers.ts';
import { QuotaFields } from './QuotaFields.tsx';
import { RetentionFields } from './RetentionFields.tsx';
import { RoundFields } from './RoundFields.tsx';
import { WeightingFields } from './WeightingFields.tsx';

const POINTERS = ['/baseModel', ...POLICY_POINTERS];

/** The policies of a federation. */
export function PolicyEditor({ federation }: { federation: string }) {
  const query = useQuery(queries.federation(browserApi, federation));
  return (
    <QueryGate query={query} what="the policies" loading={<SkeletonRows label="Loading the policies" />}>
      {(loaded) => (
        <div className="flex max-w-3xl flex-col gap-5">
          <PolicyForm federation={loaded} />
          <DeleteFederation federation={loaded} />
        </div>
      )}
    </QueryGate>
  );
}

function PolicyForm({ federation }: { federation: Federation }) {
  const { name, rounds, latestRound } = federation;
  const client = useQueryClient();
  const operator = useRole() === 'operator';
  const [draft, setDraft] = useState<PolicyDraft>(() => draftOf(federation));
  const [baseModel, setBaseModel] = useState(federation.baseModel ?? '');
  const [standing, setStanding] = useState<'idle' | 'busy' | 'saved'>('idle');
  const [problem, setProblem] = useState<unknown>();
  const errors = fieldErrors(problem, POINTERS);
  const form = useRef<HTMLFormElement>(null);
  useFocusFault(form, problem);
  const running = latestRound !== undefined && !hasEnded(latestRound.state);
  const fields = {
    draft,
    errors,
    disabled: !operator,
    onChange: (change: Partial<PolicyDraft>) => {
      setStanding('idle');
      setDraft({ ...draft, ...change });
    },
  };

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setStanding('busy');
    setProblem(undefined);
    try {
      const changed = await unwrap(
        browserApi.PATCH('/v1/federations/{federation}', {
          params: { path: { federation: name } },
          body: {
            ...(baseModel === '' ? {} : { baseModel }),
            ...toPolicyInput(draft, rounds),
            candidates: toCandidates(draft),
          },
        }),
      );
      client.setQueryData(keys.federation(name), changed);
      setStanding('saved');
    } catch (error) {
      setProblem(error);
      setStanding('idle');
    }
  };

  return (
    <form ref={form} onSubmit={save} className="flex flex-col gap-5" noValidate>
      {!operator && (
        <Notice tone="info" title="Your token may only read">
          Changing policies takes an operator’s token.
        </Notice>
      )}
      {running && (
        <Notice>
          Round {latestRound.number} keeps the policies it opened with; changes take effect with the next
          round, but for what is kept and what clients may use.
        </Notice>
      )}
      <Panel title="How a round becomes an adapter">
        <AggregationFields {...fields} />
      </Panel>
      <Panel title="Choosing τ by evidence">
        <CandidatesFields {...fields} />
      </Panel>
      <Panel title="How much each client counts">
        <WeightingFields {...fields} />
      </Panel>
      <Panel title="Whom a round invites">
        <CohortFields {...fields} inForce={rounds.cohort} />
      </Panel>
      <Panel title="When a round closes">
        <div className="flex flex-col gap-5">
          <RoundFields {...fields} />
          <DeadlineFields {...fields} />
        </div>
      </Panel>
      <Panel title="What follows a round">
        <AfterFields {...fields} inForce={rounds.next} />
      </Panel>
      <Panel title="What is kept" hint="What is older is deleted within the hour.">
        <RetentionFields {...fields} />
      </Panel>
      <Panel title="What clients may use" hint="Holds from the next request on.">
        <QuotaFields {...fields} />
      </Panel>
      <Panel title="Base model">
        <TextField
          label="Name or path"
          error={errors.of('/baseModel')}
          value={baseModel}
          onChange={(typed) => {
            setStanding('idle');
            setBaseModel(typed);
          }}
          disabled={!operator}
        />
      </Panel>
      {errors.elsewhere && <ProblemNotice problem={problem} />}
      {operator && (
        <div className="flex items-center justify-end gap-3">
          <span role="status" className="text-[13px] text-muted">
            {standing === 'saved' && `Saved; the next round of ${name} opens with it.`}
          </span>
          <Button type="submit" look="primary" disabled={standing === 'busy'}>
            {standing === 'busy' ? 'Saving…' : 'Save policies'}
          </Button>
        </div>
      )}
    </form>
  );
}
