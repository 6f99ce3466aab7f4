// @ts-check
import { join } from 'node:path';
import { TAU } from '../../demo/cast.mjs';
import { takeTurns } from '../measure/takeTurns.mjs';
import { openBenchService } from './openBenchService.mjs';
import { playRound } from './playRound.mjs';

/** @typedef {import('./playRound.mjs').PlayedRound} PlayedRound */

/** The first round starts the worker's children; then V8 compiles less and less, for eight rounds or so. */
const WARM_UPS = { ours: 8, theirs: 1 };

/**
 * Rounds through the whole service against the published pipeline in one Python process over the same files,
 * turn by turn.
 *
 * @param {import('../section.mjs').Bench} bench
 * @param {import('../fleet/toFleet.mjs').Fleet} fleet
 * @param {number} rounds
 * @param {(progress: string) => void} progress
 * @returns {Promise<{ first?: PlayedRound, played: PlayedRound[], contest: import('../measure/takeTurns.mjs').Contest,
 *   theirRank?: number }>} first is the one after the service has started
 */
export async function raceRounds({ peer, folder }, fleet, rounds, progress) {
  const service = await openBenchService(folder);
  try {
    /** @type {PlayedRound[]} */
    const played = [];
    let theirRank;
    const own = async () => {
      const round = await playRound(service, fleet);
      played.push(round);
      return round.seconds;
    };
    const other = async () => {
      const { folders, weights } = fleet;
      const out = join(folder, 'peer.safetensors');
      const answer = await peer?.ask({ op: 'adapter', folders, weights, tau: TAU, out });
      theirRank = answer?.rank;
      return answer?.seconds ?? Number.NaN;
    };
    const contest = await takeTurns(
      { turn: own, warmUps: WARM_UPS.ours },
      peer && { turn: other, warmUps: WARM_UPS.theirs },
      rounds,
      progress,
    );
    const [first] = played;
    return {
      ...(first && { first }),
      played: played.slice(-rounds),
      contest,
      ...(theirRank !== undefined && { theirRank }),
    };
  } finally {
    await service.stop();
  }
}
