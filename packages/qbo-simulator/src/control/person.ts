import { write } from '../api/write.ts';
import { type Books, putRecord, recordOf, recordsOf } from '../books/books.ts';
import type { BookRecord } from '../books/records.ts';
import { indexPayment } from '../entities/apply.ts';
import { refTo } from '../entities/checks.ts';
import type { Kind } from '../entities/kind.ts';
import { kindNamed } from '../entities/kinds.ts';

/** What a person does at the screen, while a client works. Ids are strings, amounts decimal. */
export type Act =
  | { act: 'edit'; entity: string; id: string; changes: Record<string, unknown> }
  | { act: 'create'; entity: string; record: Record<string, unknown> }
  | { act: 'delete'; entity: string; id: string }
  | { act: 'void'; entity: string; id: string }
  | { act: 'rename'; entity: string; id: string; name: string }
  | { act: 'deactivate'; entity: string; id: string }
  | { act: 'reactivate'; entity: string; id: string }
  | { act: 'deposit'; payments: readonly string[]; account: string }
  | { act: 'merge'; from: string; into: string }
  | { act: 'closeBooks'; date: string | null };

/** Carries out a person's act and returns the resulting record. Throws a Fault where the screen would refuse. */
export function actAsPerson(books: Books, act: Act): Record<string, unknown> {
  switch (act.act) {
    case 'create':
      return write(books, named(act.entity), 'create', act.record, { byPerson: true });
    case 'edit':
      return edit(books, act.entity, act.id, act.changes);
    case 'rename':
      return edit(
        books,
        act.entity,
        act.id,
        named(act.entity).sequence === 'names' ? { DisplayName: act.name } : { Name: act.name },
      );
    case 'deactivate':
      return edit(books, act.entity, act.id, { Active: false });
    case 'reactivate':
      return edit(books, act.entity, act.id, { Active: true });
    case 'delete':
    case 'void':
      return write(books, named(act.entity), act.act, handle(books, act.entity, act.id), { byPerson: true });
    case 'deposit': {
      const account = recordsOf(books, 'Account').find((one) => one.Name === act.account || one.Id === act.account);
      const lines = act.payments.map((id) => ({ LinkedTxn: [{ TxnId: id, TxnType: 'Payment', TxnLineId: '0' }] }));
      const record = { DepositToAccountRef: { value: account?.Id ?? act.account }, Line: lines };
      return write(books, named('Deposit'), 'create', record, { byPerson: true });
    }
    case 'merge':
      return merge(books, act.from, act.into);
    case 'closeBooks':
      books.preferences.bookCloseDate = act.date ?? undefined;
      return { bookCloseDate: act.date };
  }
}

function edit(books: Books, entity: string, id: string, changes: Record<string, unknown>): Record<string, unknown> {
  const body = { ...handle(books, entity, id), sparse: true, ...changes };
  return write(books, named(entity), 'update', body, { byPerson: true });
}

function handle(books: Books, entity: string, id: string): { Id: string; SyncToken: string } {
  const record = recordOf(books, entity, id);
  if (record === undefined) throw new Error(`There is no ${entity} ${id} in the books.`);
  return { Id: record.Id, SyncToken: record.SyncToken };
}

function named(entity: string): Kind {
  const kind = kindNamed(entity);
  if (kind === undefined) throw new Error(`${entity} is not a kind of record.`);
  return kind;
}

// The merged customer is deleted, and everything it had belongs to the other one.
function merge(books: Books, from: string, into: string): Record<string, unknown> {
  const kept = recordOf(books, 'Customer', into);
  const merged = recordOf(books, 'Customer', from);
  if (kept === undefined || merged === undefined)
    throw new Error(`Customers ${from} and ${into} can't be merged: one is not in the books.`);
  for (const kind of ['Invoice', 'Payment', 'CreditMemo', 'RefundReceipt']) {
    for (const record of recordsOf(books, kind)) {
      if (record.CustomerRef?.value !== from) continue;
      const moved: BookRecord = {
        ...record,
        CustomerRef: refTo(kept) ?? { value: into },
        SyncToken: String(Number(record.SyncToken) + 1),
      };
      putRecord(books, kind, moved);
      if (kind === 'Payment') indexPayment(books, moved, record);
    }
  }
  books.ledger.moveCustomer(from, into);
  books.records.get('Customer')?.delete(from);
  for (const [name, owner] of books.names) if (owner.kind === 'Customer' && owner.id === from) books.names.delete(name);
  books.deletions.push({ kind: 'Customer', id: from, at: books.clock.now() });
  return kept;
}
