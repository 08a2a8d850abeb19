import { useState } from 'react';

/** The columns of a list, and those of them that a person may leave out. */
export interface ColumnChoice<Column extends string> {
  /** The name under which this browser keeps the choice. */
  readonly place: string;
  readonly columns: readonly (readonly [column: Column, words: string])[];
  readonly optional: readonly Column[];
}

/** The columns that this browser leaves out of a list. */
export function useHiddenColumns<Column extends string>({
  place,
  optional,
}: ColumnChoice<Column>): [hidden: ReadonlySet<Column>, toggle: (column: Column) => void] {
  const [hidden, setHidden] = useState<ReadonlySet<Column>>(() => {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '[]');
      return new Set(Array.isArray(kept) ? optional.filter((column) => kept.includes(column)) : []);
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
      localStorage.setItem(place, JSON.stringify([...next]));
    } catch {}
  };
  return [hidden, toggle];
}

/** The names of the style sheet for the columns that are left out. */
export function withoutColumns(hidden: ReadonlySet<string>): string {
  return [...hidden].map((column) => ` without-${column}`).join('');
}

interface ChooseColumnsProps<Column extends string> {
  readonly of: ColumnChoice<Column>;
  readonly hidden: ReadonlySet<Column>;
  toggle(column: Column): void;
}

const ROWS = 'ledgerpost.rows';

/** How close the rows of tables are in this browser: as a person chose, on every screen. */
export function showRows(): void {
  try {
    const kept = localStorage.getItem(ROWS);
    if (kept === 'close') document.documentElement.dataset.rows = kept;
  } catch {}
}

function CloseRows() {
  const [close, setClose] = useState(document.documentElement.dataset.rows === 'close');
  const choose = (now: boolean) => {
    setClose(now);
    if (now) document.documentElement.dataset.rows = 'close';
    else delete document.documentElement.dataset.rows;
    // A browser that keeps nothing shows the choice until the page is left.
    try {
      if (now) localStorage.setItem(ROWS, 'close');
      else localStorage.removeItem(ROWS);
    } catch {}
  };
  return (
    <label className="check">
      <input type="checkbox" checked={close} onChange={({ target }) => choose(target.checked)} /> Rows close together
    </label>
  );
}

export function ChooseColumns<Column extends string>({ of, hidden, toggle }: ChooseColumnsProps<Column>) {
  return (
    <details className="column-choice">
      <summary>Columns</summary>
      <fieldset className="group">
        <legend className="hidden">Columns of the table</legend>
        {of.columns
          .filter(([column]) => of.optional.includes(column))
          .map(([column, words]) => (
            <label key={column} className="check">
              <input type="checkbox" checked={!hidden.has(column)} onChange={() => toggle(column)} /> {words}
            </label>
          ))}
        <CloseRows />
      </fieldset>
    </details>
  );
}
