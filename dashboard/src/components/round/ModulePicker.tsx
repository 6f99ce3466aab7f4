'use client';

import { Command } from 'cmdk';
import { ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { buttonClasses } from '#components/ui/Button.tsx';
import { OVERLAY_MAX } from '#lib/spectrum/exactModules.ts';
import type { ModuleSummary } from '#lib/spectrum/summariseSpectrum.ts';
import { useModuleFocus } from './ModuleFocusProvider.tsx';

/** More than these nobody reads; typing narrows them. */
const SHOWN = 60;

interface ModulePickerProps {
  modules: readonly ModuleSummary[];
  selected: readonly string[];
  onToggle: (module: string) => void;
}

/** Finds modules by typing parts of their names, and draws them bold. */
export function ModulePicker({ modules, selected, onToggle }: ModulePickerProps) {
  const [open, setOpen] = useState(false);
  const focus = useModuleFocus();
  const [search, setSearch] = useState('');
  const chosen = new Set(selected);
  const found = open ? modules.filter(({ name }) => matchParts(name, search)) : [];
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={buttonClasses('secondary')}>
        Find a module
        <ChevronDown size={14} aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label="Find a module"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 w-[min(28rem,calc(100vw-2rem))] animate-appear rounded-md border border-line bg-surface shadow-float"
        >
          <Command
            label="Find a module"
            shouldFilter={false}
            onValueChange={(name) => focus.set(name === '' ? undefined : name)}
          >
            <Command.Input
              value={search}
              onValueChange={setSearch}
              placeholder="Such as 12 q_proj"
              className="h-10 w-full border-b border-line bg-transparent px-3 text-[13px] outline-none placeholder:text-faint"
            />
            <Command.List className="max-h-72 overflow-y-auto p-1">
              <Command.Empty className="px-3 py-4 text-center text-[13px] text-muted">
                No module of that name
              </Command.Empty>
              {found.slice(0, SHOWN).map((module) => (
                <Command.Item
                  key={module.name}
                  value={module.name}
                  disabled={!chosen.has(module.name) && selected.length >= OVERLAY_MAX}
                  onSelect={() => onToggle(module.name)}
                  className="flex cursor-pointer items-center gap-2 rounded px-2 py-1.5 text-[13px] data-[disabled=true]:opacity-50 data-[selected=true]:bg-hover"
                >
                  <span aria-hidden="true" className="w-3 text-accent">
                    {chosen.has(module.name) ? '✓' : ''}
                  </span>
                  <span className="min-w-0 flex-1 truncate">{module.name}</span>
                  <span className="figures text-xs text-muted">
                    p {module.rank} / {module.length}
                  </span>
                </Command.Item>
              ))}
            </Command.List>
            <p className="flex justify-between border-t border-line px-3 py-1.5 text-xs text-muted">
              <span>
                {selected.length} of {OVERLAY_MAX} drawn bold
              </span>
              <span className="figures">{found.length} found</span>
            </p>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Every part typed must occur, in any order; a number stands for itself, so that `1` is not `12`. */
function matchParts(name: string, search: string): boolean {
  const lower = name.toLowerCase();
  const segments = lower.split(/[._]/);
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((part) => (/^\d+$/.test(part) ? segments.includes(part) : lower.includes(part)));
}
