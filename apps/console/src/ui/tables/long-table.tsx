// biome-ignore-all lint/a11y/useSemanticElements: table elements can't be positioned row by row, so divs carry the roles
// biome-ignore-all lint/a11y/useFocusableInteractive: rows are read, not pressed; the controls in them have their own focus
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, memo, type ReactNode, useCallback, useEffect, useRef } from 'react';

export interface LongTableProps<Row> {
  readonly label: string;
  /** Names the widths of the columns in the style sheet. */
  readonly kind: string;
  readonly heads: readonly ReactNode[];
  /** How each column is sorted, by its place; a column that can't be sorted has none. */
  readonly sorts?: readonly ('ascending' | 'descending' | 'none' | undefined)[] | undefined;
  readonly rows: readonly Row[];
  /** How many rows there are in all; some may not be loaded yet. */
  readonly count?: number | undefined;
  /** The same function each time, so that scrolling stays cheap. */
  keyOf(row: Row): string;
  cells(row: Row): readonly ReactNode[];
  /** Content below a row's cells, over the whole width. */
  readonly below?: ((row: Row) => ReactNode) | undefined;
  chosen?(row: Row): boolean;
  /** Height of an ordinary row in pixels; a good estimate keeps rows from moving as they appear. */
  readonly rowHeight: number;
  /** Called when the end of the loaded rows comes near. */
  more?: (() => void) | undefined;
}

/**
 * A table of any length: only the rows that can be seen are in the page. Its rows are rows to assistive technology too,
 * with their place among all of them.
 */
export function LongTable<Row>(props: LongTableProps<Row>) {
  const { label, kind, heads, sorts, rows, count, keyOf, cells, below, chosen, rowHeight, more } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    // A frame that is a little late is better than a blocked one.
    useFlushSync: false,
    // Must stay the same function while the rows are the same: a new one makes it compute all positions again.
    getItemKey: useCallback((index: number) => keyOf(rows[index]!), [rows, keyOf]),
  });
  const shown = virtualizer.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more !== undefined && last >= rows.length - 60) more();
  }, [last, rows.length, more]);

  return (
    <div
      className="long"
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={`${label}, scrolls`}
      // Bounded, because each change restyles the whole table, and more than a window's height makes no difference.
      style={{ '--rows': `${Math.min(virtualizer.getTotalSize(), 2_000)}px` } as CSSProperties}
    >
      <div role="table" aria-label={label} aria-rowcount={(count ?? rows.length) + 1} className={`long-table ${kind}`}>
        <div role="rowgroup" className="long-head">
          <div role="row" className="long-row" aria-rowindex={1}>
            {heads.map((head, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
              <div role="columnheader" key={column} aria-sort={sorts?.[column]}>
                {head}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="long-body" style={{ height: virtualizer.getTotalSize() }}>
          {shown.map(({ index, start, key }) => {
            const row = rows[index]!;
            const isChosen = chosen?.(row) ?? false;
            return <LongRow key={key} {...{ row, index, start, cells, below, isChosen }} measure={virtualizer.measureElement} />;
          })}
        </div>
      </div>
    </div>
  );
}

interface LongRowProps<Row> extends Pick<LongTableProps<Row>, 'cells' | 'below'> {
  readonly row: Row;
  readonly index: number;
  readonly start: number;
  readonly isChosen: boolean;
  measure(element: Element | null): void;
}

/** Drawn once as it comes into view: scrolling moves rows, and changes none. */
const LongRow = memo(function LongRow<Row>({ row, index, start, cells, below, isChosen, measure }: LongRowProps<Row>) {
  const under = below?.(row);
  return (
    <div
      role="row"
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      className={isChosen ? 'long-row chosen' : 'long-row'}
      style={{ transform: `translateY(${start}px)` }}
    >
      {cells(row).map((cell, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
        <div role="cell" key={column}>
          {cell}
        </div>
      ))}
      {under && (
        <div role="cell" className="below">
          {under}
        </div>
      )}
    </div>
  );
}) as <Row>(props: LongRowProps<Row>) => ReactNode;
