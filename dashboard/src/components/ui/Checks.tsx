'use client';

import { Check } from 'lucide-react';
import { Checkbox } from 'radix-ui';
import { classes } from '#lib/classes.ts';
import { CARD, CARD_COLUMNS, type Choice } from './Choices.tsx';

interface ChecksProps<T extends string> {
  values: readonly T[];
  onChange: (values: readonly T[]) => void;
  choices: readonly Choice<T>[];
  columns?: keyof typeof CARD_COLUMNS;
  disabled?: boolean;
}

/** Any number of choices, each told as a choice of one is. */
export function Checks<T extends string>(props: ChecksProps<T>) {
  const { values, onChange, choices, columns = 1, disabled = false } = props;
  const turn = (value: T) =>
    onChange(values.includes(value) ? values.filter((each) => each !== value) : [...values, value]);
  return (
    <div className={classes('grid grid-cols-1 gap-2', CARD_COLUMNS[columns])}>
      {choices.map(({ value, label, explanation }) => (
        <Checkbox.Root
          key={value}
          checked={values.includes(value)}
          disabled={disabled}
          onCheckedChange={() => turn(value)}
          className={CARD}
        >
          <span className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded border border-line-strong group-data-[state=checked]:border-accent group-data-[state=checked]:bg-accent">
            <Checkbox.Indicator className="text-on-accent">
              <Check size={12} strokeWidth={3} aria-hidden="true" />
            </Checkbox.Indicator>
          </span>
          <span className="min-w-0">
            <span className="block text-[13px] font-medium">{label}</span>
            <span className="block text-xs text-muted">{explanation}</span>
          </span>
        </Checkbox.Root>
      ))}
    </div>
  );
}
