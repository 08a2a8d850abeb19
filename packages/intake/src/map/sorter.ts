import type { Piece } from './pieces.ts';

/**
 * Brings the pieces of a record together. The caller provides one: rows come in any order, and a file may be larger than memory,
 * so in production it is a table.
 */
export interface Sorter {
  add(piece: Piece): void | Promise<void>;
  /** The pieces of each key, in the order of files and rows; keys in the order in which they first came. Many keys at a time. */
  groups(): AsyncIterable<readonly (readonly Piece[])[]>;
}

/** Keeps all pieces in memory: for tests, previews of a file's first rows, and small files. */
export function memorySorter(): Sorter {
  const groups = new Map<string, Piece[]>();
  return {
    add(piece) {
      const group = groups.get(piece.key);
      if (group === undefined) groups.set(piece.key, [piece]);
      else group.push(piece);
    },
    async *groups() {
      let batch: (readonly Piece[])[] = [];
      for (const group of groups.values()) {
        batch.push(group.length === 1 ? group : group.sort(byRole));
        if (batch.length < BATCH) continue;
        yield batch;
        batch = [];
      }
      yield batch;
    },
  };
}

const BATCH = 500;

/** Of one role they are in the order of files and rows already. */
function byRole(a: Piece, b: Piece): number {
  return a.role === b.role ? 0 : a.role < b.role ? -1 : 1;
}
