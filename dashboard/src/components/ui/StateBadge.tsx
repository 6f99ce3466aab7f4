import { CircleCheck, CircleDashed, CircleDot, CircleSlash, OctagonX } from 'lucide-react';
import type { RoundState } from '#lib/api/types.ts';
import { classes } from '#lib/classes.ts';

const LOOKS = {
  collecting: { icon: CircleDashed, look: 'text-text bg-sunken border-line', mark: 'text-muted' },
  aggregating: { icon: CircleDot, look: 'text-accent bg-accent-soft border-transparent', mark: '' },
  published: { icon: CircleCheck, look: 'text-text bg-surface border-line', mark: 'text-accent' },
  failed: { icon: OctagonX, look: 'text-danger bg-danger-soft border-transparent', mark: '' },
  cancelled: { icon: CircleSlash, look: 'text-muted bg-surface border-line', mark: '' },
} as const satisfies Record<RoundState, { icon: unknown; look: string; mark: string }>;

/** The state of a round or an adapter, by shape and word, colour only beside them. */
export function StateBadge({ state }: { state: RoundState }) {
  const { icon: Icon, look, mark } = LOOKS[state];
  return (
    <span
      className={classes(
        'inline-flex h-6 items-center gap-1.5 rounded-full border px-2 text-xs font-medium whitespace-nowrap',
        look,
      )}
    >
      <Icon size={13} aria-hidden="true" className={mark} />
      {state}
    </span>
  );
}
