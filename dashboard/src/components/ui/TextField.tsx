'use client';

import type { HTMLAttributes, ReactNode } from 'react';
import { controlClasses } from './controlClasses.ts';
import { Field } from './Field.tsx';

export interface TextFieldProps {
  label: string;
  hint?: ReactNode;
  error: string | undefined;
  value: string;
  onChange: (value: string) => void;
  disabled: boolean;
  /** What an empty field stands for, or an example. */
  placeholder?: string | undefined;
  inputMode?: HTMLAttributes<HTMLInputElement>['inputMode'];
  className?: string;
}

/** One line, as it is typed. */
export function TextField({ label, hint, error, onChange, className, ...control }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => (
        <input
          {...ids}
          {...control}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
          className={controlClasses(className)}
        />
      )}
    </Field>
  );
}
