import { randomUUID } from 'node:crypto';
import type { Piece, Sorter } from '@ledgerpost/intake';
import { dropPieces, type StagedPiece, type Store, stagedPieces, stagePieces } from '@ledgerpost/store';

/** Pieces that stay in memory, and the letters in them; what is more goes to a table. */
const MOST_PIECES = 150_000;
const MOST_LETTERS = 24_000_000;
/** Pieces written at a time, and letters. */
const PIECES_PER_WRITE = 4_000;
const LETTERS_PER_WRITE = 4_000_000;
/** Keys given back at a time. */
const KEYS_PER_BATCH = 500;

/**
 * Brings the pieces of records together: in memory while they are few, in a table once they are many, so that memory doesn't grow with
 * the file. A piece is kept as one text, which needs a fifth of the memory that its object does. `close` deletes what was staged.
 */
export function storeSorter(
  store: Store,
  importId: string,
  most = { pieces: MOST_PIECES, letters: MOST_LETTERS },
): Sorter & { close(): Promise<void> } {
  const run = randomUUID();
  const { pack, unpack } = packer();
  let inMemory: Map<string, string | string[]> | undefined = new Map();
  let pieces = 0;
  let letters = 0;
  let waiting: StagedPiece[] = [];
  let waitingLetters = 0;
  let staged = false;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const rows = waiting;
    [waiting, waitingLetters] = [[], 0];
    await writing;
    staged = true;
    writing = stagePieces(store.sql, { importId, run }, rows);
    // Awaited by the next write; until then a failure must not count as unhandled.
    writing.catch(() => {});
  }

  async function spill(all: Map<string, string | string[]>): Promise<void> {
    inMemory = undefined;
    for (const [key, packed] of all) {
      all.delete(key);
      for (const piece of typeof packed === 'string' ? [packed] : packed) {
        const added = stage(key, piece);
        if (added !== undefined) await added;
      }
    }
  }

  function stage(key: string, piece: string): void | Promise<void> {
    waiting.push({ key, piece });
    waitingLetters += key.length + piece.length;
    if (waiting.length >= PIECES_PER_WRITE || waitingLetters >= LETTERS_PER_WRITE) return write();
  }

  return {
    add(piece) {
      const { key } = piece;
      const packed = pack(piece);
      if (inMemory === undefined) return stage(key, packed);
      const known = inMemory.get(key);
      if (known === undefined) inMemory.set(key, packed);
      else if (typeof known === 'string') inMemory.set(key, [known, packed]);
      else known.push(packed);
      pieces += 1;
      letters += key.length + packed.length;
      if (pieces > most.pieces || letters > most.letters) return spill(inMemory);
    },
    async *groups() {
      if (inMemory !== undefined) {
        let batch: (readonly Piece[])[] = [];
        for (const [key, packed] of inMemory) {
          inMemory.delete(key);
          batch.push(typeof packed === 'string' ? [unpack(key, packed)] : inOrder(packed.map((one) => unpack(key, one))));
          if (batch.length < KEYS_PER_BATCH) continue;
          yield batch;
          batch = [];
        }
        yield batch;
        return;
      }
      if (waiting.length > 0) await write();
      await writing;
      yield* grouped(stagedPieces(store, run), unpack);
    },
    async close() {
      await writing.catch(() => {});
      if (staged) await dropPieces(store.sql, importId);
    },
  };
}

const BETWEEN = '\u001F';
const ABSENT = '\u0001';

/** Pieces as text and back. The names of a role's columns are kept once. */
function packer() {
  const roles = new Map<string, { readonly at: number; readonly names: string[]; readonly known: Set<string> }>();
  const byNumber: { readonly role: string; readonly names: string[] }[] = [];
  const files: string[] = [];
  return {
    pack({ record, role, file, row, fields }: Piece): string {
      let of = roles.get(role);
      if (of === undefined) {
        of = { at: byNumber.length, names: [], known: new Set() };
        byNumber.push({ role, names: of.names });
        roles.set(role, of);
      }
      for (const name in fields) {
        if (of.known.has(name)) continue;
        of.known.add(name);
        of.names.push(name);
      }
      let number = files.lastIndexOf(file);
      if (number === -1) number = files.push(file) - 1;
      const { names } = of;
      const parts: string[] = new Array(names.length + 1);
      parts[0] = `${record},${of.at},${number},${row}`;
      for (let index = 0; index < names.length; index += 1) {
        const cell = fields[names[index]!];
        parts[index + 1] = cell === undefined ? ABSENT : cell.includes(BETWEEN) ? cell.replaceAll(BETWEEN, ' ') : cell;
      }
      // One text of its own: it keeps no part of the file in memory.
      return parts.join(BETWEEN);
    },
    unpack(key: string, packed: string): Piece {
      const [head, ...cells] = packed.split(BETWEEN);
      const [record, at, number, row] = head!.split(',').map(Number) as [number, number, number, number];
      const { role, names } = byNumber[at]!;
      const fields: Record<string, string> = {};
      for (let index = 0; index < cells.length; index += 1) {
        const cell = cells[index]!;
        if (cell !== ABSENT) fields[names[index]!] = cell;
      }
      return { key, record, role, file: files[number]!, row, fields };
    },
  };
}

/** Rows by key, into the pieces of each key. */
async function* grouped(
  batches: AsyncIterable<readonly StagedPiece[]>,
  unpack: (key: string, packed: string) => Piece,
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
      open.push(unpack(row.key, row.piece));
    }
    if (done.length > 0) yield done;
  }
  if (open.length > 0) yield [inOrder(open)];
}

/** Of one role they are in the order of files and rows already. */
function inOrder(pieces: Piece[]): readonly Piece[] {
  return pieces.length === 1 ? pieces : pieces.sort((a, b) => (a.role === b.role ? 0 : a.role < b.role ? -1 : 1));
}
