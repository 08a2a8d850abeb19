import { useState } from 'react';

/** The columns of the unbatched lists. The first two and the amount say which record it is, and stay. */
export const COLUMNS = [
  ['date', 'Date'],
  ['number', 'Number'],
  ['customer', 'Customer'],
  ['department', 'Department'],
  ['operation', 'Will be sent as'],
  ['amount', 'Amount'],
] as const;

export type Column = (typeof COLUMNS)[number][0];
const OPTIONAL: readonly Column[] = ['customer', 'department', 'operation'];
const PLACE = 'ledgerpost.columns';

/** The columns that this browser leaves out of the unbatched lists. */
export function useHiddenColumns(): [hidden: ReadonlySet<Column>, toggle: (column: Column) => void] {
  const [hidden, setHidden] = useState<ReadonlySet<Column>>(() => {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? '[]');
      return new Set(Array.isArray(kept) ? OPTIONAL.filter((column) => kept.includes(column)) : []);
    } catch {
      return new Set();
    }
  });
  const toggle = (column: Column) => {
    const next = new Set(hidden);
    if (!next.delete(column)) next.add(column);
    setHidden(next);
    // A browser that keeps nothing shows the choice until the page is left.
    try {
      localStorage.setItem(PLACE, JSON.stringify([...next]));
    } catch {}
  };
  return [hidden, toggle];
}

interface ChooseColumnsProps {
  readonly hidden: ReadonlySet<Column>;
  toggle(column: Column): void;
}

export function ChooseColumns({ hidden, toggle }: ChooseColumnsProps) {
  return (
    <details className="column-choice">
      <summary>Columns</summary>
      <fieldset className="group">
        <legend className="hidden">Columns of the table</legend>
        {COLUMNS.filter(([column]) => OPTIONAL.includes(column)).map(([column, words]) => (
          <label key={column} className="check">
            <input type="checkbox" checked={!hidden.has(column)} onChange={() => toggle(column)} /> {words}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
