'use client';

import { Choices } from '#components/ui/Choices.tsx';
import { controlClasses } from '#components/ui/controlClasses.ts';
import { Field } from '#components/ui/Field.tsx';
import type { PolicyFieldsProps } from './AggregationFields.tsx';
import { RANKS } from './explanations.ts';

const CONTROL = controlClasses('figures w-40');

/** How FLoRIST chooses ranks, and the figure that goes with it. */
export function RankFields({ draft, onChange, errors, disabled }: PolicyFieldsProps) {
  return (
    <div className="flex flex-col gap-3">
      <Choices
        label="Rank of each module"
        value={draft.policy}
        onChange={(policy) => onChange({ policy })}
        choices={RANKS}
        columns={3}
        disabled={disabled}
      />
      {draft.policy === 'energy' && (
        <Field
          label="τ"
          hint="0.80 to 0.99 is useful; 0.9 is a good start. Each round’s page shows what other values would give."
          error={errors.of('/aggregation/rank/tau')}
        >
          {(control) => (
            <input
              {...control}
              inputMode="decimal"
              value={draft.tau}
              disabled={disabled}
              onChange={(event) => onChange({ tau: event.target.value })}
              className={CONTROL}
            />
          )}
        </Field>
      )}
      {draft.policy === 'fixed' && (
        <Field label="Rank" error={errors.of('/aggregation/rank/rank')}>
          {(control) => (
            <input
              {...control}
              inputMode="numeric"
              value={draft.rank}
              disabled={disabled}
              onChange={(event) => onChange({ rank: event.target.value })}
              className={CONTROL}
            />
          )}
        </Field>
      )}
      {draft.policy === 'budget' && (
        <Field
          label="Size, in MB"
          hint="Tensor data of the whole adapter; a million bytes each."
          error={errors.of('/aggregation/rank/bytes')}
        >
          {(control) => (
            <input
              {...control}
              inputMode="decimal"
              value={draft.megabytes}
              disabled={disabled}
              onChange={(event) => onChange({ megabytes: event.target.value })}
              className={CONTROL}
            />
          )}
        </Field>
      )}
    </div>
  );
}
