import { type Books, recordOf } from './books.ts';
import type { BookRecord, Line, Ref } from './records.ts';

/** A transaction with today's names beside the ids of its customers and items: QuickBooks keeps the ids alone. */
export function withFreshNames(books: Books, record: BookRecord): BookRecord {
  const customer = fresh(books, 'Customer', record.CustomerRef);
  const lines = record.Line?.map((line) => freshLine(books, line));
  return {
    ...record,
    ...(customer === undefined ? {} : { CustomerRef: customer }),
    ...(lines === undefined ? {} : { Line: lines }),
  };
}

function freshLine(books: Books, line: Line): Line {
  const sale = line.SalesItemLineDetail;
  const entry = line.JournalEntryLineDetail;
  if (sale?.ItemRef !== undefined) {
    return { ...line, SalesItemLineDetail: { ...sale, ItemRef: fresh(books, 'Item', sale.ItemRef)! } };
  }
  if (entry?.Entity?.EntityRef !== undefined) {
    const EntityRef = fresh(books, entry.Entity.Type ?? 'Customer', entry.Entity.EntityRef)!;
    return { ...line, JournalEntryLineDetail: { ...entry, Entity: { ...entry.Entity, EntityRef } } };
  }
  return line;
}

function fresh(books: Books, kind: string, ref: Ref | undefined): Ref | undefined {
  const record = recordOf(books, kind, ref?.value);
  const name = record?.DisplayName ?? record?.FullyQualifiedName ?? record?.Name;
  return ref === undefined || name === undefined || name === ref.name ? ref : { ...ref, name };
}
