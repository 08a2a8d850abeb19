import { write } from '../api/write.ts';
import { type Books, putRecord, recordOf, recordsOf } from '../books/books.ts';
import type { BookRecord, Line, Ref } from '../books/records.ts';
import { indexPayment } from '../entities/apply.ts';
import { refTo } from '../entities/checks.ts';
import type { Kind } from '../entities/kind.ts';
import { kinds } from '../entities/kinds.ts';

/** Merges one customer or item into another: the first is gone, and everything it had belongs to the second, which is returned. */
export function mergeNames(books: Books, entity: 'Customer' | 'Item', from: string, into: string): Record<string, unknown> {
  const kept = recordOf(books, entity, into);
  if (kept === undefined || recordOf(books, entity, from) === undefined || from === into) {
    throw new Error(`${entity}s ${from} and ${into} can't be merged: one is not in the books.`);
  }
  const move = (ref: Ref | undefined): Ref | undefined => (ref?.value === from ? (refTo(kept) ?? { value: into }) : ref);
  for (const { name } of kinds.filter(({ sort }) => sort === 'transaction')) {
    for (const record of recordsOf(books, name)) {
      if (!refersTo(record, entity, from)) continue;
      const moved: BookRecord = {
        ...record,
        ...(entity === 'Customer' && record.CustomerRef !== undefined ? { CustomerRef: move(record.CustomerRef)! } : {}),
        ...(record.Line === undefined ? {} : { Line: record.Line.map((line) => movedLine(line, entity, move)) }),
        SyncToken: String(Number(record.SyncToken) + 1),
      };
      putRecord(books, name, moved);
      if (name === 'Payment') indexPayment(books, moved, record);
    }
  }
  for (const child of recordsOf(books, entity)) {
    if (child.ParentRef?.value === from) putRecord(books, entity, { ...child, ParentRef: { value: into } });
  }
  if (entity === 'Customer') books.ledger.moveCustomer(from, into);
  forget(books, entity, from);
  return kept;
}

/**
 * What the screen calls deleting a customer, a product or a service: one that nothing refers to is gone, any other becomes inactive
 * as "X (deleted)".
 */
export function dropName(books: Books, kind: Kind, id: string): Record<string, unknown> {
  const record = recordOf(books, kind.name, id)!;
  const used =
    kinds.some(
      ({ name, sort }) => sort === 'transaction' && recordsOf(books, name).some((one) => refersTo(one, kind.name, id)),
    ) || recordsOf(books, kind.name).some((one) => one.ParentRef?.value === id);
  if (!used) {
    forget(books, kind.name, id);
    return { domain: 'QBO', status: 'Deleted', Id: id };
  }
  const name = `${record.DisplayName ?? record.Name} (deleted)`;
  const renamed = kind.sequence === 'names' ? { DisplayName: name } : { Name: name };
  const body = { Id: id, SyncToken: record.SyncToken, sparse: true, Active: false, ...renamed };
  return write(books, kind, 'update', body, { byPerson: true });
}

function refersTo(record: BookRecord, entity: string, id: string): boolean {
  if (entity === 'Customer' && record.CustomerRef?.value === id) return true;
  return (record.Line ?? []).some((line) => refOf(line, entity)?.value === id);
}

function refOf(line: Line, entity: string): Ref | undefined {
  return entity === 'Item' ? line.SalesItemLineDetail?.ItemRef : line.JournalEntryLineDetail?.Entity?.EntityRef;
}

function movedLine(line: Line, entity: string, move: (ref: Ref | undefined) => Ref | undefined): Line {
  const sale = line.SalesItemLineDetail;
  const entry = line.JournalEntryLineDetail;
  if (entity === 'Item' && sale?.ItemRef !== undefined) {
    return { ...line, SalesItemLineDetail: { ...sale, ItemRef: move(sale.ItemRef)! } };
  }
  if (entity === 'Customer' && entry?.Entity?.EntityRef !== undefined) {
    return {
      ...line,
      JournalEntryLineDetail: { ...entry, Entity: { ...entry.Entity, EntityRef: move(entry.Entity.EntityRef)! } },
    };
  }
  return line;
}

function forget(books: Books, entity: string, id: string): void {
  books.records.get(entity)?.delete(id);
  for (const [name, owner] of books.names) if (owner.kind === entity && owner.id === id) books.names.delete(name);
  books.deletions.push({ kind: entity, id, at: books.clock.now() });
}
