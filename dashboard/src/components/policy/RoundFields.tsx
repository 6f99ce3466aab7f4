'use client';

import type { PolicyFieldsProps } from './AggregationFields.tsx';
import { DurationField } from './DurationField.tsx';
import { FigureField } from './FigureField.tsx';

/** When a round closes. */
export function RoundFields({ draft, onChange, errors, disabled }: PolicyFieldsProps) {
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
      <FigureField
        label="At least"
        hint={
          draft.onDeadline === 'proceed' && draft.deadline.amount !== ''
            ? 'Fewer submissions than this aggregate only at the deadline, with a quorum.'
            : 'Fewer submissions than this never aggregate.'
        }
        error={errors.of('/rounds/minSubmissions')}
        value={draft.minSubmissions}
        onChange={(minSubmissions) => onChange({ minSubmissions })}
        disabled={disabled}
      />
      <FigureField
        label="At most"
        hint="With this many the round closes itself. Empty: no limit."
        error={errors.of('/rounds/maxSubmissions')}
        value={draft.maxSubmissions}
        onChange={(maxSubmissions) => onChange({ maxSubmissions })}
        disabled={disabled}
        placeholder="no limit"
      />
      <DurationField
        label="Deadline"
        hint="So long after opening it closes itself, once it has enough. Empty: an operator closes it."
        error={errors.of('/rounds/deadlineSeconds')}
        duration={draft.deadline}
        onChange={(deadline) => onChange({ deadline })}
        disabled={disabled}
        placeholder="none"
      />
    </div>
  );
}
