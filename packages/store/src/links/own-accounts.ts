import { type DocumentItem, foldedName } from '@ledgerpost/core';
import type { Sql } from '../database/open-store.ts';
import { bookNamesOf } from './book-names.ts';
import { type Books, isBundle } from './books.ts';
import { linksOf } from './link-rows.ts';

/** The income accounts that items have in the books themselves, as they were read last. */
export interface OwnAccounts {
  /** Of the item that is linked, else of the only one of its name; undefined where the books have none, or none that is known. */
  of(item: Pick<DocumentItem, 'key' | 'name'>): string | undefined;
}

/** Reads the accounts that the items of a set of books have there. */
export async function ownAccounts(sql: Sql, books: Books): Promise<OwnAccounts> {
  const names = (await bookNamesOf(sql, books, 'item')).filter((one) => !one.gone && one.active && !isBundle(one));
  if (!names.some(({ account }) => account !== undefined)) return { of: () => undefined };
  const links = await linksOf(sql, books, 'item');
  const byId = new Map(names.map((name) => [name.externalId, name]));
  const byKey = new Map(links.map(({ key, externalId }) => [key, byId.get(externalId)?.account]));
  const byFull = Map.groupBy(names, ({ folded }) => folded);
  // One inside a category is found by its own name.
  const byOwn = Map.groupBy(names, ({ name }) => foldedName(name.slice(name.lastIndexOf(':') + 1)));
  return {
    of({ key, name }) {
      if (key !== undefined && byKey.has(key)) return byKey.get(key);
      // What was posted before items had keys.
      if (byKey.has(`name:${name}`)) return byKey.get(`name:${name}`);
      const folded = foldedName(name);
      const named = byFull.get(folded) ?? byOwn.get(folded) ?? [];
      return named.length === 1 ? named[0]!.account : undefined;
    },
  };
}

/** The same for the books that a company has at a target now. */
export async function ownAccountsAt(sql: Sql, companyId: string, target: string): Promise<OwnAccounts> {
  const [at] = await sql<{ environment: string; account: string }[]>`
    select coalesce(c.environment, '') as environment, coalesce(c.account, '') as account
    from company_targets t left join connections c on c.id = t.connection_id
    where t.company_id = ${companyId} and t.target = ${target}`;
  return at === undefined ? { of: () => undefined } : ownAccounts(sql, { companyId, target, ...at });
}
