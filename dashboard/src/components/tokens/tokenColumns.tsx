import { actsColumn } from '#components/ui/actsColumn.tsx';
import type { Column } from '#components/ui/DataTable.tsx';
import { MenuItem } from '#components/ui/Menu.tsx';
import { Moment } from '#components/ui/Moment.tsx';
import { Name } from '#components/ui/Name.tsx';
import type { Token } from '#lib/api/types.ts';
import type { TokenAsking } from './TokensView.tsx';

const never = <span className="text-muted">never</span>;

export function tokenColumns(onAsk: (asking: TokenAsking) => void): readonly Column<Token>[] {
  return [
    {
      id: 'name',
      head: 'Name',
      className: 'font-medium',
      sort: ({ name }) => name,
      cell: ({ name }) => <Name text={name} />,
    },
    { id: 'role', head: 'Role', sort: ({ role }) => role, cell: ({ role }) => role },
    {
      id: 'federations',
      head: 'For',
      cell: ({ federations }) =>
        federations === undefined ? (
          'everything'
        ) : (
          <ul className="flex flex-wrap gap-x-2">
            {federations.map((federation) => (
              <li key={federation} className="whitespace-nowrap">
                <Name text={federation} />
              </li>
            ))}
          </ul>
        ),
    },
    {
      id: 'prefix',
      head: 'Begins with',
      className: 'whitespace-nowrap max-sm:hidden',
      cell: ({ prefix }) => <span className="font-mono text-xs">{prefix}…</span>,
    },
    {
      id: 'created',
      head: 'Made',
      figures: true,
      className: 'max-sm:hidden',
      descendingFirst: true,
      sort: ({ createdAt }) => createdAt,
      cell: ({ createdAt }) => <Moment at={createdAt} className="text-muted" />,
    },
    {
      id: 'used',
      head: 'Last used',
      figures: true,
      descendingFirst: true,
      sort: ({ lastUsedAt }) => lastUsedAt,
      cell: ({ lastUsedAt }) => (lastUsedAt === undefined ? never : <Moment at={lastUsedAt} />),
    },
    {
      id: 'ends',
      head: 'Ends',
      figures: true,
      sort: ({ expiresAt }) => expiresAt,
      cell: ({ expiresAt }) => (expiresAt === undefined ? never : <Moment at={expiresAt} />),
    },
    actsColumn({
      nameOf: ({ name }) => name,
      acts: (token) => (
        <>
          <MenuItem onSelect={() => onAsk({ act: 'rotate', token })}>New secret…</MenuItem>
          <MenuItem danger onSelect={() => onAsk({ act: 'revoke', token })}>
            Revoke…
          </MenuItem>
        </>
      ),
    }),
  ];
}
