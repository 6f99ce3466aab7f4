'use client';

import { Choices } from '#components/ui/Choices.tsx';
import type { NextRound } from '#lib/api/types.ts';
import { formatPlural } from '#lib/format/formatPlural.ts';
import type { PolicyFieldsProps } from './AggregationFields.tsx';
import { DurationField } from './DurationField.tsx';
import { FigureField } from './FigureField.tsx';
import { Group } from './Group.tsx';
import { LATE, NEXT } from './roundExplanations.ts';

interface AfterFieldsProps extends PolicyFieldsProps {
  inForce: NextRound | undefined;
}

/** What follows a round. */
export function AfterFields({ draft, onChange, errors, disabled, inForce }: AfterFieldsProps) {
  const weightError = errors.of('/rounds/stalenessWeight');
  const stalled = inForce?.stopWhenStalled;
  return (
    <div className="flex flex-col gap-5">
      <Group title="A submission that comes too late">
        <Choices
          label="A submission that comes too late"
          value={draft.late}
          onChange={(late) => onChange({ late })}
          choices={LATE}
          columns={2}
          disabled={disabled}
        />
        {(draft.late === 'carry' || weightError !== undefined) && (
          <FigureField
            label="Weight when late"
            hint="Its examples are multiplied by this for each round it is late. Empty: 0.5."
            error={weightError}
            value={draft.stalenessWeight}
            onChange={(stalenessWeight) => onChange({ stalenessWeight })}
            disabled={disabled}
            decimal
            placeholder="0.5"
          />
        )}
      </Group>
      <Group title="The next round opens">
        <Choices
          label="The next round opens"
          value={draft.next}
          onChange={(next) => onChange({ next })}
          choices={NEXT}
          columns={2}
          disabled={disabled}
        />
        {draft.next === 'itself' && (
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
            <DurationField
              label="After"
              hint="Counted from when a round was published or has failed."
              error={errors.of('/rounds/next/delaySeconds')}
              duration={draft.delay}
              onChange={(delay) => onChange({ delay })}
              disabled={disabled}
            />
            <FigureField
              label="Last round"
              hint="None opens by itself once there are so many. Empty: no end."
              error={errors.of('/rounds/next/stopAfterRounds')}
              value={draft.stopAfterRounds}
              onChange={(stopAfterRounds) => onChange({ stopAfterRounds })}
              disabled={disabled}
              placeholder="no end"
            />
          </div>
        )}
        {draft.next === 'itself' && stalled !== undefined && (
          <p className="text-xs text-muted">
            Kept as set by the api: none opens by itself once {stalled.metric} has not improved by more than{' '}
            {stalled.minImprovement} in {formatPlural(stalled.rounds, 'round')}.
          </p>
        )}
      </Group>
    </div>
  );
}
