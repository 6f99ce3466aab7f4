'use client';

import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useRef } from 'react';
import { useRole } from '#components/shell/RoleProvider.tsx';
import { LeaveGuard } from '#components/ui/LeaveGuard.tsx';
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
import { hasEnded } from '#lib/federation/hasEnded.ts';
import { formatPlural } from '#lib/format/formatPlural.ts';
import type { PolicyDraft } from '#lib/policy/policyDraft.ts';
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
import { SaveBar } from './SaveBar.tsx';
import { usePolicyEdit } from './usePolicyEdit.ts';
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
  const { name, latestRound } = federation;
  const operator = useRole() === 'operator';
  const { base, edit, changes, standing, problem, change, discard, save } = usePolicyEdit(federation);
  const { draft, baseModel } = edit;
  const errors = fieldErrors(problem, POINTERS);
  const form = useRef<HTMLFormElement>(null);
  useFocusFault(form, problem);
  const running = latestRound !== undefined && !hasEnded(latestRound.state);
  const fields = {
    draft,
    errors,
    disabled: !operator,
    onChange: (part: Partial<PolicyDraft>) => change({ draft: { ...draft, ...part } }),
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };

  return (
    // what takes the focus comes to rest above the bar
    <form
      ref={form}
      onSubmit={submit}
      className="flex flex-col gap-5 [&_:is(input,select,button)]:scroll-mb-20"
      noValidate
    >
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
        <CohortFields {...fields} inForce={base.rounds.cohort} />
      </Panel>
      <Panel title="When a round closes">
        <div className="flex flex-col gap-5">
          <RoundFields {...fields} />
          <DeadlineFields {...fields} />
        </div>
      </Panel>
      <Panel title="What follows a round">
        <AfterFields {...fields} inForce={base.rounds.next} />
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
          hint="Published with each adapter, so that PEFT knows where it belongs. Empty: none is named."
          error={errors.of('/baseModel')}
          value={baseModel}
          onChange={(typed) => change({ baseModel: typed })}
          disabled={!operator}
        />
      </Panel>
      {errors.elsewhere && <ProblemNotice problem={problem} />}
      {operator && (
        <SaveBar
          changes={changes}
          standing={standing}
          saved={`Saved; the next round of ${name} opens with it.`}
          onDiscard={discard}
        />
      )}
      <LeaveGuard active={changes > 0} loses={formatPlural(changes, 'unsaved change')} />
    </form>
  );
}
