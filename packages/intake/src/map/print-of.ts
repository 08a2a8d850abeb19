import { hash } from 'node:crypto';
import type { Mapping } from './mapping.ts';
import type { Piece } from './pieces.ts';

/** What stands for the cells of a record's rows: the same for the same cells, in whatever order the rows came. */
export function printOf(pieces: readonly Piece[], mapping: Mapping): string {
  if (pieces.length === 1) return digest(cellsAsText(pieces[0]!, mapping));
  return digest(
    pieces
      .map((piece) => cellsAsText(piece, mapping))
      .sort()
      .join('\n'),
  );
}

/** As JSON, in the order of the columns' names. Released imports have stored hashes of it. */
function cellsAsText({ role, fields }: Piece, mapping: Mapping): string {
  const cells: [string, string][] = [];
  for (const name of namesInOrder(mapping, role)) {
    const cell = fields[name];
    if (cell !== undefined) cells.push([name, cell]);
  }
  return JSON.stringify([role, cells]);
}

const IN_ORDER = new WeakMap<object, readonly string[]>();

/** Of the columns that a row of that role may have: sorted once, not for each row. */
function namesInOrder(mapping: Mapping, role: string): readonly string[] {
  const { columns } = mapping.files[role]!;
  let names = IN_ORDER.get(columns);
  if (names === undefined) {
    names = Object.keys(columns).sort();
    IN_ORDER.set(columns, names);
  }
  return names;
}

/** 24 letters that stand for a text. Ids are made of it, so it never changes. */
export function digest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 24);
}
