import {
  type BooksSettings,
  type DepartmentRecord,
  foldedName,
  itemOf,
  type ServiceRecord,
  type SourceLine,
} from '@ledgerpost/core';
import { shortHash } from '../database/hash.ts';
import type { Sql } from '../database/open-store.ts';
import { probeOrNull } from '../database/probe.ts';
import type { NameKind } from '../schema/index.ts';
import { type Books, inBooks } from './books.ts';
import { fromOpenLines } from './open-lines.ts';

/** A customer or item of ours that documents use, or that has a link. */
export interface OurName {
  readonly key: string;
  /** As the books should call it. */
  readonly name: string;
  /** `foldedName` of it. */
  readonly folded: string;
  /** How many open documents use it. */
  readonly documents: number;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/** What of ours has a document that is open or posted. What is posted has a link, so the past is not read. */
export async function ourNames(sql: Sql, books: Books, kind: NameKind, settings: BooksSettings): Promise<readonly OurName[]> {
  return kind === 'customer' ? ourCustomers(sql, books) : ourItems(sql, books, settings);
}

async function ourCustomers(sql: Sql, books: Books): Promise<readonly OurName[]> {
  const record = sql`
    select content from records where company_id = ${books.companyId} and type = 'customer' and id = u.key`;
  const rows = await sql<{ key: string; documents: number; name: string | null; email: string | null; phone: string | null }[]>`
    select u.key, u.documents, coalesce(nullif(btrim(r.content ->> 'accountingKey'), ''), u.name) as name,
      r.content ->> 'email' as email, r.content ->> 'phone' as phone
    from (
      select key, sum(documents)::int as documents, max(name) as name from (
        select customer_id as key, 1 as documents, null as name from open_records
        where company_id = ${books.companyId} and target = ${books.target} and customer_id is not null
        union all
        select l.key, 0, l.name from links l where ${inBooks(sql, 'l', books, 'customer')}
      ) used group by key
    ) u ${probeOrNull(sql, 'r', record)}`;
  return rows.flatMap(({ name, email, phone, ...row }) =>
    name === null ? [] : [{ ...row, name, folded: foldedName(name), email: email ?? undefined, phone: phone ?? undefined }],
  );
}

/** How a line is sorted: all lines of the same sort have the same item. */
interface LineSort {
  readonly serviceId: string | null;
  readonly name: string | null;
  readonly category: string | null;
  readonly below: boolean;
  readonly service: ServiceRecord | null;
  readonly department: DepartmentRecord | null;
  readonly documents: number;
}

async function ourItems(sql: Sql, books: Books, settings: BooksSettings): Promise<readonly OurName[]> {
  const { companyId } = books;
  const content = (type: 'service' | 'department', id: 'service_id' | 'department_id') =>
    sql`select content from records where company_id = ${companyId} and type = ${type} and id = s.${sql(id)}`;
  const sorts = await sql<LineSort[]>`
    select s.service_id as "serviceId", s.name, s.category, s.below, s.documents, v.content as service, d.content as department
    from (
      select line ->> 'serviceId' as service_id, line ->> 'accountingCategory' as category, line ->> 'amount' like '-%' as below,
        o.department_id, min(line ->> 'name') as name, count(distinct o.id)::int as documents
      ${fromOpenLines(sql, books)}
      -- A line's own name decides only where it has neither service nor category.
      group by 1, 2, 3, 4, case when line ? 'serviceId' or line ? 'accountingCategory' then null else line ->> 'name' end
    ) s ${probeOrNull(sql, 'v', content('service', 'service_id'))} ${probeOrNull(sql, 'd', content('department', 'department_id'))}`;
  const found = new Map<string, OurName>();
  for (const sort of sorts) {
    const line = {
      ...(sort.serviceId === null ? {} : { serviceId: sort.serviceId }),
      ...(sort.name === null ? {} : { name: sort.name }),
      ...(sort.category === null ? {} : { accountingCategory: sort.category }),
    } as SourceLine;
    const { key, name } = itemOf(line, sort.below, sort.service ?? undefined, sort.department ?? undefined, settings, shortHash);
    const documents = (found.get(key!)?.documents ?? 0) + sort.documents;
    found.set(key!, { key: key!, name, folded: foldedName(name), documents });
  }
  const linked = await sql<{ key: string; name: string; service: string | null }[]>`
    select l.key, l.name, r.content ->> 'name' as service
    from links l ${probeOrNull(
      sql,
      'r',
      sql`
      select content from records where company_id = ${companyId} and type = 'service' and id = substr(l.key, 9) and l.key like 'service:%'`,
    )}
    where ${inBooks(sql, 'l', books, 'item')}`;
  for (const { key, name, service } of linked) {
    const now = service ?? name;
    if (!found.has(key)) found.set(key, { key, name: now, folded: foldedName(now), documents: 0 });
  }
  return [...found.values()];
}
