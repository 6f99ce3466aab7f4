'use client';

import type { ReactNode } from 'react';
import { Tip } from '#components/ui/Tip.tsx';
import { classes } from '#lib/classes.ts';

/** A row of figures, above the fold. */
export function Tiles({ columns, children }: { columns: 4 | 5; children: ReactNode }) {
  return (
    <dl
      className={classes(
        'mb-5 grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line',
        columns === 5 ? 'sm:grid-cols-3 lg:grid-cols-5' : 'lg:grid-cols-4',
      )}
    >
      {children}
    </dl>
  );
}

interface TileProps {
  name: string;
  /** Its place is held while it is not known. */
  value: ReactNode;
  /** The baseline it is read against. */
  beside?: ReactNode;
  tip?: string | undefined;
}

export function Tile({ name, value, beside, tip }: TileProps) {
  return (
    <div className="min-w-0 bg-surface px-4 py-2.5 odd:last:max-lg:col-span-2">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="figures mt-0.5 flex min-h-7 flex-wrap items-baseline gap-x-2">
        {value === undefined ? <span className="text-xl text-faint">—</span> : <Told tip={tip}>{value}</Told>}
        {beside !== undefined && <span className="text-xs text-muted">{beside}</span>}
      </dd>
    </div>
  );
}

/** The figure itself; a button only where there is more to tell. */
function Told({ tip, children }: { tip: string | undefined; children: ReactNode }) {
  const look = 'text-xl font-semibold tracking-tight';
  return tip === undefined ? (
    <span className={look}>{children}</span>
  ) : (
    <Tip text={tip} side="bottom">
      <button type="button" className={classes('cursor-default', look)}>
        {children}
      </button>
    </Tip>
  );
}
