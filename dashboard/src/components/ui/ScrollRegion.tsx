import type { ReactNode } from 'react';
import { classes } from '#lib/classes.ts';

interface ScrollRegionProps {
  label: string;
  children: ReactNode;
  className?: string;
}

/** Something larger than its place, which the keyboard can scroll too. */
export function ScrollRegion({ label, children, className }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without focus the keyboard cannot scroll it
    <section aria-label={label} tabIndex={0} className={classes('relative overflow-auto', className)}>
      {children}
    </section>
  );
}
