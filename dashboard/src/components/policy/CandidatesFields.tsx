'use client';

import { Choices } from '#components/ui/Choices.tsx';
import { TextField } from '#components/ui/TextField.tsx';
import type { PolicyFieldsProps } from './AggregationFields.tsx';
import { BETTER, CHOOSE } from './candidatesExplanations.ts';
import { DurationField } from './DurationField.tsx';
import { FigureField } from './FigureField.tsx';
import { CANDIDATES_MAX, TAU_POINTERS } from './policyPointers.ts';

/** How a round chooses τ by what its candidates score. */
export function CandidatesFields({ draft, onChange, errors, disabled }: PolicyFieldsProps) {
  return (
    <div className="flex flex-col gap-5">
      <Choices
        label="How τ is chosen among candidates"
        value={draft.choose}
        onChange={(choose) => onChange({ choose })}
        choices={CHOOSE}
        columns={2}
        disabled={disabled}
      />
      {draft.choose !== 'none' && (
        <>
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
            <TextField
              label="Candidates"
              hint={`Values of τ with commas between, ${CANDIDATES_MAX} at most. Each is one more adapter to make.`}
              error={TAU_POINTERS.map(errors.of).find((error) => error !== undefined)}
              value={draft.taus}
              onChange={(taus) => onChange({ taus })}
              disabled={disabled}
            />
            <TextField
              label="Metric"
              hint="As clients or operators name it in their evaluations."
              error={errors.of('/candidates/metric')}
              value={draft.metric}
              onChange={(metric) => onChange({ metric })}
              disabled={disabled}
            />
          </div>
          <Choices
            label="Which values are better"
            value={draft.better}
            onChange={(better) => onChange({ better })}
            choices={BETTER}
            columns={2}
            disabled={disabled}
          />
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
            {draft.choose === 'smallest' && (
              <FigureField
                label="Margin"
                hint="How much worse than the best baseline it may be, in units of the metric."
                error={errors.of('/candidates/margin')}
                value={draft.margin}
                onChange={(margin) => onChange({ margin })}
                disabled={disabled}
                decimal
              />
            )}
            <DurationField
              label="Wait for evaluations"
              hint="Counted from when the last candidate is made."
              error={errors.of('/candidates/waitSeconds')}
              duration={draft.evaluationWait}
              onChange={(evaluationWait) => onChange({ evaluationWait })}
              disabled={disabled}
            />
            <FigureField
              label="Evaluations of each"
              hint="Without so many a candidate is not chosen; once all have them, nobody waits."
              error={errors.of('/candidates/minEvaluations')}
              value={draft.minEvaluations}
              onChange={(minEvaluations) => onChange({ minEvaluations })}
              disabled={disabled}
            />
          </div>
        </>
      )}
    </div>
  );
}
