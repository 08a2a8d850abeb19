import { foldedName } from '@ledgerpost/core';
import { and, asc, eq } from 'drizzle-orm';
import { drizzleOn, isAnyOf } from '../../database/drizzle-on.ts';
import type { Sql } from '../../database/open-store.ts';
import { probe } from '../../database/probe.ts';
import { batchItems } from '../../schema/index.ts';
import { itsDocument } from './item-parts.ts';

/** A ready document that uses one of ours. */
export interface Use {
  readonly seq: number;
  readonly type: string;
  readonly id: string;
  readonly key: string;
}

/** The ready documents of a batch for these customers, in the batch's order. */
export async function usesOfCustomers(sql: Sql, batchId: string, keys: readonly string[]): Promise<readonly Use[]> {
  if (keys.length === 0) return [];
  const { seq, type, recordId: id, customerId: key } = batchItems;
  const rows = await drizzleOn(sql)
    .select({ seq, type, id, key })
    .from(batchItems)
    .where(and(eq(batchItems.batchId, batchId), eq(batchItems.state, 'ready'), isAnyOf(key, keys)))
    .orderBy(asc(seq));
  return rows.map((row) => ({ ...row, key: row.key! }));
}

/** The ready documents of a batch that sell these items, in the batch's order. */
export async function usesOfItems(sql: Sql, batchId: string, keys: readonly string[]): Promise<readonly Use[]> {
  if (keys.length === 0) return [];
  return sql<Use[]>`
    select i.seq, i.type, i.record_id as id, line -> 'item' ->> 'key' as key
    from batch_items i ${itsDocument(sql)}, jsonb_array_elements(d.document -> 'lines') line
    where i.batch_id = ${batchId} and i.state = 'ready' and i.kind in ('invoice', 'creditMemo')
      and line -> 'item' ->> 'key' = any(${[...keys]}::text[])
    group by 1, 2, 3, 4 order by i.seq`;
}

/** The customers of a batch's ready documents, each once, in the batch's order, with the first document of each. */
export async function customersInBatch(sql: Sql, batchId: string): Promise<readonly (Use & { readonly name: string })[]> {
  return sql<(Use & { name: string })[]>`
    select f.seq, i.type, i.record_id as id, f.key, d.document -> 'customer' ->> 'name' as name
    from (
      select customer_id as key, min(seq) as seq from batch_items
      where batch_id = ${batchId} and state = 'ready' and customer_id is not null group by customer_id
    ) f
    ${probe(sql, 'i', sql`select type, record_id, batch_id, seq from batch_items where batch_id = ${batchId} and seq = f.seq`)}
    ${itsDocument(sql)}
    where d.document -> 'customer' ->> 'name' is not null
    order by f.seq`;
}

/** The company's customers that have one of these names: their ids, by `foldedName`. */
export async function customersCalled(
  sql: Sql,
  companyId: string,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const all = await sql<{ id: string; name: string }[]>`
    select id, content ->> 'accountingKey' as name from records
    where company_id = ${companyId} and type = 'customer' and content ->> 'accountingKey' is not null`;
  const called = new Map<string, string[]>();
  for (const { id, name } of all) {
    const at = foldedName(name);
    if (wanted.has(at)) called.set(at, [...(called.get(at) ?? []), id]);
  }
  return called;
}
