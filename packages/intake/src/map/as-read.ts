import { type Assembled, assemble } from './assemble.ts';
import { type ColumnsSeen, isSameSettled, type Settled } from './columns-seen.ts';
import { keySet } from './key-set.ts';
import type { Mapping } from './mapping.ts';
import type { Piece } from './pieces.ts';
import type { Readings } from './read-cell.ts';

/**
 * Thrown where records that were made as their rows came can't count: a record has two rows, or a later row shows that a column is read
 * differently. The files are read again, through a sorter.
 */
export class NeedsAllRows extends Error {
  constructor(why: string) {
    super(`${why}, so no record can be made before all rows are read.`);
    this.name = 'NeedsAllRows';
  }
}

/** Whether each row may be a record of its own. */
export function mayBeMadeAsRead({ records }: Mapping): boolean {
  return records.every(({ lines }) => lines?.by !== 'rows');
}

/** Pieces to see before it is assumed how the columns are read, and the most to wait for where two readings fit. */
const FIRST = 2_000;
const MOST = 20_000;

/**
 * Makes each record when its row comes, so that no row is kept. How columns are read is assumed from the first rows, or known from an
 * earlier run; the end of the files shows whether it holds.
 */
export function asRead(
  mapping: Mapping,
  columns: ColumnsSeen,
  zone: string,
  known: Settled | undefined,
  made: (assembled: Assembled) => void | Promise<void>,
) {
  const keys = keySet();
  let settled = known;
  let readings: Readings | undefined = known === undefined ? undefined : columns.readings(zone, known);
  let waiting: Piece[] = [];

  async function begin(): Promise<void> {
    settled = columns.settled();
    readings = columns.readings(zone, settled);
    const pieces = waiting;
    waiting = [];
    for (const piece of pieces) {
      const kept = made(assemble([piece], mapping, readings, false));
      if (kept !== undefined) await kept;
    }
  }

  return {
    /** @throws NeedsAllRows */
    add(piece: Piece): void | Promise<void> {
      if (piece.record < 0) throw new NeedsAllRows(`Row ${piece.row} of ${piece.file} may belong to a record of other rows`);
      if (!keys.add(piece.key)) throw new NeedsAllRows(`Row ${piece.row} of ${piece.file} may not be the only one of its record`);
      if (readings !== undefined) return made(assemble([piece], mapping, readings, false));
      // A copy: V8 would learn that such pieces live long, and make all later ones in its old heap.
      waiting.push({ ...piece, fields: { ...piece.fields } });
      if (waiting.length % FIRST !== 0) return;
      if (!columns.isOpen()) return begin();
      if (waiting.length >= MOST) throw new NeedsAllRows('The first rows can be read in two ways');
    },
    /**
     * Once all rows were read. Gives back how the columns are read.
     * @throws NeedsAllRows
     */
    async end(): Promise<Settled> {
      const all = columns.settled();
      if (readings === undefined) {
        // All rows are here, so nothing is assumed; the questions stop the import.
        if (!columns.isOpen()) await begin();
      } else if (columns.isOpen() || !isSameSettled(all, settled!)) {
        throw new NeedsAllRows('Later rows show that a column is read differently');
      }
      return all;
    },
  };
}
