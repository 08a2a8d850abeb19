import type { BatchedRef, Problem } from '@ledgerpost/core';
import type { Sql } from '../../database/open-store.ts';
import type { Range } from './freeze-items.ts';

/** The verdict on a range: those named are rejected or carry new warnings, all others of it are ready. */
export async function judgeItems(
  sql: Sql,
  range: Range,
  told: readonly { seq: number; rejected: boolean; problems: readonly Problem[] }[],
): Promise<void> {
  await sql`
    update batch_items i set state = case when t.rejected then 'rejected' else 'ready' end, problems = t.problems::jsonb
    from unnest(${told.map((t) => t.seq)}::int[], ${told.map((t) => String(t.rejected))}::text[]::bool[], ${told.map((t) => JSON.stringify(t.problems))}::text[]) t (seq, rejected, problems)
    where i.batch_id = ${range.batchId} and i.seq between ${range.fromSeq} and ${range.toSeq} and i.seq = t.seq and i.state = 'frozen'`;
  await sql`
    update batch_items set state = 'ready'
    where batch_id = ${range.batchId} and seq between ${range.fromSeq} and ${range.toSeq} and state = 'frozen'`;
}

export interface NeededName {
  readonly kind: 'customer' | 'item';
  readonly name: string;
  /** The account that an item wants; '' for none. */
  readonly account: string;
  readonly details?: unknown;
}

/** Remembers the names that documents use. Sorted, so that two chunks at once can't lock each other out. */
export async function rememberNames(sql: Sql, batchId: string, names: readonly NeededName[]): Promise<void> {
  if (names.length === 0) return;
  const sorted = [...names].sort((a, b) => (a.kind + a.name + a.account < b.kind + b.name + b.account ? -1 : 1));
  await sql`
    insert into batch_names (batch_id, kind, name, account, details)
    select ${batchId}::uuid, n.kind, n.name, n.account, n.details::jsonb
    from unnest(${sorted.map((n) => n.kind)}::text[], ${sorted.map((n) => n.name)}::text[], ${sorted.map((n) => n.account)}::text[],
      ${sorted.map((n) => (n.details === undefined ? null : JSON.stringify(n.details)))}::text[]) n (kind, name, account, details)
    on conflict do nothing`;
}

export interface CrossFinding {
  readonly seq: number;
  readonly type: string;
  readonly id: string;
  readonly number: string;
}

/** Ready documents whose number another document of the batch, or a standing posting of another record, has. */
export async function duplicateNumbers(sql: Sql, batchId: string): Promise<(CrossFinding & { other: string })[]> {
  return sql`
    with numbered as (
      select seq, type, record_id as id, kind, number, company_id, target,
        count(*) over (partition by kind, number) as times,
        first_value(record_id) over (partition by kind, number order by seq) as first_id,
        last_value(record_id) over (partition by kind, number order by seq rows between unbounded preceding and unbounded following) as last_id
      from batch_items
      where batch_id = ${batchId} and state in ('ready', 'rejected') and kind in ('invoice', 'creditMemo', 'payment', 'journal') and number <> ''
    )
    select n.seq, n.type, n.id, n.number,
      coalesce(case when n.times > 1 then case when n.first_id = n.id then n.last_id else n.first_id end end, p.record_id) as other
    from numbered n
    left join lateral (
      select record_id from postings p
      where p.company_id = n.company_id and p.target = n.target and p.kind = n.kind and p.number = n.number and p.standing
        and not (p.type = n.type and p.record_id = n.id) limit 1
    ) p on true
    where n.times > 1 or p.record_id is not null`;
}

/** Items (products or services) of the batch that would need more than one account, with the documents that use them. */
export async function itemsOnTwoAccounts(
  sql: Sql,
  batchId: string,
): Promise<(CrossFinding & { item: string; accounts: string[] })[]> {
  const clashes = await sql<{ name: string; accounts: string[] }[]>`
    select name, array_agg(account order by account) as accounts from batch_names
    where batch_id = ${batchId} and kind = 'item' group by name having count(*) > 1`;
  if (clashes.length === 0) return [];
  const names = clashes.map((c) => c.name);
  const users = await sql<(CrossFinding & { item: string })[]>`
    select i.seq, i.type, i.record_id as id, i.number, min(line->'item'->>'name') as item
    from batch_items i join batch_documents d using (batch_id, seq), jsonb_array_elements(d.document->'lines') line
    where i.batch_id = ${batchId} and i.state = 'ready' and i.kind in ('invoice', 'creditMemo') and line->'item'->>'name' = any(${names}::text[])
    group by i.seq, i.type, i.record_id, i.number order by i.seq`;
  return users.map((user) => ({ ...user, accounts: clashes.find((c) => c.name === user.item)?.accounts ?? [] }));
}

/**
 * Ready payments of the batch that are applied to an invoice of the same batch which won't be sent (`rejected`), or was
 * not posted (`refused`, `conflict`, `blocked`).
 */
export async function paymentsOfUnsentInvoices(
  sql: Sql,
  range: Range,
): Promise<(CrossFinding & { invoiceId: string; invoiceNumber: string })[]> {
  return sql`
    select i.seq, i.type, i.record_id as id, i.number, min(part->>'invoiceId') as "invoiceId", min(inv.number) as "invoiceNumber"
    from batch_items i join batch_documents d using (batch_id, seq) cross join lateral jsonb_array_elements(d.document->'applied') part
    cross join lateral (
      select * from batch_items
      where company_id = i.company_id and type = 'invoice' and record_id = part->>'invoiceId' and batch_id = i.batch_id offset 0
    ) inv
    where i.batch_id = ${range.batchId} and i.seq between ${range.fromSeq} and ${range.toSeq} and i.kind = 'payment' and i.state in ('ready', 'exported')
      and d.seq between ${range.fromSeq} and ${range.toSeq}
      and inv.state in ('rejected', 'blocked', 'refused', 'conflict')
      and not (inv.operation <> 'invoice.insert' and exists (select from postings p where p.company_id = inv.company_id and p.target = inv.target and p.type = 'invoice' and p.record_id = inv.record_id and p.standing))
    group by i.seq, i.type, i.record_id, i.number`;
}

/** Adds a problem to items and puts them in a state. */
export async function markItems(
  sql: Sql,
  batchId: string,
  state: 'rejected' | 'blocked',
  marks: readonly { seq: number; problem: Problem }[],
): Promise<void> {
  if (marks.length === 0) return;
  await sql`
    update batch_items i set state = ${state}, problems = coalesce(i.problems, '[]') || m.problem::jsonb
    from (select seq, jsonb_agg(p::jsonb) as problem from unnest(${marks.map((m) => m.seq)}::int[], ${marks.map((m) => JSON.stringify(m.problem))}::text[]) u (seq, p) group by seq) m
    where i.batch_id = ${batchId} and i.seq = any(${marks.map((m) => m.seq)}::int[]) and i.seq = m.seq and i.state in ('ready', 'rejected', 'exported')`;
}

/** What there is to say about a batch's documents: the first few, worst first, and how often each code occurs. */
export async function problemsOf(
  sql: Sql,
  batchId: string,
  limit: number,
): Promise<{ problems: (Problem & { number: string })[]; counts: Record<string, number> }> {
  // Whole, as they were written: taken apart into columns, a problem without a field would get one that is null.
  const problems = await sql<{ problem: Problem & { number: string } }[]>`
    select p || jsonb_build_object('number', i.number) as problem
    from batch_items i, jsonb_array_elements(i.problems) p
    where i.batch_id = ${batchId} and i.problems is not null
    order by case p->>'severity' when 'problem' then 0 when 'warning' then 1 else 2 end, i.seq limit ${limit}`;
  const counts = await sql<{ code: string; documents: number }[]>`
    select p->>'code' as code, count(distinct seq)::int as documents from batch_items, jsonb_array_elements(problems) p
    where batch_id = ${batchId} and problems is not null group by 1 order by 1`;
  return { problems: problems.map((row) => row.problem), counts: Object.fromEntries(counts.map((c) => [c.code, c.documents])) };
}

/** The names that a batch's documents use at the target: how many customers, and which items (the first 500). */
export async function namesIn(sql: Sql, batchId: string): Promise<{ customers: number; items: string[] }> {
  const [customers] = await sql<{ n: number }[]>`
    select count(distinct customer_id)::int as n from batch_items where batch_id = ${batchId} and state in ('ready', 'exported')`;
  const items = await sql<{ name: string }[]>`
    select distinct name from batch_names where batch_id = ${batchId} and kind = 'item' order by name limit 500`;
  return { customers: customers?.n ?? 0, items: items.map((item) => item.name) };
}

/** The records of a batch that a retry takes again. */
export async function itemsToRetry(sql: Sql, batchId: string): Promise<BatchedRef[]> {
  const rows = await sql<{ type: BatchedRef['type']; id: string }[]>`
    select type, record_id as id from batch_items where batch_id = ${batchId} and state in ('rejected', 'refused', 'blocked') order by seq`;
  return rows.map(({ type, id }) => ({ type, id }));
}
