import type { QboApi } from '../api/client.ts';
import type { Entity, Kind } from '../api/entities.ts';
import { isMarked } from '../payload/texts.ts';

/** How a document is recognized in the books. */
export interface Sought {
  readonly entity: Kind;
  readonly number: string;
  readonly marker: string;
  readonly ownNumbers: boolean;
  readonly customerId: string | undefined;
  readonly date: string | undefined;
}

/** What the books hold under one number. */
export interface Holding {
  /** The transaction with our marker for this very record. */
  readonly ours: Entity | undefined;
  /** Others of the same kind and number. */
  readonly others: readonly Entity[];
}

/**
 * Looks for documents in the books by number, and by customer and day where the books assign their own numbers. Only reads, with
 * one or two questions for each kind.
 */
export async function lookUp(api: QboApi, sought: readonly Sought[]): Promise<(one: Sought) => Holding> {
  const rows = new Map<Kind, readonly Entity[]>();
  for (const kind of new Set(sought.map(({ entity }) => entity))) {
    const wanted = sought.filter(({ entity }) => entity === kind);
    const numbers = wanted.map(({ number }) => number);
    const found = [...(await api.rowsIn(kind, NUMBER[kind], numbers))];
    const renumbered = wanted.filter(({ ownNumbers, customerId, date }) => !ownNumbers && customerId !== undefined && date);
    if (renumbered.length > 0) {
      const dates = renumbered.map(({ date }) => date!).sort();
      const between = `TxnDate >= '${dates[0]}' and TxnDate <= '${dates.at(-1)}'`;
      found.push(
        ...(await api.rowsIn(
          kind,
          'CustomerRef',
          renumbered.map(({ customerId }) => customerId!),
          between,
        )),
      );
    }
    // Both questions may find the same transaction.
    rows.set(kind, [...new Map(found.map((row) => [row.Id, row])).values()]);
  }
  return ({ entity, number, marker }) => {
    const all = rows.get(entity) ?? [];
    const ours = all.find((row) => isMarked(row.PrivateNote, marker));
    const others = all.filter((row) => row !== ours && numberOf(entity, row) === number);
    return { ours, others };
  };
}

const NUMBER: Readonly<Record<Kind, string>> = {
  Invoice: 'DocNumber',
  CreditMemo: 'DocNumber',
  JournalEntry: 'DocNumber',
  Payment: 'PaymentRefNum',
};

function numberOf(kind: Kind, row: Entity): string | undefined {
  return kind === 'Payment' ? row.PaymentRefNum : row.DocNumber;
}

/** Transactions by id, in bulk. Deleted ones are missing. */
export async function byId(api: QboApi, kind: Kind, ids: readonly string[]): Promise<ReadonlyMap<string, Entity>> {
  if (ids.length === 0) return new Map();
  return new Map((await api.rowsIn(kind, 'Id', ids)).map((row) => [row.Id, row]));
}
