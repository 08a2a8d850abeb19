import { isValidElement, type ReactNode } from 'react';

type Cells = readonly ReactNode[];

/** The rows of a table sorted by what a person reads in one of its columns: numbers and amounts, dates, or text. */
export function sortedBy(rows: readonly Cells[], column: number, isNumber: boolean, down: boolean): readonly Cells[] {
  const keyed = rows.map((cells) => ({ cells, key: keyOf(textOf(cells[column]), isNumber) }));
  return keyed.toSorted((a, b) => (down ? -1 : 1) * compare(a.key, b.key)).map(({ cells }) => cells);
}

/** The text of what is shown. Of what a component makes itself, nothing is known. */
export function textOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) return node.map(textOf).join('');
  return isValidElement<{ children?: ReactNode }>(node) ? textOf(node.props.children) : '';
}

function keyOf(text: string, isNumber: boolean): string | number {
  if (isNumber) return Number(text.replace(/ of .*| .*/, '').replace(/[^\d.-]/g, '')) || 0;
  return /^[A-Z][a-z]{2} \d{1,2}, \d{4}/.test(text) ? Date.parse(text) : text;
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}
