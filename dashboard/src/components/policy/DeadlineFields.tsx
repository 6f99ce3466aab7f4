'use client';

import { Choices } from '#components/ui/Choices.tsx';
import type { PolicyFieldsProps } from './AggregationFields.tsx';
import { DurationField } from './DurationField.tsx';
import { FigureField } from './FigureField.tsx';
import { Group } from './Group.tsx';
import { ON_DEADLINE } from './roundExplanations.ts';

/** What happens at a deadline; what the choice does not need is shown only where the api finds fault with it. */
export function DeadlineFields({ draft, onChange, errors, disabled }: PolicyFieldsProps) {
  const { deadline, grace, onDeadline, extension, quorum } = draft;
  const graceError = errors.of('/rounds/graceSeconds');
  const extensionError = errors.of('/rounds/extendSeconds');
  const quorumError = errors.of('/rounds/quorum');
  const faulty = [graceError, extensionError, quorumError].some((error) => error !== undefined);
  if (deadline.amount === '' && !faulty) {
    return null;
  }
  return (
    <>
      <DurationField
        label="Grace"
        hint="So long after the deadline those who are training or uploading may still finish. Empty: none."
        error={graceError}
        duration={grace}
        onChange={(changed) => onChange({ grace: changed })}
        disabled={disabled}
        placeholder="none"
      />
      <Group title="At the deadline, with too few">
        <Choices
          label="At the deadline, with too few"
          value={onDeadline}
          onChange={(chosen) => onChange({ onDeadline: chosen })}
          choices={ON_DEADLINE}
          columns={2}
          disabled={disabled}
        />
        {(onDeadline === 'extend' || extensionError !== undefined) && (
          <DurationField
            label="Extend by"
            hint="Counted from when the deadline and the grace have passed. Empty: as long as the deadline."
            error={extensionError}
            duration={extension}
            onChange={(changed) => onChange({ extension: changed })}
            disabled={disabled}
            placeholder="as before"
          />
        )}
        {(onDeadline === 'proceed' || quorumError !== undefined) && (
          <FigureField
            label="Quorum"
            hint="So few are enough at the deadline. Empty: a single one."
            error={quorumError}
            value={quorum}
            onChange={(changed) => onChange({ quorum: changed })}
            disabled={disabled}
            placeholder="1"
          />
        )}
      </Group>
    </>
  );
}
