import type { ReactNode } from 'react';
import { classes } from '#lib/classes.ts';

interface ExactProps {
  /** What is shown at sight. */
  children: ReactNode;
  /** The same to the last digit. */
  exact: string;
  className?: string | undefined;
}

/**
 * A figure that is human at sight and exact on hover. It takes no focus: tables hold hundreds of them, and
 * every table and chart hands its exact figures out as CSV.
 */
export function Exact({ children, exact, className }: ExactProps) {
  return (
    <span title={exact} className={classes('figures', className)}>
      {children}
    </span>
  );
}
