import { randomUUID } from 'node:crypto';
import { memorySorter, type Piece, type Sorter } from '@ledgerpost/intake';
import { dropPieces, type Store, stagedPieces, stagePieces } from '@ledgerpost/store';

/** Pieces that stay in memory, and the letters in them; what is more goes to a table. */
const MOST_PIECES = 120_000;
const MOST_LETTERS = 24_000_000;
/** Pieces written at a time, and letters. */
const PIECES_PER_WRITE = 4_000;
const LETTERS_PER_WRITE = 4_000_000;

/**
 * Brings the pieces of records together: in memory while they are few, in a table once they are many. Memory doesn't grow with the
 * file then. `close` deletes what was staged.
 */
export function storeSorter(
  store: Store,
  importId: string,
  most = { pieces: MOST_PIECES, letters: MOST_LETTERS },
): Sorter & { close(): Promise<void> } {
  const run = randomUUID();
  let inMemory: Sorter | undefined = memorySorter();
  let kept: Piece[] = [];
  let pieces = 0;
  let letters = 0;
  let waiting: Piece[] = [];
  let waitingLetters = 0;
  let staged = false;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const rows = waiting.map((piece) => ({ key: piece.key, piece: JSON.stringify(piece) }));
    [waiting, waitingLetters] = [[], 0];
    await writing;
    staged = true;
    writing = stagePieces(store.sql, { importId, run }, rows);
    // Awaited by the next write; until then a failure must not count as unhandled.
    writing.catch(() => {});
  }

  async function spill(): Promise<void> {
    inMemory = undefined;
    const all = kept;
    kept = [];
    for (const piece of all) {
      const added = stage(piece);
      if (added !== undefined) await added;
    }
  }

  function stage(piece: Piece): void | Promise<void> {
    waiting.push(piece);
    waitingLetters += lettersOf(piece);
    if (waiting.length >= PIECES_PER_WRITE || waitingLetters >= LETTERS_PER_WRITE) return write();
  }

  return {
    add(piece) {
      if (inMemory === undefined) return stage(piece);
      inMemory.add(piece);
      kept.push(piece);
      pieces += 1;
      letters += lettersOf(piece);
      if (pieces > most.pieces || letters > most.letters) return spill();
    },
    async *groups() {
      kept = [];
      if (inMemory !== undefined) {
        yield* inMemory.groups();
        return;
      }
      if (waiting.length > 0) await write();
      await writing;
      yield* grouped(stagedPieces(store, run));
    },
    async close() {
      await writing.catch(() => {});
      if (staged) await dropPieces(store.sql, importId);
    },
  };
}

/** Rows by key, into the pieces of each key. */
async function* grouped(
  batches: AsyncIterable<readonly { key: string; piece: string }[]>,
): AsyncGenerator<readonly (readonly Piece[])[]> {
  let key: string | undefined;
  let open: Piece[] = [];
  for await (const rows of batches) {
    const done: (readonly Piece[])[] = [];
    for (const row of rows) {
      if (row.key !== key) {
        if (open.length > 0) done.push(inOrder(open));
        [key, open] = [row.key, []];
      }
      open.push(JSON.parse(row.piece) as Piece);
    }
    if (done.length > 0) yield done;
  }
  if (open.length > 0) yield [inOrder(open)];
}

function inOrder(pieces: Piece[]): readonly Piece[] {
  return pieces.length === 1 ? pieces : pieces.sort((a, b) => (a.role === b.role ? 0 : a.role < b.role ? -1 : 1));
}

function lettersOf({ key, fields }: Piece): number {
  let letters = key.length;
  for (const name in fields) letters += fields[name]!.length;
  return letters;
}
