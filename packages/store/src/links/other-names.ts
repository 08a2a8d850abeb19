import { foldedName } from '@ledgerpost/core';
import type { Sql } from '../database/open-store.ts';
import { probe, probeOrNull } from '../database/probe.ts';
import type { NameKind } from '../schema/index.ts';
import { type BooksScope, booksOf } from './books.ts';

/** One of ours that the books call otherwise. */
export interface OtherName {
  readonly kind: NameKind;
  readonly key: string;
  /** Our name of today. */
  readonly name: string;
  readonly externalId: string;
  /** Its name in the books when they were last read. */
  readonly nameInBooks: string;
}

/** What is linked to something that has another name in the books: renamed there, renamed here, or linked by a person. The first by name. */
export async function otherNames(sql: Sql, scope: BooksScope, limit: number): Promise<readonly OtherName[]> {
  const { companyId, target, environment, account } = await booksOf(sql, scope);
  const there = sql`
    select name from book_names
    where company_id = l.company_id and target = l.target and environment = l.environment and account = l.account and kind = l.kind
      and external_id = l.external_id and not gone`;
  const customer = sql`
    select nullif(btrim(content ->> 'accountingKey'), '') as name from records
    where company_id = l.company_id and type = 'customer' and id = l.key and l.kind = 'customer'`;
  const rows = await sql<OtherName[]>`
    select l.kind, l.key, coalesce(c.name, l.name) as name, l.external_id as "externalId", b.name as "nameInBooks"
    from links l ${probe(sql, 'b', there)} ${probeOrNull(sql, 'c', customer)}
    where l.company_id = ${companyId} and l.target = ${target} and l.environment = ${environment} and l.account = ${account}
      and lower(b.name) <> lower(coalesce(c.name, l.name))
    order by l.kind, coalesce(c.name, l.name), l.key
    limit ${limit}`;
  // The books keep plain quotes and dashes, which is no other name.
  return rows.filter(({ name, nameInBooks }) => foldedName(name) !== foldedName(nameInBooks));
}
