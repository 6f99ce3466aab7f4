import type { RetentionPolicy, RetentionPolicyInput } from '../api/types.ts';
import { textOf, typedOrNull } from './typed.ts';

/** What is deleted once it is old, as a form holds it. Empty keeps for ever. */
export interface RetentionDraft {
  submissionRounds: string;
  adapterRounds: string;
}

export function retentionDraftOf({ submissionRounds, adapterRounds }: RetentionPolicy): RetentionDraft {
  return { submissionRounds: textOf(submissionRounds), adapterRounds: textOf(adapterRounds) };
}

export function toRetention({ submissionRounds, adapterRounds }: RetentionDraft): RetentionPolicyInput {
  return { submissionRounds: typedOrNull(submissionRounds), adapterRounds: typedOrNull(adapterRounds) };
}
