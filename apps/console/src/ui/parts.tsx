import { type ReactNode, useEffect, useState } from 'react';
import { ApiProblem, isTemporary } from '../api/client.ts';
import { SortHead, sortOf } from './tables/sort-head.tsx';
import { sortedBy } from './tables/sorted-by.ts';
import type { Tone } from './words.ts';

export { Button } from './button.tsx';

export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={`badge ${tone}`}>{children}</span>;
}

/** A boxed message; screen readers announce problems and warnings as they appear. */
export function Note({ tone, children, label }: { readonly tone: Tone; readonly children: ReactNode; readonly label?: string }) {
  const role = tone === 'bad' || tone === 'warn' ? 'alert' : 'status';
  return (
    <div className={`note ${tone}`} role={role} {...(label === undefined ? {} : { 'aria-label': label })}>
      {children}
    </div>
  );
}

/** A refusal or failure in the API's own words; temporary trouble also says that the page keeps trying. */
export function Trouble({ error }: { readonly error: Error | null | undefined }) {
  if (!error) return null;
  const fields =
    error instanceof ApiProblem ? (error.details.fields as { field: string; message: string }[] | undefined) : undefined;
  return (
    <Note tone={isTemporary(error) ? 'warn' : 'bad'}>
      <p>{error.message}</p>
      {fields !== undefined && fields.length > 1 && (
        <ul>
          {fields.map(({ field, message }) => (
            <li key={field}>
              {field}: {message}
            </li>
          ))}
        </ul>
      )}
    </Note>
  );
}

/** Milliseconds after which a person wants to know that the page is still waiting. */
const SLOW = 8_000;

/** Says what is on its way, over a sketch of the rows to come; while shown content is asked for again, without the sketch. */
export function Loading({ what, isAgain = false }: { readonly what: string; readonly isAgain?: boolean }) {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className="loading" role="status">
      Loading {what} … {slow && 'This is taking longer than usual. The page keeps waiting.'}
      {!isAgain && <span className="skeleton" aria-hidden="true" />}
    </p>
  );
}

/** Facts as pairs of a name and a value; those without a value are left out. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** A name or an id that is too long for any column; amounts and words stay whole. */
const isUnbreakable = (cell: ReactNode) => typeof cell === 'string' && /\S{25}/.test(cell);

export interface SmallTableProps {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly ReactNode[])[];
  /** Whether the first cell names its row. */
  readonly named?: boolean;
  /** The heads of number columns: counts and amounts are aligned to the right, digit under digit. */
  readonly numbers?: readonly string[];
  /** Whether it may be wider than its place: it then scrolls, by keyboard too. */
  readonly scrolls?: boolean;
  /** Whether people sort it by its heads: a list, and not an account of sums. */
  readonly sorts?: boolean;
  /** Where its rows are a page of more: the server sorts, by these columns at their heads. */
  readonly paged?: {
    readonly columns: Readonly<Record<string, string>>;
    readonly sort: string;
    onSort(sort: string): void;
  };
}

/** By which head a table is sorted. */
interface Order {
  readonly head: string;
  readonly down: boolean;
}

/** A table without paging. On a narrow screen each row becomes a list of its cells. */
export function SmallTable({
  caption,
  heads,
  rows,
  named = false,
  numbers = [],
  scrolls = false,
  sorts = false,
  paged,
}: SmallTableProps) {
  const [order, setOrder] = useState<Order>();
  const column = order === undefined ? -1 : heads.indexOf(order.head);
  const shown = column < 0 ? rows : sortedBy(rows, column, numbers.includes(heads[column]!), order!.down);
  const classOf = (head: string, cell: ReactNode) => {
    const names = [...(numbers.includes(head) ? ['number'] : []), ...(isUnbreakable(cell) ? ['breaks'] : [])];
    return names.length === 0 ? {} : { className: names.join(' ') };
  };
  return (
    <section className="scroll" aria-label={caption} {...(scrolls ? { tabIndex: 0 } : {})}>
      <table className={heads.length > 3 ? 'small stacks' : 'small'}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {heads.map((head) => {
              const column = paged === undefined ? head : paged.columns[head];
              const now = paged?.sort ?? (order === undefined ? '' : `${order.down ? '-' : ''}${order.head}`);
              const sorted = column === undefined ? 'none' : sortOf(column, now);
              const onSort = paged?.onSort ?? ((next: string) => setOrder({ head, down: next.startsWith('-') }));
              const isSorted = column !== undefined && rows.length > 1 && (sorts || paged !== undefined);
              return (
                <th key={head} scope="col" {...classOf(head, undefined)} {...(sorted === 'none' ? {} : { 'aria-sort': sorted })}>
                  {isSorted ? <SortHead words={head} column={column} sort={now} onSort={onSort} /> : head}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {shown.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of totals have no other name, and never move
            <tr key={row}>
              {cells.map((cell, column) => {
                const head = heads[column]!;
                return named && column === 0 ? (
                  <th key={head} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={head} data-head={head} {...classOf(head, cell)}>
                    {cell}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
