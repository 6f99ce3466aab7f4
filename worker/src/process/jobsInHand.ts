import type { Job } from 'bullmq';
import type { Process } from '../processors/waitOutOutages.js';

/** The jobs that this worker is at. */
export interface JobsInHand {
  /** The same processor, whose jobs are known while they run. */
  hold<T>(process: Process<T>): Process<T>;
  /**
   * Puts all of them back at the front of their queues, where others take them up at once instead of when their locks
   * run out. What still runs of them must end with this process. Returns how many there were.
   */
  giveBack(): Promise<number>;
}

export function jobsInHand(): JobsInHand {
  const held = new Map<Pick<Job, 'moveToWait'>, string>();
  return {
    hold: (process) => async (job, token) => {
      if (token !== undefined) held.set(job, token);
      try {
        await process(job, token);
      } finally {
        held.delete(job);
      }
    },
    async giveBack() {
      const moves = [...held].map(([job, token]) => job.moveToWait(token));
      await Promise.allSettled(moves);
      return moves.length;
    },
  };
}
