'use client';

import { Choices } from '#components/ui/Choices.tsx';
import type { PolicyFieldsProps } from './AggregationFields.tsx';
import { RANKS } from './explanations.ts';
import { FigureField } from './FigureField.tsx';

/** How FLoRIST chooses ranks, and the figure that goes with it. */
export function RankFields({ draft, onChange, errors, disabled }: PolicyFieldsProps) {
  return (
    <>
      <Choices
        label="Rank of each module"
        value={draft.policy}
        onChange={(policy) => onChange({ policy })}
        choices={RANKS}
        columns={2}
        disabled={disabled}
      />
      {draft.policy === 'energy' && (
        <FigureField
          label="τ"
          hint="0.80 to 0.99 is useful; 0.9 is a good start. Each round’s page shows what other values would give."
          error={errors.of('/aggregation/rank/tau')}
          value={draft.tau}
          onChange={(tau) => onChange({ tau })}
          disabled={disabled}
          decimal
        />
      )}
      {draft.policy === 'fixed' && (
        <FigureField
          label="Rank"
          error={errors.of('/aggregation/rank/rank')}
          value={draft.rank}
          onChange={(rank) => onChange({ rank })}
          disabled={disabled}
        />
      )}
      {draft.policy === 'total' && (
        <FigureField
          label="Total rank"
          hint="The ranks of all modules together."
          error={errors.of('/aggregation/rank/totalRank')}
          value={draft.totalRank}
          onChange={(totalRank) => onChange({ totalRank })}
          disabled={disabled}
        />
      )}
      {draft.policy === 'budget' && (
        <FigureField
          label="Size, in MB"
          hint="Tensor data of the whole adapter; a million bytes each."
          error={errors.of('/aggregation/rank/bytes')}
          value={draft.megabytes}
          onChange={(megabytes) => onChange({ megabytes })}
          disabled={disabled}
          decimal
        />
      )}
    </>
  );
}
