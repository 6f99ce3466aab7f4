import { Refusal } from '@florist/core/errors/refusal';
import type { Acceptance } from '@florist/storage/submissions/acceptSubmission';
import type { Metrics } from './metrics.js';

/** Counts an upload by how it ended, whatever that is. */
export async function countUpload(metrics: Metrics, upload: Promise<Acceptance>): Promise<Acceptance> {
  try {
    const acceptance = await upload;
    metrics.submissions.inc({ outcome: acceptance.outcome });
    return acceptance;
  } catch (error) {
    metrics.submissions.inc({ outcome: error instanceof Refusal ? 'refused' : 'failed' });
    throw error;
  }
}
