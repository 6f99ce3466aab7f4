'use client';

import type { PolicyFieldsProps } from './AggregationFields.tsx';
import { FigureField } from './FigureField.tsx';

/** What clients may use. */
export function QuotaFields({ draft, onChange, errors, disabled }: PolicyFieldsProps) {
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
      <FigureField
        label="Each client, in MB"
        hint="Of its submissions that are kept and its unfinished uploads. What is deleted when old makes room."
        error={errors.of('/quotas/bytesPerClient')}
        value={draft.megabytesPerClient}
        onChange={(megabytesPerClient) => onChange({ megabytesPerClient })}
        disabled={disabled}
        decimal
        placeholder="no limit"
      />
      <FigureField
        label="All clients, in MB"
        hint="The same of all together; a million bytes each."
        error={errors.of('/quotas/bytesPerFederation')}
        value={draft.megabytesPerFederation}
        onChange={(megabytesPerFederation) => onChange({ megabytesPerFederation })}
        disabled={disabled}
        decimal
        placeholder="no limit"
      />
      <FigureField
        label="Requests per minute"
        hint="Of each client with its token."
        error={errors.of('/quotas/requestsPerMinute')}
        value={draft.requestsPerMinute}
        onChange={(requestsPerMinute) => onChange({ requestsPerMinute })}
        disabled={disabled}
        placeholder="no limit"
      />
    </div>
  );
}
