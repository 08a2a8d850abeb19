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
      </fieldset>
    </details>
  );
}
