// @ts-check
import { formatBytes, formatPercent } from '../../terminal/format.mjs';
import { leastWork } from '../measure/leastWork.mjs';
import { median } from '../measure/median.mjs';
import { summarise } from '../measure/summarise.mjs';
import { formatRatio } from '../report/formatRatio.mjs';
import { formatTime } from '../report/formatTime.mjs';
import { toTarget } from '../report/toTarget.mjs';
import { raceRounds } from '../service/raceRounds.mjs';

/** @typedef {import('../service/playRound.mjs').PlayedRound} PlayedRound */
/** @typedef {import('../fleet/toFleet.mjs').Fleet} Fleet */

const ROUNDS = 9;
const FASTER = 4;
/** A worker and its children together, in bytes. */
const MEMORY = {
  work: "memory of the round's worker",
  sense: /** @type {const} */ ('at most'),
  bound: 800e6,
  unit: /** @type {const} */ ('bytes'),
};
const NONE = '–';

const COLUMNS = [
  { title: 'round', align: /** @type {const} */ ('left') },
  { title: 'wall clock' },
  { title: 'by its own times' },
  { title: 'published pipeline' },
  { title: 'ratio' },
  { title: 'peak memory' },
];

/** @type {import('../section.mjs').Section} */
export const serviceSection = {
  title: "A round of Llama-7B's 64 q and v modules, 8 clients, through the whole service",
  takes: '3 min',
  measure: async (bench, progress) => {
    const fleet = await bench.fleets.model();
    const rounds = bench.quick ? 1 : ROUNDS;
    const { first, played, contest, theirRank } = await raceRounds(bench, fleet, rounds, progress);
    const { theirs, ratios } = contest;
    const seconds = summarise(contest.ours);
    const ratio = ratios.length > 0 ? summarise(ratios) : undefined;
    const peakBytes = Math.max(...played.map((round) => round.peakBytes));
    const computing = median(played.map((round) => round.computeSeconds / bench.cores / round.seconds));
    const rows = played.map((round, at) => roundRow(String(at + 1), round, theirs[at], ratios[at]));
    return {
      data: {
        modules: fleet.modules.length,
        first,
        rounds: played,
        seconds,
        theirs,
        ratio,
        theirRank,
        peakBytes,
      },
      tables: [
        {
          title: `A round of ${fleet.modules.length} modules, from close to published`,
          columns: COLUMNS,
          rows: [
            ...(first ? [roundRow('first since the start', first)] : []),
            ...rows,
            medianRow(played, theirs, ratios, peakBytes),
          ],
          notes: notes(played, theirRank, computing),
        },
      ],
      targets: [
        toTarget('a round through the service', FASTER, ratio, `computing takes ${formatPercent(computing)}`),
        peakBytes > 0 ? { ...MEMORY, measured: peakBytes } : { ...MEMORY, why: 'Linux only' },
      ],
      work: [{ name: 'a round, whole service', seconds: seconds.median, ...roundWork(fleet, played) }],
    };
  },
};

/**
 * @param {string} name
 * @param {PlayedRound} round
 * @param {number} [theirs]
 * @param {number} [ratio]
 */
const roundRow = (name, { seconds, ownSeconds, peakBytes }, theirs, ratio) => [
  name,
  formatTime(seconds),
  formatTime(ownSeconds),
  theirs === undefined ? NONE : formatTime(theirs),
  ratio === undefined ? NONE : formatRatio(ratio),
  peakBytes > 0 ? formatBytes(peakBytes) : NONE,
];

/**
 * @param {PlayedRound[]} played
 * @param {number[]} theirs
 * @param {number[]} ratios
 * @param {number} peakBytes
 */
function medianRow(played, theirs, ratios, peakBytes) {
  const middle = (/** @type {number[]} */ values) => (values.length > 0 ? median(values) : undefined);
  const [row] = played.map((round) => ({
    ...round,
    seconds: median(played.map(({ seconds }) => seconds)),
    ownSeconds: median(played.map(({ ownSeconds }) => ownSeconds)),
    peakBytes,
  }));
  return row ? roundRow('median, peak', row, middle(theirs), middle(ratios)) : [];
}

/**
 * @param {PlayedRound[]} played
 * @param {number | undefined} theirRank
 * @param {number} computing share of the wall clock
 */
function notes([round], theirRank, computing) {
  return [
    'Ours: the wall clock around the request; what is published is synced to the disk. The peer: one process, ' +
      'loading and saving included, without syncing. Both find the submissions in the page cache.',
    `Total rank: ours ${round?.rank ?? NONE}, the peer's ${theirRank ?? NONE}. Aggregation itself keeps the cores ` +
      `busy for ${formatPercent(computing)} of the time. Memory: the worker's ${round?.processes ?? NONE} ` +
      'processes, shared pages counted in each.',
  ];
}

/**
 * @param {Fleet} fleet
 * @param {PlayedRound[]} played
 */
function roundWork({ modules, stackedRank, bytes }, [round]) {
  const rank = (round?.rank ?? 0) / modules.length;
  const works = modules.map(({ shape }) => leastWork({ shape, stackedRank, rank }, bytes / modules.length));
  return works.reduce((a, b) => ({ bytes: a.bytes + b.bytes, operations: a.operations + b.operations }));
}
