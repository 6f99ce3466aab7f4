'use client';

import type { ReactNode } from 'react';
import { controlClasses } from '#components/ui/controlClasses.ts';
import { Field } from '#components/ui/Field.tsx';

interface UnitFieldProps<T extends string> {
  label: string;
  hint?: ReactNode;
  error: string | undefined;
  value: string;
  unit: T;
  units: readonly { value: T; label: string }[];
  /** What the units are called, for those who do not see them beside the number. */
  unitLabel: string;
  onChange: (value: string, unit: T) => void;
  disabled: boolean;
  placeholder?: string | undefined;
}

/** A number and what it counts. */
export function UnitField<T extends string>(props: UnitFieldProps<T>) {
  const { label, hint, error, value, unit, units, unitLabel, onChange, disabled, placeholder } = props;
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <div className="flex max-w-72 gap-2">
          <input
            {...control}
            inputMode="decimal"
            placeholder={placeholder}
            value={value}
            disabled={disabled}
            onChange={(event) => onChange(event.target.value, unit)}
            className={controlClasses('figures w-full min-w-0')}
          />
          <select
            aria-label={unitLabel}
            value={unit}
            disabled={disabled}
            onChange={(event) => {
              const chosen = units.find((candidate) => candidate.value === event.target.value);
              onChange(value, chosen?.value ?? unit);
            }}
            className={controlClasses('shrink-0')}
          >
            {units.map((each) => (
              <option key={each.value} value={each.value}>
                {each.label}
              </option>
            ))}
          </select>
        </div>
      )}
    </Field>
  );
}
