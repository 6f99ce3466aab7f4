import type { ComponentProps } from 'react';
import { classes } from '#lib/classes.ts';

export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger';

const LOOKS: Record<ButtonLook, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover border-transparent',
  secondary: 'bg-surface text-text border-line hover:bg-hover',
  quiet: 'bg-transparent text-muted border-transparent hover:bg-hover hover:text-text',
  danger: 'bg-danger text-on-danger hover:bg-danger-hover border-transparent',
};

const BASE =
  'inline-flex items-center justify-center gap-1.5 rounded-md border px-2.5 h-8 text-[13px] font-medium whitespace-nowrap select-none transition-colors duration-100 disabled:opacity-55 disabled:cursor-not-allowed aria-disabled:opacity-55 aria-disabled:cursor-not-allowed pointer-coarse:h-10 pointer-coarse:px-3.5';

/** The classes of a button, for links that look like one. */
export function buttonClasses(look: ButtonLook = 'secondary', extra?: string): string {
  return classes(BASE, LOOKS[look], extra);
}

interface ButtonProps extends ComponentProps<'button'> {
  look?: ButtonLook;
}

export function Button({ look = 'secondary', className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={buttonClasses(look, className)} {...rest} />;
}
