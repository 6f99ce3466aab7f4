'use client';

import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';

interface TipProps {
  text: ReactNode;
  /** One element that can take focus and a ref. */
  children: ReactNode;
  side?: 'top' | 'bottom' | 'left' | 'right';
}

/** Says more about its child on hover and on keyboard focus. */
export function Tip({ text, children, side = 'top' }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-80 animate-appear rounded-md border border-line bg-surface px-2.5 py-1.5 text-xs text-text shadow-float"
        >
          {text}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
