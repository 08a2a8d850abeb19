import { foldedName } from '@ledgerpost/core';
import type { Sql } from '../../database/open-store.ts';
import { probeOrNull } from '../../database/probe.ts';
import type { CrossFinding } from './cross-checks.ts';
import { itsDocument } from './item-parts.ts';
import type { StoredName } from './names.ts';

/** Items (products or services) among the batch's names that would need more than one account, with the documents that use them. */
export async function itemsOnTwoAccounts(
  sql: Sql,
  batchId: string,
  names: readonly StoredName[],
): Promise<(CrossFinding & { item: string; accounts: string[] })[]> {
  const accountsOf = new Map<string, Set<string>>();
  const spellings = spellingsOf(names, 'item', (key, { account }) => {
    accountsOf.set(key, (accountsOf.get(key) ?? new Set()).add(account));
  });
  const clashing = [...spellings].filter(([key]) => accountsOf.get(key)!.size > 1).flatMap(([, names]) => [...names]);
  if (clashing.length === 0) return [];
  const users = await sql<(CrossFinding & { item: string })[]>`
    select i.seq, i.type, i.record_id as id, i.number, min(line->'item'->>'name') as item
    from batch_items i ${itsDocument(sql)}, jsonb_array_elements(d.document->'lines') line
    where i.batch_id = ${batchId} and i.state = 'ready' and i.kind in ('invoice', 'creditMemo')
      and line->'item'->>'name' = any(${clashing}::text[])
    group by i.seq, i.type, i.record_id, i.number order by i.seq`;
  return users.map((user) => ({ ...user, accounts: [...(accountsOf.get(foldedName(user.item)) ?? [])].sort() }));
}

/**
 * Documents for customers among the batch's names that differ only in spelling, so that the books could treat both as one: with the
 * others that are spelled alike, by key (`''` where a batch of before keys has the name alone) and name.
 */
export async function customersInTwoSpellings(
  sql: Sql,
  batchId: string,
  names: readonly StoredName[],
): Promise<(CrossFinding & { customerId: string; customer: string; others: readonly { key: string; name: string }[] })[]> {
  const ofCustomers = names.filter(({ kind }) => kind === 'customer');
  const alike = Map.groupBy(ofCustomers, ({ name }) => foldedName(name));
  const clashing = [...alike.values()].flatMap((ones) =>
    [...new Set(ones.map(({ name }) => name))].filter((_, __, all) => all.length > 1),
  );
  if (clashing.length === 0) return [];
  const users = await sql<(CrossFinding & { customerId: string; customer: string })[]>`
    select i.seq, i.type, i.record_id as id, i.number, d.document->'customer'->>'id' as "customerId", d.document->'customer'->>'name' as customer
    from batch_items i ${itsDocument(sql)}
    where i.batch_id = ${batchId} and i.state = 'ready' and d.document->'customer'->>'name' = any(${clashing}::text[])
    order by i.seq`;
  return users.flatMap((user) => {
    const spelled = alike.get(foldedName(user.customer)) ?? [];
    const others = spelled.filter(({ key, name }) => name !== user.customer && key !== user.customerId);
    return others.length === 0 ? [] : [{ ...user, others: others.map(({ key, name }) => ({ key, name })) }];
  });
}

/** New invoices and credit memos whose number a document of the other kind has, in the batch or in the books. */
export async function numbersOfTwoKinds(
  sql: Sql,
  batchId: string,
  operations: ReadonlySet<string>,
): Promise<(CrossFinding & { kind: string })[]> {
  const kinds = new Set([...operations].map((operation) => operation.split('.')[0]));
  // To sort a batch that has one of them alone would find nothing.
  const within =
    kinds.has('invoice') && kinds.has('creditMemo')
      ? sql`min(kind) over (partition by number) <> max(kind) over (partition by number)`
      : sql`false`;
  return sql`
    with numbered as (
      select seq, type, record_id as id, kind, number, operation, state, company_id, target, ${within} as within
      from batch_items
      where batch_id = ${batchId} and state in ('ready', 'rejected') and kind in ('invoice', 'creditMemo') and number <> ''
    )
    select n.seq, n.type, n.id, n.number, n.kind
    from numbered n ${probeOrNull(
      sql,
      'p',
      sql`
      select record_id from postings
      where company_id = n.company_id and target = n.target and number = n.number and standing
        and kind = case n.kind when 'invoice' then 'creditMemo' else 'invoice' end limit 1`,
    )}
    where n.state = 'ready' and n.operation in ('invoice.insert', 'creditMemo.insert') and (n.within or p.record_id is not null)
    order by n.seq`;
}

/** The names of one kind that the batch uses, by what the books treat as one name. */
function spellingsOf(
  names: readonly StoredName[],
  kind: string,
  see: (key: string, name: { readonly account: string }) => void,
): ReadonlyMap<string, ReadonlySet<string>> {
  const spellings = new Map<string, Set<string>>();
  for (const name of names) {
    if (name.kind !== kind) continue;
    const key = foldedName(name.name);
    spellings.set(key, (spellings.get(key) ?? new Set()).add(name.name));
    see(key, name);
  }
  return spellings;
}
