import type { Problem } from '@ledgerpost/core';
import { markItems, ownAccounts, type Sql, type StoredName, usesOfItems, type WorkBatch } from '@ledgerpost/store';
import { booksIn } from './books-in.ts';
import { firstOfEach } from './first-of-each.ts';
import type { Named } from './link-problems.ts';
import { onOwnAccount, onTwoAccounts } from './link-problems.ts';

/**
 * Items that the books have on another account than the mapping wants. Where the books decide, the documents have the item's own account
 * already, and the first one of each says so. Else they are rejected, before anything is sent.
 */
export async function checkItemAccounts(sql: Sql, batch: WorkBatch, names: readonly StoredName[]): Promise<void> {
  const items = names.filter(({ kind, key, account }) => kind === 'item' && key !== '' && account !== '');
  if (items.length === 0) return;
  const decides = batch.settings.items?.account ?? 'mapping';
  const found = new Map<string, Problem>();
  if (decides === 'books') {
    for (const { key, name, account, details } of items) {
      const { mappedTo, need } = (details ?? {}) as { readonly mappedTo?: string; readonly need?: Named['details'] };
      if (mappedTo !== undefined)
        found.set(key, onOwnAccount({ kind: 'item', key, name, details: need ?? null }, account, mappedTo));
    }
    await markItems(sql, batch.id, undefined, firstOfEach(await usesOfItems(sql, batch.id, [...found.keys()]), found));
    return;
  }
  const books = await booksIn(sql, batch);
  const own = await ownAccounts(sql, books);
  for (const { key, name, account, details } of items) {
    const there = own.of({ key, name });
    const need = (details as { readonly need?: Named['details'] } | null)?.need ?? null;
    if (there !== undefined && there !== account)
      found.set(key, onTwoAccounts({ kind: 'item', key, name, details: need }, there, account));
  }
  const uses = await usesOfItems(sql, batch.id, [...found.keys()]);
  await markItems(
    sql,
    batch.id,
    'rejected',
    uses.map(({ seq, key }) => ({ seq, problem: found.get(key)! })),
  );
}
