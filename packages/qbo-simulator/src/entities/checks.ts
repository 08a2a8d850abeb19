import { type Books, recordOf } from '../books/books.ts';
import type { BookRecord, Ref, Sent } from '../books/records.ts';
import { faults } from '../faults.ts';

/** A member that must be there: else fault 2020. */
export function required<Value>(member: string, value: Value | undefined): Value {
  if (value === undefined || value === '') throw faults.missing(member);
  return value;
}

/** Lengths of members, dotted for parts; `Line.Description` checks every line. Fault 2050. */
export function checkLengths(sent: Sent, lengths: Readonly<Record<string, number>>): void {
  for (const [path, max] of Object.entries(lengths)) {
    for (const text of textsAt(sent, path.split('.'))) {
      if (text.length > max) throw faults.tooLong(path.split('.').at(-1) ?? path, max, text.length);
    }
  }
}

const referenceNames: Readonly<Record<string, string>> = { Customer: 'Names', Account: 'Accounts', Class: 'Klasses' };

/** The record that a reference means: fault 2500 when it isn't there or is inactive. Undefined for no reference. */
export function follow(books: Books, kind: string, ref: Ref | undefined, before?: Ref): BookRecord | undefined {
  if (ref === undefined) return undefined;
  const found = recordOf(books, kind, ref.value);
  if (found === undefined) throw faults.badReference(referenceNames[kind] ?? `${kind}s`, ref.value);
  // A record that already refers to something inactive may keep it.
  if (found.Active === false && before?.value !== ref.value) throw faults.inactiveReference();
  return found;
}

/** The reference to a record, with its name as QuickBooks returns it. */
export function refTo(record: BookRecord | undefined): Ref | undefined {
  if (record === undefined) return undefined;
  const name = record.DisplayName ?? record.FullyQualifiedName ?? record.Name;
  return { value: record.Id, ...(name === undefined ? {} : { name }) };
}

/** The reference to a parent: QuickBooks returns it without a name. */
export function parentRef(record: BookRecord | undefined): Ref | undefined {
  return record === undefined ? undefined : { value: record.Id };
}

/** Leaves out members without a value: QuickBooks returns no nulls. */
export function withoutUndefined<Thing extends object>(
  thing: Thing,
): { [Member in keyof Thing]: Exclude<Thing[Member], undefined> } {
  return Object.fromEntries(Object.entries(thing).filter(([, value]) => value !== undefined)) as never;
}

/** A name as it is compared for uniqueness. */
export function foldName(books: Books, name: string): string {
  const folded = name.trim().toLowerCase();
  return books.switches().nameBlanks === 'collapsed' ? folded.replace(/\s+/g, ' ') : folded;
}

/** A name's spelling: fault 2180. */
export function checkName(name: string): void {
  if (name.trim() === '' || /[:\t\n\r]/.test(name)) throw faults.badName();
}

function textsAt(value: unknown, path: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => textsAt(one, path));
  const [member, ...rest] = path;
  if (member === undefined) return typeof value === 'string' ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return textsAt((value as Record<string, unknown>)[member], rest);
}
