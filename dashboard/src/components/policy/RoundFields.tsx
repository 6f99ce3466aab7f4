'use client';

import { controlClasses } from '#components/ui/controlClasses.ts';
import { Field } from '#components/ui/Field.tsx';
import { TIME_UNITS, type TimeUnit } from '#lib/policy/policyDraft.ts';
import type { PolicyFieldsProps } from './AggregationFields.tsx';

const UNITS = Object.keys(TIME_UNITS) as TimeUnit[];

/** When a round closes. */
export function RoundFields({ draft, onChange, errors, disabled }: PolicyFieldsProps) {
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
      <Field
        label="At least"
        hint="Fewer submissions than this never aggregate."
        error={errors.of('/rounds/minSubmissions')}
      >
        {(control) => (
          <input
            {...control}
            inputMode="numeric"
            value={draft.minSubmissions}
            disabled={disabled}
            onChange={(event) => onChange({ minSubmissions: event.target.value })}
            className={controlClasses('figures w-full')}
          />
        )}
      </Field>
      <Field
        label="At most"
        hint="With this many the round closes itself. Empty: no limit."
        error={errors.of('/rounds/maxSubmissions')}
      >
        {(control) => (
          <input
            {...control}
            inputMode="numeric"
            placeholder="no limit"
            value={draft.maxSubmissions}
            disabled={disabled}
            onChange={(event) => onChange({ maxSubmissions: event.target.value })}
            className={controlClasses('figures w-full')}
          />
        )}
      </Field>
      <Field
        label="Deadline"
        hint="So long after opening it closes itself, once it has enough. Empty: an operator closes it."
        error={errors.of('/rounds/deadlineSeconds')}
      >
        {(control) => (
          <div className="flex gap-2">
            <input
              {...control}
              inputMode="decimal"
              placeholder="none"
              value={draft.deadline}
              disabled={disabled}
              onChange={(event) => onChange({ deadline: event.target.value })}
              className={controlClasses('figures w-full')}
            />
            <select
              aria-label="Unit of the deadline"
              value={draft.deadlineUnit}
              disabled={disabled}
              onChange={(event) => {
                const unit = UNITS.find((candidate) => candidate === event.target.value);
                onChange({ deadlineUnit: unit ?? 'hours' });
              }}
              className={controlClasses('w-28')}
            >
              {UNITS.map((unit) => (
                <option key={unit}>{unit}</option>
              ))}
            </select>
          </div>
        )}
      </Field>
    </div>
  );
}
