import { TextLink } from '#components/ui/TextLink.tsx';
import { classes } from '#lib/classes.ts';
import type { MatrixCell, MatrixRound, MatrixRow } from '#lib/federation/participation.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatShare } from '#lib/format/formatShare.ts';

interface MatrixRowCellsProps {
  federation: string;
  row: MatrixRow;
  /** Oldest first. */
  rounds: readonly MatrixRound[];
  /** The largest weight of the matrix, which is drawn darkest. */
  largest: number;
}

/** One client across the rounds. */
export function MatrixRowCells({ federation, row, rounds, largest }: MatrixRowCellsProps) {
  const byRound = new Map(row.cells.map((cell) => [cell.round, cell]));
  return (
    <tr>
      <th scope="row" className="sticky left-0 z-10 max-w-44 truncate bg-surface px-4 text-left font-normal">
        <TextLink href={`/federations/${federation}/clients/${row.client}`}>{row.client}</TextLink>
        {row.removed && <span className="text-faint"> revoked</span>}
      </th>
      {rounds.map((round) => (
        <td key={round.number} className="p-0.5">
          <Cell round={round} cell={byRound.get(round.number)} largest={largest} />
        </td>
      ))}
    </tr>
  );
}

interface CellProps {
  round: MatrixRound;
  cell: MatrixCell | undefined;
  largest: number;
}

function Cell({ round, cell, largest }: CellProps) {
  if (cell === undefined) {
    const awaited = round.state === 'collecting';
    const said = awaited ? 'awaited' : 'missing';
    return (
      <span role="img" title={`Round ${round.number}: ${said}`} aria-label={said} className={BOX}>
        {awaited ? '○' : '·'}
      </span>
    );
  }
  const said = `${formatCount(cell.numExamples)} examples, weight ${formatShare(cell.weight)}, rank ${cell.rank}`;
  const late = cell.late ? ', after the deadline' : '';
  return (
    <span
      role="img"
      title={`Round ${round.number}: ${said}${late}`}
      aria-label={`${said}${late}`}
      className={classes(BOX, 'relative text-text')}
    >
      <span
        className="absolute inset-0 rounded-sm bg-accent"
        style={{ opacity: 0.15 + 0.5 * (cell.weight / largest) }}
      />
      <span className="relative">{cell.late ? '◐' : '●'}</span>
    </span>
  );
}

const BOX = 'figures flex h-6 min-w-8 items-center justify-center rounded-sm text-faint';
