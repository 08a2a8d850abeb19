import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { ListName, Sort, Target, UnbatchedPage, UnbatchedRow } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Badge, Button, Loading, Trouble } from '../../ui/parts.tsx';
import { day, money } from '../../ui/show.ts';
import { ChooseColumns, type ColumnChoice, useHiddenColumns, withoutColumns } from '../../ui/tables/columns.tsx';
import { LongTable } from '../../ui/tables/long-table.tsx';
import { type Paged, useMore, useRows } from '../../ui/tables/paged.tsx';
import { SortHead, sortOf } from '../../ui/tables/sort-head.tsx';
import { capitalized, operationName, recordName } from '../../ui/words.ts';
import { CureLink } from './cure-link.tsx';
import { MarkPostedWindow } from './mark-posted-window.tsx';
import { ALL, type Choice, isChosen, NOTHING, refKey, toggle } from './selection.ts';

/** The columns of the unbatched lists. The first two and the amount say which record it is, and stay. */
const COLUMNS = [
  ['date', 'Date'],
  ['number', 'Number'],
  ['customer', 'Customer'],
  ['department', 'Department'],
  ['operation', 'Will be sent as'],
  ['amount', 'Amount'],
] as const;
const CHOICE: ColumnChoice<(typeof COLUMNS)[number][0]> = {
  place: 'ledgerpost.columns',
  columns: COLUMNS,
  optional: ['customer', 'department', 'operation'],
};

interface UnbatchedRowsProps {
  readonly target: Target;
  readonly list: ListName;
  readonly query: Paged<UnbatchedPage> & { readonly error: Error | null; readonly isPending: boolean };
  readonly count: number | undefined;
  readonly choice: Choice;
  choose(choice: Choice): void;
  readonly sort: Sort;
  onSort(sort: string): void;
  /** Instead of the way to more records, where the list shows a part of them. */
  readonly empty?: string | undefined;
}

/** One of the two lists of unbatched records: what each will be sent as, and its problems. */
export function UnbatchedRows({ target, list, query, count, choice, choose, sort, onSort, empty }: UnbatchedRowsProps) {
  const { currency } = useCompany();
  const isAdmin = useMay();
  const [hidden, toggleColumn] = useHiddenColumns(CHOICE);
  const [marking, setMarking] = useState<UnbatchedRow>();
  const { error, isPending } = query;
  const more = useMore(query);
  const rows = useRows(query);
  if (isPending) return <Loading what={list} />;
  if (rows.length === 0) {
    if (error !== null) return <Trouble error={error} />;
    if (empty !== undefined) return <p className="empty">{empty}</p>;
    return (
      <p className="empty">
        No unbatched {list} here. <Link href="/import">Import files</Link> to bring some.
      </p>
    );
  }

  return (
    <>
      <Trouble error={error} />
      <ChooseColumns of={CHOICE} hidden={hidden} toggle={toggleColumn} />
      <LongTable<UnbatchedRow>
        label={list === 'invoices' ? 'Unbatched invoices' : 'Unbatched payments'}
        kind={`unbatched${withoutColumns(hidden)}`}
        rowHeight={42}
        heads={[
          <SelectAll key="all" list={list} choice={choice} choose={choose} />,
          ...COLUMNS.map(([column, words]) => <SortHead key={column} {...{ column, words, sort, onSort }} />),
        ]}
        sorts={[undefined, ...COLUMNS.map(([column]) => sortOf(column, sort))]}
        rows={rows}
        count={count}
        keyOf={refKey}
        more={more}
        chosen={(row) => isCheckable(row, choice) && isChosen(choice, row)}
        cells={(row) => [
          <input
            key="choose"
            type="checkbox"
            aria-label={`${recordName(row.type)} ${row.number || row.id}`}
            disabled={!isCheckable(row, choice)}
            checked={isCheckable(row, choice) && isChosen(choice, row)}
            onChange={(event) => choose(toggle(choice, row, event.target.checked))}
          />,
          day(row.date),
          row.number || <span className="none">No number</span>,
          row.customer?.name ?? row.customer?.id ?? <span className="none">No customer</span>,
          row.department?.name ?? row.department?.id ?? '',
          <WillBeSentAs key="operation" row={row} />,
          money(row.amount, currency),
        ]}
        below={(row) =>
          row.problems.length > 0 && (
            <ul className="problems">
              {row.problems.map((problem) => (
                <li key={`${problem.code} ${problem.field} ${problem.message}`} className={problem.severity}>
                  <span className="code">{capitalized(problem.severity)}</span> {problem.message}
                  <CureLink problem={problem} target={target} />
                </li>
              ))}
              {isAdmin && hasProblem(row) && (
                <li>
                  <Button
                    kind="quiet"
                    aria-label={`Mark as already in the books: ${recordName(row.type)} ${row.number || row.id}`}
                    onPress={() => setMarking(row)}
                  >
                    Mark as already in the books …
                  </Button>
                </li>
              )}
            </ul>
          )
        }
      />
      {marking !== undefined && <MarkPostedWindow row={marking} target={target} onClose={() => setMarking(undefined)} />}
    </>
  );
}

/**
 * Only these rows can be checked. A re-allocation that waits for its invoice can't be sent alone: it goes along with the
 * invoice, unless someone unchecks it.
 */
const isCheckable = (row: UnbatchedRow, choice: Choice) =>
  !hasProblem(row) && (row.readiness === 'ready' || (row.readiness === 'waiting' && choice.by === 'all'));

const hasProblem = ({ problems }: UnbatchedRow) => problems.some(({ severity }) => severity === 'problem');

function WillBeSentAs({ row }: { readonly row: UnbatchedRow }) {
  if (row.readiness === 'stopped' || row.operation === null) return <Badge tone="bad">Can’t be sent</Badge>;
  if (row.readiness === 'waiting') return <Badge tone="warn">{operationName(row.operation)}, waiting for its invoice</Badge>;
  if (hasProblem(row)) return <Badge tone="bad">Needs attention</Badge>;
  // A file of warnings has refunds too: these are entered, not applied.
  const isListedRefund = row.operation === 'warning.list' && row.type === 'refund';
  return (
    <>
      <Badge tone="plain">{isListedRefund ? 'Refund, to enter manually' : operationName(row.operation)}</Badge>
      {row.checking && <span className="aside"> checking …</span>}
    </>
  );
}

/** Checks or unchecks everything in its list. */
function SelectAll({ list, choice, choose }: Pick<UnbatchedRowsProps, 'list' | 'choice' | 'choose'>) {
  const box = useRef<HTMLInputElement>(null);
  const all = choice.by === 'all' && choice.except.size === 0;
  const some = !all && choice.by !== 'nothing';
  useEffect(() => {
    if (box.current) box.current.indeterminate = some;
  }, [some]);
  return (
    <label className="select-all">
      <input ref={box} type="checkbox" aria-label={`All ${list}`} checked={all} onChange={() => choose(all ? NOTHING : ALL)} />
      <span aria-hidden="true"> All {list}</span>
    </label>
  );
}
