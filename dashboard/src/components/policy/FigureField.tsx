'use client';

import type { ReactNode } from 'react';
import { controlClasses } from '#components/ui/controlClasses.ts';
import { Field } from '#components/ui/Field.tsx';

interface FigureFieldProps {
  label: string;
  hint?: ReactNode;
  error: string | undefined;
  value: string;
  onChange: (value: string) => void;
  disabled: boolean;
  /** Whether it may have a fraction. */
  decimal?: boolean;
  /** What an empty field stands for. */
  placeholder?: string;
}

/** A number, as it is typed. */
export function FigureField(props: FigureFieldProps) {
  const { label, hint, error, value, onChange, disabled, decimal = false, placeholder } = props;
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          inputMode={decimal ? 'decimal' : 'numeric'}
          placeholder={placeholder}
          value={value}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value)}
          className={controlClasses('figures w-full max-w-60')}
        />
      )}
    </Field>
  );
}
