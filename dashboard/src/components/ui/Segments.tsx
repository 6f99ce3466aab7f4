'use client';

import { ToggleGroup } from 'radix-ui';

interface SegmentsProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  choices: readonly { value: T; label: string }[];
}

/** A small choice whose options are all on view. */
export function Segments<T extends string>({ label, value, onChange, choices }: SegmentsProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const choice = choices.find((candidate) => candidate.value === next);
        if (choice !== undefined) {
          onChange(choice.value);
        }
      }}
      className="inline-flex rounded-md border border-line bg-sunken p-0.5"
    >
      {choices.map((choice) => (
        <ToggleGroup.Item
          key={choice.value}
          value={choice.value}
          className="h-6 rounded px-2 text-xs text-muted hover:text-text data-[state=on]:bg-surface data-[state=on]:font-medium data-[state=on]:text-text data-[state=on]:ring-1 data-[state=on]:ring-line-strong/50 pointer-coarse:h-9 pointer-coarse:px-3"
        >
          {choice.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
