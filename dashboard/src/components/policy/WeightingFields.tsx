'use client';

import { Checks } from '#components/ui/Checks.tsx';
import { Choices } from '#components/ui/Choices.tsx';
import type { PolicyFieldsProps } from './AggregationFields.tsx';
import { FigureField } from './FigureField.tsx';
import { Group } from './Group.tsx';
import { RobustFields } from './RobustFields.tsx';
import { ROBUST, WEIGH_BY } from './weightingExplanations.ts';

/** How much each client counts. */
export function WeightingFields(fields: PolicyFieldsProps) {
  const { draft, onChange, errors, disabled } = fields;
  return (
    <div className="flex flex-col gap-5">
      <Group title="Weight">
        <Choices
          label="Weight"
          value={draft.weighBy}
          onChange={(weighBy) => onChange({ weighBy })}
          choices={WEIGH_BY}
          columns={2}
          disabled={disabled}
        />
        <FigureField
          label="Largest share of a client"
          hint="With 0.25 nobody weighs more than a quarter; what is cut off goes to the others. Empty: no cap."
          error={errors.of('/aggregation/weighting/maxShare')}
          value={draft.maxShare}
          onChange={(maxShare) => onChange({ maxShare })}
          disabled={disabled}
          decimal
          placeholder="no cap"
        />
      </Group>
      <Group title="Updates that stand out">
        <Checks
          values={draft.robust}
          onChange={(robust) => onChange({ robust })}
          choices={ROBUST}
          columns={3}
          disabled={disabled}
        />
        <RobustFields {...fields} />
      </Group>
    </div>
  );
}
