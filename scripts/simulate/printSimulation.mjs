// @ts-check
import { drawTable } from '../terminal/drawTable.mjs';
import { formatPercent } from '../terminal/format.mjs';
import { ERROR_MAX } from './checkRound.mjs';

/** Faults shown one by one. */
const FAULTS_MAX = 20;

const COLUMNS = [
  { title: 'policy', align: /** @type {const} */ ('left') },
  { title: 'published' },
  { title: 'failed' },
  { title: 'invited' },
  { title: 'accepted' },
  { title: 'carried' },
  { title: 'refused' },
  { title: 'dropped' },
  { title: 'clipped' },
  { title: 'worst error' },
  { title: 'moved, median' },
  { title: 'worst' },
  { title: 'of the bound' },
];

/**
 * @param {import('./readOptions.mjs').Options} options
 * @param {readonly import('./drawPopulation.mjs').Person[]} population
 * @param {readonly import('./simulate.mjs').Outcome[]} outcomes
 * @returns {{ text: string, faults: number }}
 */
export function printSimulation(options, population, outcomes) {
  const malicious = population.filter(({ misconduct }) => misconduct !== undefined).length;
  const faults = outcomes.flatMap(({ rounds, verdicts }) => [
    ...rounds.flatMap(({ number, round }) =>
      round.state === 'published'
        ? []
        : [`round ${number} failed: ${round.error?.detail ?? 'no reason given'}`],
    ),
    ...verdicts.flatMap((verdict) => verdict.faults),
  ]);
  const lines = [
    '',
    `${options.clients} clients, ${malicious} of them malicious; ${options.cohort} invited to each round`,
    '',
    drawTable(COLUMNS, outcomes.map(row)),
    `  Error: of the energy that a published adapter says it keeps, against float64, as a share of ‖ΔW‖²; at most ${ERROR_MAX}.`,
    '  Moved: by malicious clients, from the mean of the honest ones, as a share of that mean. The bounds are those',
    '  of docs/weighting.md; without a policy there is none.',
    '',
    ...faults.slice(0, FAULTS_MAX).map((fault) => `  ✗ ${fault}`),
    ...(faults.length > FAULTS_MAX ? [`  … and ${faults.length - FAULTS_MAX} more`] : []),
    faults.length === 0
      ? 'Everything is as it should be.'
      : `${faults.length} things are not as they should be.`,
  ];
  return { text: lines.join('\n'), faults: faults.length };
}

/** @param {import('./simulate.mjs').Outcome} outcome */
function row({ policy, rounds, verdicts }) {
  const sum = (/** @type {(each: import('./playRound.mjs').PlayedRound) => number} */ of) =>
    String(rounds.reduce((total, each) => total + of(each), 0));
  const total = (/** @type {(each: import('./checkRound.mjs').Verdict) => number} */ of) =>
    String(verdicts.reduce((all, each) => all + of(each), 0));
  const worst = (/** @type {(each: import('./checkRound.mjs').Verdict) => number} */ of) =>
    verdicts.reduce((most, each) => Math.max(most, of(each)), 0);
  const moves = verdicts.map(({ move }) => move).sort((x, y) => x - y);
  return [
    policy,
    sum(({ round }) => (round.state === 'published' ? 1 : 0)),
    sum(({ round }) => (round.state === 'failed' ? 1 : 0)),
    sum(({ invited }) => invited),
    sum(({ accepted }) => accepted),
    sum(({ carried }) => carried),
    sum(({ refused }) => refused),
    total(({ dropped }) => dropped),
    total(({ clipped }) => clipped),
    worst(({ error }) => error).toExponential(1),
    formatPercent(moves[moves.length >> 1] ?? 0),
    formatPercent(worst(({ move }) => move)),
    policy === 'none' ? '–' : formatPercent(worst(({ ofBound }) => ofBound)),
  ];
}
