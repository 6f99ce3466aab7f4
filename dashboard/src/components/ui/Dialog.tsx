'use client';

import { X } from 'lucide-react';
import { Dialog as Base } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from '#lib/classes.ts';
import { useReturnFocus } from './useReturnFocus.ts';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  wide?: boolean;
  /** Whether Escape and a click outside leave it; false while an act is under way or a secret is on view. */
  dismissible?: boolean;
}

export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, children, wide = false, dismissible = true } = props;
  const returnFocus = useReturnFocus();
  const hold = (event: Event) => {
    if (!dismissible) {
      event.preventDefault();
    }
  };
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Overlay className="fixed inset-0 z-40 animate-appear bg-black/45" />
        <Base.Content
          {...returnFocus}
          onEscapeKeyDown={hold}
          onInteractOutside={hold}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          className={classes(
            'fixed top-1/2 left-1/2 z-50 flex max-h-[90dvh] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 animate-appear flex-col rounded-lg border border-line bg-surface shadow-float outline-none',
            wide ? 'max-w-2xl' : 'max-w-lg',
          )}
        >
          <div className="flex items-start justify-between gap-4 px-5 pt-4">
            <div className="min-w-0">
              <Base.Title className="text-base font-semibold">{title}</Base.Title>
              {description !== undefined && (
                <Base.Description className="mt-1 text-[13px] text-muted">{description}</Base.Description>
              )}
            </div>
            {dismissible && (
              <Base.Close
                aria-label="Close"
                className="-mr-1.5 rounded-md p-1.5 text-muted hover:bg-hover hover:text-text"
              >
                <X size={16} aria-hidden="true" />
              </Base.Close>
            )}
          </div>
          <div className="overflow-y-auto px-5 py-4">{children}</div>
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}
