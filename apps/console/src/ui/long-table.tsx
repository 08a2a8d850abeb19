// biome-ignore-all lint/a11y/useSemanticElements: elements of a table can't be placed by hand, so divs say what they are
// biome-ignore-all lint/a11y/useFocusableInteractive: rows are read, not pressed; what is pressed in them has a focus of its own
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';

export interface LongTableProps<Row> {
  readonly label: string;
  /** Names the widths of the columns in the style sheet. */
  readonly kind: string;
  readonly heads: readonly ReactNode[];
  readonly rows: readonly Row[];
  /** How many rows there are in all; some may not be loaded yet. */
  readonly count?: number | undefined;
  keyOf(row: Row): string;
  cells(row: Row): readonly ReactNode[];
  /** What stands below a row's cells, over the whole width. */
  below?(row: Row): ReactNode;
  chosen?(row: Row): boolean;
  /** Called when the end of what is loaded comes near. */
  more?: (() => void) | undefined;
}

/**
 * A table of any length: only the rows that can be seen are in the page. Its rows are rows to assistive technology too,
 * with their place among all of them.
 */
export function LongTable<Row>({ label, kind, heads, rows, count, keyOf, cells, below, chosen, more }: LongTableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 46,
    overscan: 12,
    getItemKey: (index) => keyOf(rows[index]!),
  });
  const shown = virtualizer.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more !== undefined && last >= rows.length - 60) more();
  }, [last, rows.length, more]);

  return (
    <div className="long" ref={scroller} tabIndex={0} role="region" aria-label={`${label}, scrolls`}>
      <div role="table" aria-label={label} aria-rowcount={(count ?? rows.length) + 1} className={`long-table ${kind}`}>
        <div role="rowgroup" className="long-head">
          <div role="row" className="long-row" aria-rowindex={1}>
            {heads.map((head, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
              <div role="columnheader" key={column}>
                {head}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="long-body" style={{ height: virtualizer.getTotalSize() }}>
          {shown.map((item) => {
            const row = rows[item.index]!;
            const under = below?.(row);
            return (
              <div
                role="row"
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                aria-rowindex={item.index + 2}
                className={chosen?.(row) ? 'long-row chosen' : 'long-row'}
                style={{ transform: `translateY(${item.start}px)` }}
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
          })}
        </div>
      </div>
    </div>
  );
}
