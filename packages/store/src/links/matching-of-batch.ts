import { namesOf } from '../batches/items/names.ts';
import type { Sql } from '../database/open-store.ts';
import { type BooksScope, booksOf } from './books.ts';
import type { Matcher, MatchState } from './match-names.ts';
import { openMatcher } from './matching.ts';

/** How many of one kind are in each state. */
export type MatchCounts = Readonly<Record<MatchState, number>>;

/** How the customers and items of a batch stand to the books: those of all its documents, also of those that can't be sent. */
export async function matchingOfBatch(
  sql: Sql,
  scope: BooksScope,
  batchId: string,
): Promise<{ readonly customer: MatchCounts; readonly item: MatchCounts }> {
  const books = await booksOf(sql, scope);
  const used = await sql<{ key: string }[]>`
    select distinct customer_id as key from batch_items where batch_id = ${batchId} and customer_id is not null`;
  const customers = new Set(used.map(({ key }) => key));
  const items = new Set((await namesOf(sql, batchId)).filter(({ kind }) => kind === 'item').map(({ name }) => name));
  const customer = await openMatcher(sql, books, { kind: 'customer' });
  const item = await openMatcher(sql, books, { kind: 'item' });
  return {
    customer: countsOf(customer, ({ key }) => customers.has(key)),
    item: countsOf(item, ({ name }) => items.has(name)),
  };
}

function countsOf(matcher: Matcher, isUsed: (ours: Matcher['facts']['ours'][number]) => boolean): MatchCounts {
  const counts = { linked: 0, 'same-name': 0, similar: 0, 'only-here': 0, 'to-match': 0, broken: 0 };
  for (const ours of matcher.facts.ours) if (isUsed(ours)) counts[matcher.match(ours).state]++;
  return counts;
}
