'use client';

import type { ReactNode } from 'react';
import { controlClasses } from '#components/ui/controlClasses.ts';
import { Field } from '#components/ui/Field.tsx';

interface TextFieldProps {
  label: string;
  hint?: ReactNode;
  error: string | undefined;
  value: string;
  onChange: (value: string) => void;
  disabled: boolean;
  placeholder?: string;
}

/** A name or a list, as it is typed. */
export function TextField({ label, hint, error, value, onChange, disabled, placeholder }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          value={value}
          disabled={disabled}
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          onChange={(event) => onChange(event.target.value)}
          className={controlClasses()}
        />
      )}
    </Field>
  );
}
