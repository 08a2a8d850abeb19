import { COUNTED_ITEM_STATES } from '@ledgerpost/core';
import { drizzleOn } from '../../database/drizzle-on.ts';
import type { Sql } from '../../database/open-store.ts';
import { probe } from '../../database/probe.ts';
import { batchSums, type DocumentSums } from '../../schema/index.ts';
import { inRange, itsDocument, type Range } from '../items/item-parts.ts';

/** Keeps what the documents of a range that can be sent add up to. The caller judged all of the range in this very transaction. */
export async function keepSums(
  sql: Sql,
  { batchId, fromSeq, toSeq }: Range,
  { documents, sums }: { readonly documents: number; readonly sums: DocumentSums },
): Promise<void> {
  await drizzleOn(sql).insert(batchSums).values({ batchId, fromSeq, toSeq, documents, sums }).onConflictDoNothing();
}

/**
 * What the documents of a batch that count have in them, added up. Documents only ever leave what counts, and what the check of the
 * whole batch changes in one adds up to the same: so kept sums hold where as many count as did then. Other documents are read, once each.
 * @param documents how many count in all
 */
export async function sumsOf(sql: Sql, batchId: string, documents: number): Promise<DocumentSums> {
  const kept = await keptSums(sql, batchId);
  const parts = kept.filter((part) => part.counted === part.documents);
  const known = parts.reduce((sum, { counted }) => sum + counted, 0);
  if (known === documents) return together(parts.map(({ sums }) => sums));
  const read = await Promise.all(between(batchId, parts).map((range) => documentSums(sql, range)));
  return together([...parts.map(({ sums }) => sums), ...read]);
}

interface KeptSums {
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly documents: number;
  /** How many of the range count now. */
  readonly counted: number;
  readonly sums: DocumentSums;
}

async function keptSums(sql: Sql, batchId: string): Promise<KeptSums[]> {
  const counted = sql`
    select count(*)::int as counted from batch_items
    where batch_id = s.batch_id and seq between s.from_seq and s.to_seq and state in ${sql(COUNTED_ITEM_STATES)}`;
  return sql<KeptSums[]>`
    select s.from_seq as "fromSeq", s.to_seq as "toSeq", s.documents, s.sums, c.counted
    from batch_sums s ${probe(sql, 'c', counted)}
    where s.batch_id = ${batchId} order by s.from_seq`;
}

/** The ranges of a batch beside those. */
function between(batchId: string, parts: readonly KeptSums[]): Range[] {
  const ranges: Range[] = [];
  let next = 1;
  for (const { fromSeq, toSeq } of parts) {
    if (fromSeq > next) ranges.push({ batchId, fromSeq: next, toSeq: fromSeq - 1 });
    next = toSeq + 1;
  }
  return [...ranges, { batchId, fromSeq: next, toSeq: 2 ** 31 - 1 }];
}

interface DocumentSum {
  readonly what: 'tax' | 'line' | 'deposit';
  /** An account; '' for none. */
  readonly name: string;
  readonly class: string;
  readonly amount: number;
}

/** What the documents of a range have in them, added up: each document is read once. */
async function documentSums(sql: Sql, range: Range): Promise<DocumentSums> {
  const sums = await sql<DocumentSum[]>`
    select part.what, part.name, part.class,
      coalesce(sum(part.amount * case i.kind when 'creditMemo' then -1 else 1 end), 0)::bigint as amount
    from batch_items i ${itsDocument(sql)}
    cross join lateral (
      select 'tax' as what, '' as name, '' as class, (d.document->'tax'->>'amount')::bigint as amount where d.document ? 'tax'
      union all
      select 'line', coalesce(line->'item'->>'account', ''), coalesce(line->>'class', ''), (line->>'amount')::bigint
      from jsonb_array_elements(d.document->'lines') line where i.kind in ('invoice', 'creditMemo')
      union all
      select 'deposit', coalesce(d.document->>'depositTo', ''), '', (d.document->>'amount')::bigint
      where i.kind = 'payment' and d.document->>'operation' = 'payment.insert'
    ) part
    where ${inRange(sql, range)} and i.state in ${sql(COUNTED_ITEM_STATES)}
    group by 1, 2, 3`;
  const of = (what: DocumentSum['what']) => sums.filter((sum) => sum.what === what);
  return {
    tax: of('tax').reduce((tax, { amount }) => tax + amount, 0),
    accounts: summed(of('line').map(({ name, amount }) => [name, amount])),
    classes: summed(of('line').map((line) => [line.class, line.amount])),
    depositAccounts: summed(of('deposit').map(({ name, amount }) => [name, amount])),
  };
}

function together(parts: readonly DocumentSums[]): DocumentSums {
  const all = (of: (part: DocumentSums) => Readonly<Record<string, number>>) =>
    summed(parts.flatMap((part) => Object.entries(of(part))));
  return {
    tax: parts.reduce((sum, { tax }) => sum + tax, 0),
    accounts: all(({ accounts }) => accounts),
    classes: all(({ classes }) => classes),
    depositAccounts: all(({ depositAccounts }) => depositAccounts),
  };
}

function summed(pairs: readonly (readonly [string, number])[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [name, amount] of pairs) sums.set(name, (sums.get(name) ?? 0) + amount);
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}
