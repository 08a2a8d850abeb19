import { write } from '../api/write.ts';
import { type Books, recordOf, recordsOf } from '../books/books.ts';
import type { Kind } from '../entities/kind.ts';
import { kindNamed } from '../entities/kinds.ts';
import { dropName, mergeNames } from './merge-names.ts';

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
  /** Customers when left out. */
  | { act: 'merge'; entity?: 'Customer' | 'Item'; from: string; into: string }
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
      if (named(act.entity).sort === 'list') return dropName(books, named(act.entity), handle(books, act.entity, act.id).Id);
      return write(books, named(act.entity), 'delete', handle(books, act.entity, act.id), { byPerson: true });
    case 'void':
      return write(books, named(act.entity), act.act, handle(books, act.entity, act.id), { byPerson: true });
    case 'deposit': {
      const account = recordsOf(books, 'Account').find((one) => one.Name === act.account || one.Id === act.account);
      const lines = act.payments.map((id) => ({ LinkedTxn: [{ TxnId: id, TxnType: 'Payment', TxnLineId: '0' }] }));
      const record = { DepositToAccountRef: { value: account?.Id ?? act.account }, Line: lines };
      return write(books, named('Deposit'), 'create', record, { byPerson: true });
    }
    case 'merge':
      return mergeNames(books, act.entity ?? 'Customer', act.from, act.into);
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
