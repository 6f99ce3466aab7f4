'use client';

import { RadioGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from '#lib/classes.ts';

export interface Choice<T extends string> {
  value: T;
  label: string;
  /** What follows from choosing it. */
  explanation: ReactNode;
}

interface ChoicesProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  choices: readonly Choice<T>[];
  /** Side by side where there is room. */
  columns?: keyof typeof CARD_COLUMNS;
  disabled?: boolean;
}

export const CARD_COLUMNS = { 1: '', 2: 'sm:grid-cols-2', 3: 'sm:grid-cols-3' } as const;

/** The look of one that can be chosen. */
export const CARD =
  'group flex gap-2.5 rounded-md border border-line bg-surface px-3 py-2 text-left hover:bg-hover disabled:opacity-60 data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft';

/** A choice whose consequences are told before it is made. */
export function Choices<T extends string>(props: ChoicesProps<T>) {
  const { label, value, onChange, choices, columns = 1, disabled = false } = props;
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      disabled={disabled}
      onValueChange={(next) => {
        const choice = choices.find((candidate) => candidate.value === next);
        if (choice !== undefined) {
          onChange(choice.value);
        }
      }}
      className={classes('grid grid-cols-1 gap-2', CARD_COLUMNS[columns])}
    >
      {choices.map((choice) => (
        <RadioGroup.Item key={choice.value} value={choice.value} className={CARD}>
          <span className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong group-data-[state=checked]:border-accent">
            <RadioGroup.Indicator className="size-2 rounded-full bg-accent" />
          </span>
          <span className="min-w-0">
            <span className="block text-[13px] font-medium">{choice.label}</span>
            <span className="block text-xs text-muted">{choice.explanation}</span>
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
