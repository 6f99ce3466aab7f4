import { Progress } from '#components/ui/Progress.tsx';
import type { Participant } from '#lib/api/types.ts';
import { formatBytes } from '#lib/format/formatBytes.ts';
import { formatCount } from '#lib/format/formatCount.ts';

/** How far a client is: steps while it trains, and the last known once it is gone; bytes while it uploads. */
export function ParticipantProgress({ participant }: { participant: Participant }) {
  const { client, state, step, total, uploadedBytes, uploadBytes } = participant;
  if (state === 'uploading') {
    return (
      <Measured
        done={uploadedBytes}
        total={uploadBytes}
        label={`bytes uploaded by ${client}`}
        format={formatBytes}
      />
    );
  }
  return state === 'training' || state === 'gone' ? (
    <Measured done={step} total={total} label={`steps trained by ${client}`} format={formatCount} />
  ) : null;
}

interface MeasuredProps {
  done: number | undefined;
  total: number | undefined;
  label: string;
  format: (value: number) => string;
}

function Measured({ done, total, label, format }: MeasuredProps) {
  if (done === undefined) {
    return null;
  }
  return (
    <span className="flex items-center gap-2">
      {total !== undefined && total > 0 && (
        <span className="w-16 shrink-0">
          <Progress done={Math.min(done, total)} total={total} label={label} />
        </span>
      )}
      <span className="figures whitespace-nowrap">
        {format(done)}
        {total !== undefined && total > 0 && ` / ${format(total)}`}
      </span>
    </span>
  );
}
