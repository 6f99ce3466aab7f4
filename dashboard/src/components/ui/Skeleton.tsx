import { classes } from '#lib/classes.ts';

/** Holds the place of what has not arrived, at its final size. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={classes('animate-skeleton rounded bg-hover', className)} />;
}
