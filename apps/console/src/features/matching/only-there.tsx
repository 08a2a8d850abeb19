import { useInfiniteQuery } from '@tanstack/react-query';
import { type BookName, bookNamesQuery, type MatchKind } from '../../api/matching-queries.ts';
import type { Target } from '../../api/queries.ts';
import { useCompany } from '../../ui/company.ts';
import { Loading, Trouble } from '../../ui/parts.tsx';
import { LongTable } from '../../ui/tables/long-table.tsx';
import { useMore, useRows } from '../../ui/tables/paged.tsx';
import { SortHead, sortOf } from '../../ui/tables/sort-head.tsx';

interface OnlyThereProps {
  readonly target: Target;
  readonly kind: MatchKind;
  readonly search: string;
  readonly count: number;
  readonly sort: string;
  onSort(sort: string): void;
}

const SORTABLE = ['name', 'id', 'contact', 'account'];

/** What the books have and none of ours is linked to. */
export function OnlyThere({ target, kind, search, count, sort: wanted, onSort }: OnlyThereProps) {
  const { id: company } = useCompany();
  const sort = SORTABLE.includes(wanted.replace('-', '')) ? wanted : 'name';
  const query = useInfiniteQuery(bookNamesQuery(company, target.id, { kind, q: search, unlinked: true, sort }));
  const more = useMore(query);
  const rows = useRows(query);
  const heads = [
    ['name', 'Name'],
    ['id', 'ID'],
    kind === 'customer' ? ['contact', 'Contact'] : ['account', 'Income account'],
  ] as const;
  if (query.isPending) return <Loading what={`names in ${target.name}`} />;
  if (rows.length === 0)
    return query.error === null ? (
      <p className="empty">Nothing here. Choose another list above.</p>
    ) : (
      <Trouble error={query.error} />
    );
  return (
    <>
      <Trouble error={query.error} />
      <LongTable<BookName>
        label={`Only in ${target.name}`}
        kind="only-there"
        rowHeight={42}
        heads={heads.map(([column, words]) => <SortHead key={column} {...{ column, words, sort, onSort }} />)}
        sorts={heads.map(([column]) => sortOf(column, sort))}
        rows={rows}
        count={search === '' ? count : undefined}
        keyOf={idOf}
        more={more}
        cells={kind === 'customer' ? customerCells : itemCells}
      />
    </>
  );
}

const idOf = ({ externalId }: BookName) => externalId;
const customerCells = ({ name, externalId, email, phone }: BookName) => [
  name,
  externalId,
  [email, phone].filter((part) => part !== null).join(', '),
];
const itemCells = ({ name, externalId, account }: BookName) => [name, externalId, account ?? ''];
