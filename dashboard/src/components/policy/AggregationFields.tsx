'use client';

import { Choices } from '#components/ui/Choices.tsx';
import type { FieldErrors } from '#lib/api/fieldErrors.ts';
import type { PolicyDraft } from '#lib/policy/policyDraft.ts';
import { DTYPES, METHODS, MISSING } from './explanations.ts';
import { Group } from './Group.tsx';
import { RankFields } from './RankFields.tsx';

export interface PolicyFieldsProps {
  draft: PolicyDraft;
  onChange: (change: Partial<PolicyDraft>) => void;
  errors: FieldErrors;
  disabled: boolean;
}

/** How a round becomes an adapter. */
export function AggregationFields({ draft, onChange, errors, disabled }: PolicyFieldsProps) {
  return (
    <div className="flex flex-col gap-5">
      <Group title="Method">
        <Choices
          label="Method"
          value={draft.method}
          onChange={(method) => onChange({ method })}
          choices={METHODS}
          columns={2}
          disabled={disabled}
        />
      </Group>
      {draft.method === 'florist' && (
        <Group title="Rank of each module">
          <RankFields draft={draft} onChange={onChange} errors={errors} disabled={disabled} />
        </Group>
      )}
      <Group title="Element type of the published adapter">
        <Choices
          label="Element type"
          value={draft.dtype}
          onChange={(dtype) => onChange({ dtype })}
          choices={DTYPES}
          columns={3}
          disabled={disabled}
        />
      </Group>
      <Group title="A client that lacks modules others have">
        <Choices
          label="Missing modules"
          value={draft.missingModules}
          onChange={(missingModules) => onChange({ missingModules })}
          choices={MISSING}
          columns={2}
          disabled={disabled}
        />
      </Group>
    </div>
  );
}
