'use client';

import { Button } from '#components/ui/Button.tsx';
import { formatPlural } from '#lib/format/formatPlural.ts';

interface SaveBarProps {
  changes: number;
  standing: 'idle' | 'busy' | 'saved';
  /** What is said once they are saved. */
  saved: string;
  onDiscard: () => void;
}

/** Stays in view at the foot of a long form: what is not saved yet, and what can be done about it. */
export function SaveBar({ changes, standing, saved, onDiscard }: SaveBarProps) {
  const busy = standing === 'busy';
  const said = changes > 0 ? formatPlural(changes, 'unsaved change') : 'No unsaved changes';
  return (
    <div className="sticky bottom-0 z-20 -mx-1 flex flex-wrap items-center justify-end gap-x-3 gap-y-2 rounded-t-lg border border-b-0 border-line bg-surface px-4 py-2.5">
      <span role="status" className="mr-auto text-[13px] text-muted">
        {standing === 'saved' && changes === 0 ? saved : said}
      </span>
      {changes > 0 && (
        <Button disabled={busy} onClick={onDiscard}>
          Discard
        </Button>
      )}
      <Button type="submit" look="primary" disabled={busy || changes === 0}>
        {busy ? 'Saving…' : 'Save policies'}
      </Button>
    </div>
  );
}
