import { Button } from '../button.tsx';

interface SortHeadProps {
  readonly words: string;
  /** The column's name in the address. */
  readonly column: string;
  /** The column that is sorted by now; with a hyphen, the other way round. */
  readonly sort: string;
  onSort(sort: string): void;
}

/** How a column is sorted, for assistive technology. */
export function sortOf(column: string, sort: string): 'ascending' | 'descending' | 'none' {
  return sort === column ? 'ascending' : sort === `-${column}` ? 'descending' : 'none';
}

/** The head of a column: sorts by it, and again the other way round. */
export function SortHead({ words, column, sort, onSort }: SortHeadProps) {
  const now = sortOf(column, sort);
  return (
    <Button kind="quiet" onPress={() => onSort(now === 'ascending' ? `-${column}` : column)}>
      {words}
      <span aria-hidden="true">{now === 'ascending' ? ' ↑' : now === 'descending' ? ' ↓' : ''}</span>
    </Button>
  );
}
