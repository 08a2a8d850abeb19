import { type Candidate, Refusal } from '@ledgerpost/core';
import { eq } from 'drizzle-orm';
import { drizzleOn } from '../database/drizzle-on.ts';
import type { Fragment, Sql } from '../database/open-store.ts';
import { connections, type NameKind } from '../schema/index.ts';

/** A company's access to a target: its connection decides whose books they are. */
export interface BooksScope {
  readonly companyId: string;
  readonly target: string;
  readonly connectionId: string;
}

/** One set of books. Links, names and merges belong to it. Environment and account are '' at a target that has no connections. */
export interface Books {
  readonly companyId: string;
  readonly target: string;
  readonly environment: string;
  readonly account: string;
}

/** The customers, or the items, of one set of books. */
export interface BooksKind extends BooksScope {
  readonly kind: NameKind;
}

/** Whose books a connection opens. */
export async function booksOf(sql: Sql, { companyId, target, connectionId }: BooksScope): Promise<Books> {
  const { environment, account } = connections;
  const [row] = await drizzleOn(sql).select({ environment, account }).from(connections).where(eq(connections.id, connectionId));
  return { companyId, target, environment: row?.environment ?? '', account: row?.account ?? '' };
}

/** The same for people. @throws Refusal `not-connected` */
export async function connectedBooks(sql: Sql, scope: BooksScope): Promise<Books> {
  const books = await booksOf(sql, scope);
  if (books.account === '') {
    throw new Refusal(
      'not-connected',
      'The company was never connected to this target, so its customers and items are not known. Connect it first.',
    );
  }
  return books;
}

/** A group or a category: documents can't sell it. */
export function isBundle({ type }: Pick<Candidate, 'type'>): boolean {
  return type === 'Group' || type === 'Category' || type === 'Bundle';
}

/** Of a row with the name `alias`: it belongs to these books, and is of this kind. */
export function inBooks(sql: Sql, alias: string, books: Books, kind: NameKind): Fragment {
  const t = sql(alias) as unknown as Fragment;
  return sql`${t}.company_id = ${books.companyId} and ${t}.target = ${books.target} and ${t}.environment = ${books.environment}
    and ${t}.account = ${books.account} and ${t}.kind = ${kind}`;
}
