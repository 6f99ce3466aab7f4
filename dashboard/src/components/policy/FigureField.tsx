'use client';

import { TextField, type TextFieldProps } from '#components/ui/TextField.tsx';

interface FigureFieldProps extends Omit<TextFieldProps, 'inputMode' | 'className'> {
  /** Whether it may have a fraction. */
  decimal?: boolean;
}

/** A number, as it is typed. */
export function FigureField({ decimal = false, ...field }: FigureFieldProps) {
  return (
    <TextField {...field} inputMode={decimal ? 'decimal' : 'numeric'} className="figures w-full max-w-60" />
  );
}
