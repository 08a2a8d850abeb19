import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type MatchingRow, type MatchKind, type MatchState, matchingQuery } from '../../api/matching-queries.ts';
import type { Target } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Badge, Button, Loading, Note, Trouble } from '../../ui/parts.tsx';
import { Refused } from '../../ui/refused.tsx';
import { LongTable } from '../../ui/tables/long-table.tsx';
import { useMore, useRows } from '../../ui/tables/paged.tsx';
import { SortHead, sortOf } from '../../ui/tables/sort-head.tsx';
import { counted } from '../../ui/words.ts';
import { ChooseWindow } from './choose-window.tsx';
import { listName, reasonWords } from './matching-words.ts';
import { type Decided, useDecide } from './use-decide.ts';

interface MatchingRowsProps {
  readonly target: Target;
  readonly kind: MatchKind;
  readonly state: MatchState | undefined;
  readonly search: string;
  readonly count: number | undefined;
  readonly sort: string;
  onSort(sort: string): void;
}

const SORTABLE = ['name', 'documents', 'state', 'there'];

/** Ours, each with what it is in the books, or with what it may be. */
export function MatchingRows({ target, kind, state, search, count, sort: wanted, onSort }: MatchingRowsProps) {
  const { id: company } = useCompany();
  const isAdmin = useMay();
  const [choosing, choose] = useState<MatchingRow>();
  const { decide, last, takeBack } = useDecide(target);
  const sort = SORTABLE.includes(wanted.replace('-', '')) ? wanted : 'name';
  const query = useInfiniteQuery(matchingQuery(company, target.id, { kind, state, q: search, sort }));
  const more = useMore(query);
  const rows = useRows(query);
  if (query.isPending) return <Loading what={kind === 'customer' ? 'customers' : 'products and services'} />;
  const heads = [
    ['name', kind === 'customer' ? 'Your customer' : 'Your product or service'],
    ['documents', 'Unbatched'],
    ['state', 'State'],
    ['there', `In ${target.name}`],
  ] as const;
  const done = last !== undefined && (
    <Note tone="good">
      {doneWords(last, target.name)}{' '}
      <Button kind="quiet" isDisabled={decide.isPending} onPress={takeBack}>
        Undo
      </Button>
    </Note>
  );
  return (
    <>
      <Trouble error={query.error} />
      {decide.isError && choosing === undefined && <Refused error={decide.error} />}
      {done}
      {rows.length === 0 && query.error === null && (
        <p className="empty">
          {search === '' ? 'Nothing here. Choose another list above.' : 'No name contains that. Search for a part of it.'}
        </p>
      )}
      {rows.length > 0 && (
        <LongTable<MatchingRow>
          label={kind === 'customer' ? 'Customers to match' : 'Products and services to match'}
          kind="matching"
          rowHeight={state === 'linked' ? 48 : 84}
          heads={[...heads.map(([column, words]) => <SortHead key={column} {...{ column, words, sort, onSort }} />), 'Choice']}
          sorts={[...heads.map(([column]) => sortOf(column, sort)), undefined]}
          rows={rows}
          count={count}
          keyOf={keyOf}
          more={more}
          cells={(row) => [
            <span key="ours">
              <strong>{row.name}</strong> <span className="aside">{row.key}</span>
            </span>,
            row.documents === 0 ? '' : counted(row.documents, 'document'),
            <StateOf key="state" row={row} target={target} />,
            <There key="there" row={row} />,
            isAdmin ? (
              <Button
                key="choose"
                aria-label={`${row.link === null ? 'Choose' : 'Change'} for ${row.name}`}
                onPress={() => choose(row)}
              >
                {row.link === null ? 'Choose …' : 'Change …'}
              </Button>
            ) : (
              ''
            ),
          ]}
          below={(row) =>
            row.suggestions.length > 0 &&
            (row.link === null || row.state !== 'linked') && (
              <ul className="suggestions" aria-label={`Suggestions for ${row.name}`}>
                {row.suggestions.map(({ externalId, name, reason }) => (
                  <li key={externalId}>
                    {isAdmin ? (
                      <Button
                        aria-label={`Link to “${name}”, ID ${externalId}, for ${row.name}`}
                        isDisabled={decide.isPending}
                        onPress={() => decide.mutate({ row, decision: { externalId } })}
                      >
                        Link to “{name}”
                      </Button>
                    ) : (
                      `“${name}”`
                    )}{' '}
                    <span className="aside">
                      {reasonWords(reason)}, ID {externalId}
                    </span>
                  </li>
                ))}
              </ul>
            )
          }
        />
      )}
      {choosing !== undefined && (
        <ChooseWindow
          target={target}
          row={choosing}
          error={decide.error}
          isBusy={decide.isPending}
          onDecide={(decision) => decide.mutate({ row: choosing, decision }, { onSuccess: () => choose(undefined) })}
          onClose={() => {
            choose(undefined);
            decide.reset();
          }}
        />
      )}
    </>
  );
}

const keyOf = ({ key }: MatchingRow) => key;

function StateOf({ row, target }: { readonly row: MatchingRow; readonly target: Target }) {
  const [words, tone] = listName(row.state, target.name);
  return <Badge tone={row.link?.toConfirm ? 'warn' : tone}>{row.link?.toConfirm ? 'Shared, to confirm' : words}</Badge>;
}

function There({ row: { link, wanted, name } }: { readonly row: MatchingRow }) {
  if (link !== null) {
    const now = link.nameNow ?? link.name;
    return (
      <span>
        {now === name ? now : <strong>{now}</strong>} <span className="aside">ID {link.externalId}</span>
        {link.shared.length > 0 && <span className="aside">, shared with {link.shared.join(', ')}</span>}
      </span>
    );
  }
  if (wanted === 'another') return <span className="aside">Will be created under a name of its own</span>;
  if (wanted === 'create') return <span className="aside">Will be created</span>;
  if (wanted === 'same') return <span className="aside">The same as another of yours</span>;
  return <span className="none">Not linked</span>;
}

function doneWords({ after }: Decided, system: string): string {
  const { name, link, wanted } = after;
  if (link !== null) return `“${name}” is linked to “${link.nameNow ?? link.name}” in ${system}.`;
  if (wanted === 'create') return `The next batch creates “${name}”.`;
  if (wanted === 'another') return `The next batch creates “${name}” under a name of its own.`;
  if (wanted === 'same') return `“${name}” goes where the other one goes.`;
  return `“${name}” is not linked any more.`;
}
