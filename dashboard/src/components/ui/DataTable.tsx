'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '#components/ui/Button.tsx';
import { ScrollRegion } from '#components/ui/ScrollRegion.tsx';
import { classes } from '#lib/classes.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { readSort, type SortKey, sortRows, writeSort } from '#lib/table/sortRows.ts';
import { useUrlState } from '#lib/url/useUrlState.ts';

export interface Column<T> {
  id: string;
  head: ReactNode;
  cell: (row: T) => ReactNode;
  /** Sortable where given. */
  sort?: (row: T) => SortKey;
  /** Figures stand at the right. */
  figures?: boolean;
  /** The first look at numbers is from the largest. */
  descendingFirst?: boolean;
  className?: string;
}

interface DataTableProps<T> {
  label: string;
  rows: readonly T[];
  rowKey: (row: T) => string;
  columns: readonly Column<T>[];
  /** Name of its order in the URL; without one it cannot be sorted. */
  sortName?: string;
  empty?: ReactNode;
  /** Rows drawn at first; the rest on demand, so that thousands stay quick. */
  pageSize?: number;
  rowClass?: (row: T) => string | undefined;
  onRowHover?: (row: T | undefined) => void;
}

const PAGE_SIZE = 50;

/** Rows keep the order they come in until the reader sorts. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { label, rows, rowKey, columns, sortName, empty, pageSize = PAGE_SIZE, rowClass, onRowHover } = props;
  const [sortText, setSortText] = useUrlState(sortName ?? 'sort', '');
  const [shown, setShown] = useState(pageSize);
  const sort = sortName === undefined ? undefined : readSort(sortText);
  const by = columns.find((column) => column.id === sort?.column)?.sort;
  const ordered = by === undefined || sort === undefined ? rows : sortRows(rows, by, sort.descending);

  if (rows.length === 0 && empty !== undefined) {
    return empty;
  }
  const turn = (column: Column<T>) => {
    if (sort?.column !== column.id) {
      setSortText(writeSort({ column: column.id, descending: column.descendingFirst ?? false }));
    } else if (sort.descending === (column.descendingFirst ?? false)) {
      setSortText(writeSort({ column: column.id, descending: !sort.descending }));
    } else {
      setSortText('');
    }
  };

  return (
    <>
      <ScrollRegion label={label} className="rounded-b-lg">
        <table className="w-full border-collapse text-[13px]">
          <thead>
            <tr className="border-b border-line">
              {columns.map((column) => (
                <Head
                  key={column.id}
                  column={column}
                  sorted={sort?.column === column.id ? sort.descending : undefined}
                  onTurn={
                    sortName !== undefined && column.sort !== undefined ? () => turn(column) : undefined
                  }
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {ordered.slice(0, shown).map((row) => (
              <tr
                key={rowKey(row)}
                onPointerEnter={onRowHover && (() => onRowHover(row))}
                onPointerLeave={onRowHover && (() => onRowHover(undefined))}
                className={classes('border-b border-line last:border-b-0 hover:bg-hover/60', rowClass?.(row))}
              >
                {columns.map((column) => (
                  <td
                    key={column.id}
                    className={classes(
                      'h-9 px-3 py-1 first:pl-4 last:pr-4',
                      column.figures && 'figures text-right whitespace-nowrap',
                      column.className,
                    )}
                  >
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {ordered.length > shown && (
        <div className="flex items-center justify-center gap-3 border-t border-line p-2 text-xs text-muted">
          <span className="figures">
            {formatCount(shown)} of {formatCount(ordered.length)}
          </span>
          <Button look="quiet" onClick={() => setShown(shown + 4 * pageSize)}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

interface HeadProps<T> {
  column: Column<T>;
  /** Whether it is sorted, and then whether descending. */
  sorted: boolean | undefined;
  onTurn: (() => void) | undefined;
}

function Head<T>({ column, sorted, onTurn }: HeadProps<T>) {
  const Arrow = sorted ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={sorted === undefined ? undefined : sorted ? 'descending' : 'ascending'}
      className={classes(
        'h-8 px-3 align-middle text-xs leading-4 font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4',
        column.figures ? 'text-right' : 'text-left',
        column.className,
      )}
    >
      {onTurn === undefined ? (
        column.head
      ) : (
        <button
          type="button"
          onClick={onTurn}
          className={classes(
            'inline-flex items-center gap-1 align-middle hover:text-text',
            column.figures && 'flex-row-reverse',
          )}
        >
          {column.head}
          <Arrow size={12} aria-hidden="true" className={sorted === undefined ? 'opacity-0' : undefined} />
        </button>
      )}
    </th>
  );
}
