'use client';

import { Choices } from '#components/ui/Choices.tsx';
import { controlClasses } from '#components/ui/controlClasses.ts';
import { Field } from '#components/ui/Field.tsx';
import type { FieldErrors } from '#lib/api/fieldErrors.ts';
import type { TokenCreate } from '#lib/api/types.ts';

const DAY_SECONDS = 86_400;

/** Days for which a token is valid; the empty one has no end. */
const LIFETIMES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'a year' },
  { value: '', label: 'until it is revoked' },
] as const;

const ROLES = [
  { value: 'viewer', label: 'Viewer', explanation: 'Sees everything that it is for, changes nothing.' },
  { value: 'operator', label: 'Operator', explanation: 'May do everything to what it is for.' },
] as const;

export interface TokenDraft {
  name: string;
  role: TokenCreate['role'];
  /** As typed: names between commas or spaces; empty for everything. */
  federations: string;
  days: string;
}

export const NEW_TOKEN: TokenDraft = { name: '', role: 'viewer', federations: '', days: '90' };

export function toTokenCreate({ name, role, federations, days }: TokenDraft): TokenCreate {
  const names = federations.split(/[\s,]+/).filter((each) => each !== '');
  return {
    ...{ name, role },
    ...(names.length > 0 && { federations: names }),
    ...(days !== '' && { expiresInSeconds: Number(days) * DAY_SECONDS }),
  };
}

interface TokenFieldsProps {
  draft: TokenDraft;
  onChange: (draft: TokenDraft) => void;
  errors: FieldErrors;
}

/** What a new token is to be. */
export function TokenFields({ draft, onChange, errors }: TokenFieldsProps) {
  return (
    <>
      <Field
        label="Name"
        hint="Whose it is or what for, such as Ada or nightly-report."
        error={errors.of('/name')}
      >
        {(control) => (
          <input
            {...control}
            value={draft.name}
            autoComplete="off"
            onChange={(event) => onChange({ ...draft, name: event.target.value })}
            className={controlClasses()}
          />
        )}
      </Field>
      <Choices
        label="Role"
        value={draft.role}
        onChange={(role) => onChange({ ...draft, role })}
        choices={ROLES}
        columns={2}
      />
      <Field
        label="Federations"
        hint="Their names between commas: it sees and does only those, and nothing of the service as a whole. Empty: everything."
        error={errors.of('/federations')}
      >
        {(control) => (
          <input
            {...control}
            value={draft.federations}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange({ ...draft, federations: event.target.value })}
            className={controlClasses()}
          />
        )}
      </Field>
      <Field label="Valid for" hint="After that it is refused; a new secret begins the time anew.">
        {(control) => (
          <select
            {...control}
            value={draft.days}
            onChange={(event) => onChange({ ...draft, days: event.target.value })}
            className={controlClasses('w-48')}
          >
            {LIFETIMES.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
}
