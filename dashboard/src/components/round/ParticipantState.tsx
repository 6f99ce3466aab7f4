import { Circle, CircleArrowUp, CircleDashed, CircleDot, CircleSlash } from 'lucide-react';
import type { Participant } from '#lib/api/types.ts';
import { classes } from '#lib/classes.ts';

const LOOKS = {
  silent: { icon: CircleDashed, look: 'text-muted', mark: '' },
  ready: { icon: Circle, look: '', mark: 'text-muted' },
  training: { icon: CircleDot, look: '', mark: 'text-accent' },
  uploading: { icon: CircleArrowUp, look: '', mark: 'text-accent' },
  gone: { icon: CircleSlash, look: 'text-danger', mark: '' },
} as const satisfies Record<Participant['state'], { icon: unknown; look: string; mark: string }>;

/** What a client is at, by shape and word, colour only beside them. */
export function ParticipantState({ state }: { state: Participant['state'] }) {
  const { icon: Icon, look, mark } = LOOKS[state];
  return (
    <span className={classes('inline-flex items-center gap-1.5 whitespace-nowrap', look)}>
      <Icon size={13} aria-hidden="true" className={mark} />
      {state}
    </span>
  );
}
