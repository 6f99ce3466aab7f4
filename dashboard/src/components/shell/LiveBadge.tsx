'use client';

import { Tip } from '#components/ui/Tip.tsx';
import { classes } from '#lib/classes.ts';
import type { LiveState } from '#lib/live/liveStore.ts';
import { useLiveState } from './LiveProvider.tsx';

const WORDS: Record<LiveState, { word: string; meaning: string; look: string; dot: string }> = {
  connecting: {
    word: 'connecting',
    meaning: 'Opening the event stream.',
    look: 'text-muted',
    dot: 'border border-current',
  },
  live: {
    word: 'live',
    meaning: 'This page follows the federation’s events as they happen.',
    look: 'text-muted',
    dot: 'bg-accent',
  },
  lost: {
    word: 'reconnecting',
    meaning:
      'The event stream broke. What you see may be out of date; it catches up by itself as soon as the api answers.',
    look: 'text-warn',
    dot: 'border-2 border-current',
  },
  refused: {
    word: 'not live',
    meaning: 'The api refused the event stream. Reload the page to try again.',
    look: 'text-danger',
    dot: 'border-2 border-current',
  },
};

/** Whether what is on view is up to date. */
export function LiveBadge() {
  const state = useLiveState();
  if (state === undefined) {
    return null;
  }
  const { word, meaning, look, dot } = WORDS[state];
  return (
    <Tip text={meaning} side="bottom">
      <button
        type="button"
        className={classes('inline-flex cursor-default items-center gap-1.5 px-1 text-xs', look)}
        aria-label={`Connection: ${word}`}
      >
        <span className={classes('size-2 rounded-full', dot)} />
        <span aria-live="polite" className={state === 'live' ? 'max-sm:sr-only' : undefined}>
          {word}
        </span>
      </button>
    </Tip>
  );
}
