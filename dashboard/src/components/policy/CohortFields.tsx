'use client';

import { Choices } from '#components/ui/Choices.tsx';
import type { CohortPolicy } from '#lib/api/types.ts';
import { keptOfSample } from '#lib/policy/cohortDraft.ts';
import type { PolicyFieldsProps } from './AggregationFields.tsx';
import { FigureField } from './FigureField.tsx';
import { COHORTS } from './roundExplanations.ts';

interface CohortFieldsProps extends PolicyFieldsProps {
  inForce: CohortPolicy | undefined;
}

/** Whom a round invites. */
export function CohortFields({ draft, onChange, errors, disabled, inForce }: CohortFieldsProps) {
  const whole = errors.of('/rounds/cohort');
  return (
    <div className="flex flex-col gap-3">
      <Choices
        label="Whom a round invites"
        value={draft.cohort}
        onChange={(cohort) => onChange({ cohort })}
        choices={COHORTS}
        columns={3}
        disabled={disabled}
      />
      {draft.cohort !== 'all' && (
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          {draft.cohort === 'size' ? (
            <FigureField
              label="How many"
              hint="No fewer than a round needs."
              error={errors.of('/rounds/cohort/size') ?? whole}
              value={draft.cohortSize}
              onChange={(cohortSize) => onChange({ cohortSize })}
              disabled={disabled}
            />
          ) : (
            <FigureField
              label="Share"
              hint="0.1 invites one in ten, rounded up."
              error={errors.of('/rounds/cohort/fraction') ?? whole}
              value={draft.cohortFraction}
              onChange={(cohortFraction) => onChange({ cohortFraction })}
              disabled={disabled}
              decimal
            />
          )}
          <FigureField
            label="Over-sampling"
            hint="Invites so many times as many, since some will not come; 1.3 is three in ten more. Empty: none."
            error={errors.of('/rounds/cohort/oversample')}
            value={draft.oversample}
            onChange={(oversample) => onChange({ oversample })}
            disabled={disabled}
            decimal
            placeholder="1"
          />
        </div>
      )}
      {draft.cohort !== 'all' && <KeptNote inForce={inForce} />}
    </div>
  );
}

/** What the api has set and this form leaves as it is. */
function KeptNote({ inForce }: { inForce: CohortPolicy | undefined }) {
  const { always = [], seed } = keptOfSample(inForce);
  if (always.length === 0 && seed === undefined) {
    return null;
  }
  return (
    <p className="text-xs text-muted">
      Kept as set by the api:{always.length > 0 && ` always invited are ${always.join(', ')}`}
      {always.length > 0 && seed !== undefined && ';'}
      {seed !== undefined && ` drawn with seed ${seed}`}.
    </p>
  );
}
