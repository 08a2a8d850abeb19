import type { Sql } from '../../database/open-store.ts';
import { probeOrNull } from '../../database/probe.ts';
import { rowsOf } from '../../database/rows-of.ts';

/** The customer of a document, here and there. */
export interface ItemCustomer {
  readonly id: string;
  /** Its name here, as it is today. */
  readonly name: string;
  /** Its id in the books: the one that the document went to, else the one that it is linked to; null: none yet, or the books go by names. */
  readonly externalId: string | null;
  /** Its name there when the books were last read; null: unknown. */
  readonly nameInBooks: string | null;
}

/** The customers of documents of one batch, by their ids. `name` is the one in the document. */
export async function customersOf(
  sql: Sql,
  batchId: string,
  customers: readonly { readonly id: string; readonly name: string | null }[],
): Promise<ReadonlyMap<string, ItemCustomer>> {
  if (customers.length === 0) return new Map();
  const [books] = await sql<{ companyId: string; target: string; environment: string | null; account: string | null }[]>`
    select b.company_id as "companyId", b.target, c.environment, c.account
    from batches b left join connections c on c.id = b.connection_id where b.id = ${batchId}`;
  if (books === undefined) return new Map();
  const { companyId, target, environment, account } = books;
  const ofBooks = sql`company_id = ${companyId} and target = ${target} and environment = ${environment ?? ''} and account = ${account ?? ''}`;
  const record = sql`select content from records where company_id = ${companyId} and type = 'customer' and id = n.id`;
  const sent = sql`
    select external_id from batch_names
    where batch_id = ${batchId} and kind = 'customer' and name = n.name and key in (n.id, '') and external_id is not null limit 1`;
  const linked = sql`select external_id from links where ${ofBooks} and kind = 'customer' and key = n.id`;
  const there = sql`
    select name from book_names
    where ${ofBooks} and kind = 'customer' and external_id = coalesce(s.external_id, l.external_id)`;
  const unique = [...new Map(customers.map((one) => [`${one.id} ${one.name}`, one])).values()];
  const rows = await sql<ItemCustomer[]>`
    select n.id, coalesce(nullif(btrim(r.content->>'accountingKey'), ''), n.name, n.id) as name,
      coalesce(s.external_id, l.external_id) as "externalId", t.name as "nameInBooks"
    from ${rowsOf(sql, unique, { id: 'text', name: 'text' })} n
      ${probeOrNull(sql, 'r', record)} ${probeOrNull(sql, 's', sent)} ${probeOrNull(sql, 'l', linked)} ${probeOrNull(sql, 't', there)}`;
  return new Map(rows.map((row) => [row.id, row]));
}
