import { MoreHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonClasses } from './Button.tsx';
import type { Column } from './DataTable.tsx';
import { Menu } from './Menu.tsx';

interface ActsColumnOptions<T> {
  nameOf: (row: T) => string;
  /** The items of its menu. */
  acts: (row: T) => ReactNode;
}

/** The last column of a table: a menu of what can be done to each row. On a phone it stays in view. */
export function actsColumn<T>({ nameOf, acts }: ActsColumnOptions<T>): Column<T> {
  return {
    id: 'acts',
    head: <span className="sr-only">Acts</span>,
    figures: true,
    className:
      'w-12 max-sm:sticky max-sm:right-0 max-sm:z-10 max-sm:bg-[linear-gradient(to_right,transparent,var(--surface)_0.75rem)]',
    cell: (row) => (
      <Menu
        trigger={
          <button
            type="button"
            aria-label={`Acts on ${nameOf(row)}`}
            className={buttonClasses('quiet', 'px-1.5')}
          >
            <MoreHorizontal size={16} aria-hidden="true" />
          </button>
        }
      >
        {acts(row)}
      </Menu>
    ),
  };
}
