import type { ReactNode } from 'react';
import { classes } from '#lib/classes.ts';
import { Boundary } from './Boundary.tsx';

interface PanelProps {
  title: ReactNode;
  /** One line under the title that says how to read what follows. */
  hint?: ReactNode;
  /** Controls at the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
  /** Without inner space, for tables that reach the border. */
  flush?: boolean;
  id?: string;
}

/** A titled region of a page. */
export function Panel({ title, hint, actions, children, className, flush = false, id }: PanelProps) {
  return (
    <section id={id} className={classes('min-w-0 rounded-lg border border-line bg-surface', className)}>
      <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1.5 border-b border-line px-4 py-1.5">
        <div className="min-w-0 flex-[1_1_12rem]">
          <h2 className="text-[13px] font-semibold">{title}</h2>
          {hint !== undefined && <p className="text-xs text-muted">{hint}</p>}
        </div>
        {actions !== undefined && (
          <div className="flex flex-wrap items-center gap-2 sm:justify-end">{actions}</div>
        )}
      </header>
      <div className={flush ? undefined : 'p-4'}>
        <Boundary>{children}</Boundary>
      </div>
    </section>
  );
}
