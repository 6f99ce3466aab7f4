import { Trash2 } from 'lucide-react';
import { Bytes } from '#components/ui/Bytes.tsx';
import type { Column } from '#components/ui/DataTable.tsx';
import { Exact } from '#components/ui/Exact.tsx';
import { Moment } from '#components/ui/Moment.tsx';
import { TextLink } from '#components/ui/TextLink.tsx';
import { formatCosine } from '#lib/format/formatCosine.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatShare } from '#lib/format/formatShare.ts';
import { formatSignificant } from '#lib/format/formatSignificant.ts';
import type { SubmissionRow } from './submissionRows.ts';

interface SubmissionColumnsOptions {
  federation: string;
  /** Whether norms and cosines are known. */
  similar: boolean;
  /** The largest weight of the round, at which a bar is full. */
  heaviest: number;
  /** Where submissions can be taken out. */
  onRemove: ((row: SubmissionRow) => void) | undefined;
}

export function submissionColumns(options: SubmissionColumnsOptions): Column<SubmissionRow>[] {
  const { federation, similar, heaviest, onRemove } = options;
  const columns: Column<SubmissionRow>[] = [
    {
      id: 'client',
      head: 'Client',
      sort: ({ client }) => client,
      cell: ({ client }) => (
        <TextLink
          href={`/federations/${federation}/clients/${client}`}
          title={client}
          className="block w-fit max-w-[16rem] truncate hover:underline"
        >
          {client}
        </TextLink>
      ),
    },
    {
      id: 'examples',
      head: 'Examples',
      figures: true,
      descendingFirst: true,
      sort: ({ receipt }) => receipt.numExamples,
      cell: ({ receipt }) => formatCount(receipt.numExamples),
    },
    {
      id: 'weight',
      head: 'Weight',
      figures: true,
      descendingFirst: true,
      sort: ({ weight }) => weight,
      cell: ({ weight }) => weight !== undefined && <Weight weight={weight} heaviest={heaviest} />,
    },
    {
      id: 'rank',
      head: 'Rank',
      figures: true,
      descendingFirst: true,
      sort: ({ receipt }) => receipt.rank,
      cell: ({ receipt }) => receipt.rank,
    },
    ...(similar ? similarityColumns : []),
    {
      id: 'size',
      head: 'Size',
      figures: true,
      descendingFirst: true,
      sort: ({ receipt }) => receipt.bytes,
      cell: ({ receipt }) => <Bytes value={receipt.bytes} />,
    },
    {
      id: 'sent',
      head: 'Sent',
      figures: true,
      sort: ({ receipt }) => receipt.acceptedAt,
      cell: ({ receipt }) => <Moment at={receipt.acceptedAt} className="text-muted" />,
    },
  ];
  return onRemove === undefined ? columns : [...columns, removeColumn(onRemove)];
}

const similarityColumns: Column<SubmissionRow>[] = [
  {
    id: 'norm',
    head: 'Update norm',
    figures: true,
    descendingFirst: true,
    sort: ({ norm }) => norm,
    cell: ({ norm }) =>
      norm !== undefined && <Exact exact={`‖ΔW_k‖ = ${norm}`}>{formatSignificant(norm)}</Exact>,
  },
  {
    id: 'cosine',
    head: 'Cosine to mean',
    figures: true,
    descendingFirst: true,
    sort: ({ cosine }) => cosine,
    cell: ({ cosine }) =>
      cosine !== undefined && <Exact exact={String(cosine)}>{formatCosine(cosine)}</Exact>,
  },
];

/** Bars are read against the heaviest: among hundreds of clients the share of the whole is no length at all. */
function Weight({ weight, heaviest }: { weight: number; heaviest: number }) {
  return (
    <Exact exact={`w_k = ${weight}`} className="inline-flex items-baseline justify-end gap-2">
      <span
        aria-hidden="true"
        className="h-1.5 w-14 self-center overflow-hidden rounded-full bg-hover max-sm:hidden"
      >
        <span
          className="block h-full bg-accent"
          style={{ width: `${heaviest > 0 ? (weight / heaviest) * 100 : 0}%` }}
        />
      </span>
      <span className="min-w-14">{formatShare(weight)}</span>
    </Exact>
  );
}

function removeColumn(onRemove: (row: SubmissionRow) => void): Column<SubmissionRow> {
  return {
    id: 'remove',
    head: <span className="sr-only">Remove</span>,
    className: 'w-10',
    cell: (row) => (
      <button
        type="button"
        aria-label={`Remove the submission of ${row.client}`}
        onClick={() => onRemove(row)}
        className="rounded-md p-1.5 text-muted hover:bg-hover hover:text-danger"
      >
        <Trash2 size={14} aria-hidden="true" />
      </button>
    ),
  };
}
