import { classes } from '#lib/classes.ts';

interface NameProps {
  text: string;
  className?: string;
}

/** A name in a table, which may be long: one line of it, and the whole on hover. */
export function Name({ text, className }: NameProps) {
  return (
    <span
      title={text}
      className={classes('inline-block max-w-40 truncate align-bottom sm:max-w-64', className)}
    >
      {text}
    </span>
  );
}
