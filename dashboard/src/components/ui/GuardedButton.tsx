'use client';

import type { ReactNode } from 'react';
import { Button, type ButtonLook } from './Button.tsx';
import { Tip } from './Tip.tsx';

interface GuardedButtonProps {
  look: ButtonLook;
  /** Why it would be refused now; it stays in reach of the keyboard, so that this can be read. */
  blocked: string | undefined;
  onClick: () => void;
  children: ReactNode;
}

/** A button for an act that the present state may not allow. */
export function GuardedButton({ look, blocked, onClick, children }: GuardedButtonProps) {
  if (blocked === undefined) {
    return (
      <Button look={look} onClick={onClick}>
        {children}
      </Button>
    );
  }
  return (
    <Tip side="bottom" text={blocked}>
      <Button look={look} aria-disabled>
        {children}
      </Button>
    </Tip>
  );
}
