'use client';

import { type Duration, TIME_UNITS, type TimeUnit } from '#lib/policy/duration.ts';
import { UnitField } from './UnitField.tsx';

const UNITS = (Object.keys(TIME_UNITS) as TimeUnit[]).map((value) => ({ value, label: value }));

interface DurationFieldProps {
  label: string;
  hint: string;
  error: string | undefined;
  duration: Duration;
  onChange: (duration: Duration) => void;
  disabled: boolean;
  placeholder?: string;
}

/** A time, in the unit that suits it. */
export function DurationField({ duration, onChange, ...rest }: DurationFieldProps) {
  return (
    <UnitField
      {...rest}
      value={duration.amount}
      unit={duration.unit}
      units={UNITS}
      unitLabel={`Unit of: ${rest.label}`}
      onChange={(amount, unit) => onChange({ amount, unit })}
    />
  );
}
