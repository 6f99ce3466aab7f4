'use client';

import type { PolicyFieldsProps } from './AggregationFields.tsx';
import { FigureField } from './FigureField.tsx';
import { UnitField } from './UnitField.tsx';
import { CLIP_BY } from './weightingExplanations.ts';

const AT = '/aggregation/weighting/robust';

/** The figures of the policies that are chosen. */
export function RobustFields({ draft, onChange, errors, disabled }: PolicyFieldsProps) {
  const { robust } = draft;
  if (robust.length === 0) {
    return null;
  }
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      {robust.includes('clip') && (
        <UnitField
          label="Longest update"
          hint="A longer one is shortened to this; nobody else counts more for it."
          error={errors.of(`${AT}/clip/${draft.clipBy}`)}
          value={draft.clipBound}
          unit={draft.clipBy}
          units={CLIP_BY}
          unitLabel="What the longest update is measured in"
          onChange={(clipBound, clipBy) => onChange({ clipBound, clipBy })}
          disabled={disabled}
        />
      )}
      {robust.includes('dropCosine') && (
        <FigureField
          label="Lowest median cosine"
          hint="0 drops who points against most others. Honest updates are far from parallel: see a round’s similarities first."
          error={errors.of(`${AT}/dropCosine/below`)}
          value={draft.cosineBelow}
          onChange={(cosineBelow) => onChange({ cosineBelow })}
          disabled={disabled}
          decimal
        />
      )}
      {robust.includes('multiKrum') && (
        <>
          <FigureField
            label="Malicious at most"
            hint="With f of them a round needs 2f + 3 submissions; with fewer it fails."
            error={errors.of(`${AT}/multiKrum/faulty`)}
            value={draft.faulty}
            onChange={(faulty) => onChange({ faulty })}
            disabled={disabled}
          />
          <FigureField
            label="Clients to keep"
            hint="Those that lie closest to the others. Empty: all but f."
            error={errors.of(`${AT}/multiKrum/keep`)}
            value={draft.keep}
            onChange={(keep) => onChange({ keep })}
            disabled={disabled}
            placeholder="all but f"
          />
        </>
      )}
    </div>
  );
}
