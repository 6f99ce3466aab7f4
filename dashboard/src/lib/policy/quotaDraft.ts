import type { QuotaPolicy, QuotaPolicyInput } from '../api/types.ts';
import { MEGABYTE } from './megabyte.ts';
import { textOf, typedOrNull } from './typed.ts';

/** What clients may use, as a form holds it. Empty for no limit. */
export interface QuotaDraft {
  megabytesPerClient: string;
  megabytesPerFederation: string;
  requestsPerMinute: string;
}

export function quotaDraftOf(quotas: QuotaPolicy): QuotaDraft {
  return {
    megabytesPerClient: inMegabytes(quotas.bytesPerClient),
    megabytesPerFederation: inMegabytes(quotas.bytesPerFederation),
    requestsPerMinute: textOf(quotas.requestsPerMinute),
  };
}

export function toQuotas(draft: QuotaDraft): QuotaPolicyInput {
  return {
    bytesPerClient: typedOrNull(draft.megabytesPerClient, MEGABYTE),
    bytesPerFederation: typedOrNull(draft.megabytesPerFederation, MEGABYTE),
    requestsPerMinute: typedOrNull(draft.requestsPerMinute),
  };
}

function inMegabytes(bytes: number | undefined): string {
  return textOf(bytes === undefined ? undefined : bytes / MEGABYTE);
}
