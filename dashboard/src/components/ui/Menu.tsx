'use client';

import { DropdownMenu as Base } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from '#lib/classes.ts';

/** A button and the list of acts it opens. */
export function Menu({ trigger, children }: { trigger: ReactNode; children: ReactNode }) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger asChild>{trigger}</Base.Trigger>
      <Base.Portal>
        <Base.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-44 animate-appear rounded-md border border-line bg-surface p-1 shadow-float"
        >
          {children}
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}

interface MenuItemProps {
  children: ReactNode;
  onSelect?: () => void;
  disabled?: boolean;
  danger?: boolean;
}

export function MenuItem({ children, onSelect, disabled = false, danger = false }: MenuItemProps) {
  return (
    <Base.Item
      disabled={disabled}
      onSelect={onSelect}
      className={classes(
        'flex cursor-pointer items-center gap-2 rounded px-2 py-1.5 text-[13px] outline-none select-none data-disabled:cursor-not-allowed data-disabled:opacity-55 data-highlighted:bg-hover pointer-coarse:py-2.5',
        danger && 'text-danger',
      )}
    >
      {children}
    </Base.Item>
  );
}

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <Base.Label className="px-2 pt-1.5 pb-1 text-2xs font-medium text-faint">{children}</Base.Label>
);

export const MenuSeparator = () => <Base.Separator className="my-1 h-px bg-line" />;

interface MenuChoiceProps {
  value: string;
  onChange: (value: string) => void;
  choices: readonly { value: string; label: string }[];
}

/** One of several, inside a menu. */
export function MenuChoice({ value, onChange, choices }: MenuChoiceProps) {
  return (
    <Base.RadioGroup value={value} onValueChange={onChange}>
      {choices.map((choice) => (
        <Base.RadioItem
          key={choice.value}
          value={choice.value}
          className="flex cursor-pointer items-center justify-between gap-6 rounded px-2 py-1.5 text-[13px] outline-none select-none data-highlighted:bg-hover pointer-coarse:py-2.5"
        >
          {choice.label}
          <Base.ItemIndicator className="text-accent">●</Base.ItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}
