import type { Sql } from '../database/open-store.ts';
import { newestRevisionOf } from '../records/newest-revision.ts';
import type { NameKind } from '../schema/index.ts';
import { type Books, inBooks } from './books.ts';
import type { Matcher } from './match-names.ts';

/** How many sets of names are kept; of each, everything that matching compares. */
const KEPT = 8;

const kept = new Map<string, { readonly stamp: string; readonly matcher: Matcher }>();

/**
 * The matcher of a kind in one set of books, read again only if something that it compares has changed: a page of a long list then
 * costs a glance at the database.
 */
export async function keptMatcher(sql: Sql, books: Books, kind: NameKind, open: () => Promise<Matcher>): Promise<Matcher> {
  const place = JSON.stringify([books.companyId, books.target, books.environment, books.account, kind]);
  const stamp = await stampOf(sql, books, kind);
  const known = kept.get(place);
  kept.delete(place);
  const matcher = known?.stamp === stamp ? known.matcher : await open();
  kept.set(place, { stamp, matcher });
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
  return matcher;
}

/** Differs if records, open records, settings, links, intents or names do. */
async function stampOf(sql: Sql, books: Books, kind: NameKind): Promise<string> {
  const { companyId, target } = books;
  const [row] = await sql<[Record<string, string | null>]>`
    select
      ${newestRevisionOf(sql, companyId)}::text as records,
      (select count(*) || '/' || max(revision) from open_records where company_id = ${companyId} and target = ${target}) as open,
      (select settings_version::text from company_targets where company_id = ${companyId} and target = ${target}) as settings,
      (select count(*) || '/' || coalesce(sum(hashtextextended(l::text, 0)::numeric), 0) from links l
        where ${inBooks(sql, 'l', books, kind)}) as links,
      (select count(*) || '/' || coalesce(sum(hashtextextended(l::text, 0)::numeric), 0) from link_intents l
        where ${inBooks(sql, 'l', books, kind)}) as intents,
      (select count(*) || '/' || count(*) filter (where gone) || '/' || sum(extract(epoch from read_at)) from book_names b
        where ${inBooks(sql, 'b', books, kind)}) as names`;
  return JSON.stringify(row);
}
