'use client';

import type { PolicyFieldsProps } from './AggregationFields.tsx';
import { FigureField } from './FigureField.tsx';

/** What is deleted once it is old. */
export function RetentionFields({ draft, onChange, errors, disabled }: PolicyFieldsProps) {
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <FigureField
        label="Submissions of"
        hint="So many of the latest rounds that have ended. Of older ones they are deleted for good, and no other adapter can be made of those. Empty: for ever."
        error={errors.of('/retention/submissionRounds')}
        value={draft.submissionRounds}
        onChange={(submissionRounds) => onChange({ submissionRounds })}
        disabled={disabled}
        placeholder="all rounds"
      />
      <FigureField
        label="Adapters of"
        hint="So many of the latest published rounds. A client that missed an older one can no longer catch up. Empty: for ever."
        error={errors.of('/retention/adapterRounds')}
        value={draft.adapterRounds}
        onChange={(adapterRounds) => onChange({ adapterRounds })}
        disabled={disabled}
        placeholder="all rounds"
      />
    </div>
  );
}
