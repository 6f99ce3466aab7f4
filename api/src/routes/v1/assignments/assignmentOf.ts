import type { Assignment } from '@florist/core/schemas/assignment';
import type { Assigned } from '@florist/storage/assignments/findAssignment';
import { V1_PREFIX } from '../../../openapi/paths.js';

/**
 * An assignment as a client reads it, with where to get what it has to merge. The paths name the adapter, so that
 * what is promoted in between does not mix with what was begun.
 */
export function assignmentOf(federation: string, assigned: Assigned): Assignment {
  if (assigned.action === 'wait') {
    return assigned;
  }
  const { since, adapters, complete, ...training } = assigned;
  const path = (round: number, adapter: string, file: string) =>
    `${V1_PREFIX}/federations/${federation}/rounds/${round}/adapter/${file}?adapter=${adapter}`;
  const last = adapters.at(-1);
  return {
    ...training,
    from: {
      since,
      ...(last !== undefined && { round: last.round }),
      adapters: adapters.map(({ round, adapter }) => ({
        ...{ round, adapter },
        model: path(round, adapter, 'adapter_model.safetensors'),
        config: path(round, adapter, 'adapter_config.json'),
      })),
      complete,
    },
  };
}
