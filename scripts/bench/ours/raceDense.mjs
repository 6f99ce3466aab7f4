// @ts-check
import { summarise } from '../measure/summarise.mjs';
import { takeTurns } from '../measure/takeTurns.mjs';

/** @typedef {import('../measure/summarise.mjs').Summary} Summary */

/** The peer takes seconds, hundreds of times as long as the noise. */
const TURNS = 3;
const WARM_UPS = 5;

/**
 * Our aggregation of one module against FlexLoRA's dense decomposition of it, cut at the largest rank.
 *
 * @param {import('../section.mjs').Bench} bench
 * @param {import('../fleet/toFleet.mjs').Fleet} fleet of one module
 * @param {(progress: string) => void} progress
 * @returns {Promise<{ rank: number, theirs: Summary, ratio: Summary } | undefined>} undefined without a peer
 */
export async function raceDense({ ours, peer, quick }, fleet, progress) {
  if (!peer) return undefined;
  await ours.load(fleet);
  const { folders, weights, clients } = fleet;
  const module = fleet.modules[0]?.name ?? '';
  const rank = Math.max(...clients.map((client) => client.rank));
  const own = async () => (await ours.aggregate(1))[0]?.seconds ?? Number.NaN;
  const other = async () => (await peer.ask({ op: 'flexlora', folders, weights, module, rank })).seconds;
  const turns = quick ? 1 : TURNS;
  const { theirs, ratios } = await takeTurns(
    { turn: own, warmUps: WARM_UPS },
    { turn: other, warmUps: 0 },
    turns,
    (progressed) => progress(`FlexLoRA, ${progressed}`),
  );
  return { rank, theirs: summarise(theirs), ratio: summarise(ratios) };
}
