import { isDate, Refusal } from '@ledgerpost/core';

/** One page of a list; `next` is there while more follow. */
export interface Page<T> {
  readonly rows: T[];
  /** Opaque: pass it back as `after`. */
  readonly next?: string;
}

type Part = string | number;
/** What one part of a cursor must be. */
type Shape = 'string' | 'number' | 'date' | 'instant' | 'uuid';

/** Makes a page from rows that were queried with one more than the page holds: that one shows whether more follow. */
export function pageOf<T>(rows: readonly T[], limit: number, cursorAt: (row: T) => string): Page<T> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return rows.length > limit && last !== undefined ? { rows: page, next: cursorAt(last) } : { rows: page };
}

/** The end of a page, as opaque text. `list` names the list and its order, so that a cursor of another one is refused. */
export function encodeCursor(list: string, parts: readonly Part[]): string {
  return Buffer.from(JSON.stringify([list, ...parts])).toString('base64url');
}

/**
 * The parts of a cursor, each of the shape that the list puts there, so that no value that a caller made up reaches a
 * statement. Throws `bad-cursor` for anything that the list did not return.
 */
export function decodeCursor(cursor: string, list: string, shapes: readonly Shape[]): readonly Part[] {
  const read = parse(cursor);
  const fits =
    Array.isArray(read) &&
    read[0] === list &&
    read.length === shapes.length + 1 &&
    shapes.every((shape, i) => hasShape(read[i + 1], shape));
  if (!fits) {
    throw new Refusal('bad-cursor', 'The cursor is not one that this list returned. Send `next` of the previous page unchanged.');
  }
  return read.slice(1) as Part[];
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

function hasShape(part: unknown, shape: Shape): boolean {
  if (shape === 'number') return Number.isSafeInteger(part);
  if (typeof part !== 'string' || part.includes('\0')) return false;
  switch (shape) {
    case 'string':
      return true;
    case 'date':
      return isDate(part);
    case 'instant':
      return INSTANT.test(part) && isDate(part.slice(0, 10)) && !Number.isNaN(Date.parse(part));
    case 'uuid':
      return UUID.test(part);
    default:
      return shape satisfies never;
  }
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
