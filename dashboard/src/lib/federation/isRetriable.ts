import type { Round } from '../api/types.ts';
import { TOO_FEW_SUBMISSIONS } from './describeFailure.ts';

/** Whether a round failed in its aggregation and still has the files to aggregate. */
export function isRetriable({ state, error, submissionsDeletedAt }: Round): boolean {
  return state === 'failed' && error?.code !== TOO_FEW_SUBMISSIONS && submissionsDeletedAt === undefined;
}
