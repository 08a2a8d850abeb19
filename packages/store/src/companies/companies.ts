import { type CompanyFacts, Refusal } from '@ledgerpost/core';
import { writeJournal } from '../access/journal.ts';
import { decodeCursor, encodeCursor, type Page, pageOf } from '../database/keyset.ts';
import { lockCompany } from '../database/lock-company.ts';
import type { Sql, Store } from '../database/open-store.ts';

/** Makes or renames a company. Throws `company-fixed` when records exist and currency or time zone would change. */
export async function putCompany(store: Store, company: CompanyFacts, actor: string): Promise<void> {
  await store.sql.begin(async (sql) => {
    await lockCompany(sql, company.id);
    const before = await findCompany(sql, company.id);
    if (before !== undefined && same(before, company)) return;
    if (before !== undefined) await refuseIfFixed(sql, before, company);
    await sql`
      insert into companies (id, name, time_zone, currency)
      values (${company.id}, ${company.name}, ${company.timeZone}, ${company.currency})
      on conflict (id) do update
        set name = excluded.name, time_zone = excluded.time_zone, currency = excluded.currency`;
    await writeJournal(sql, {
      companyId: company.id,
      actor,
      act: before === undefined ? 'company.created' : 'company.changed',
      subject: `company/${company.id}`,
      details: { before: before ?? null, after: { ...company } },
    });
  });
}

export async function getCompany(store: Store, id: string): Promise<CompanyFacts | undefined> {
  return findCompany(store.sql, id);
}

/** By id. */
export async function listCompanies(
  { sql }: Store,
  page: { after?: string | undefined; limit: number },
): Promise<Page<CompanyFacts>> {
  const after = page.after === undefined ? '' : (decodeCursor(page.after, 'companies', ['string'])[0] as string);
  const rows = await sql<CompanyFacts[]>`
    select id, name, time_zone as "timeZone", currency from companies
    where id > ${after} order by id limit ${page.limit + 1}`;
  return pageOf(rows, page.limit, (company) => encodeCursor('companies', [company.id]));
}

async function findCompany(sql: Sql, id: string): Promise<CompanyFacts | undefined> {
  const [row] = await sql<CompanyFacts[]>`
    select id, name, time_zone as "timeZone", currency from companies where id = ${id}`;
  return row;
}

function same(a: CompanyFacts, b: CompanyFacts): boolean {
  return a.name === b.name && a.timeZone === b.timeZone && a.currency === b.currency;
}

async function refuseIfFixed(sql: Sql, before: CompanyFacts, after: CompanyFacts): Promise<void> {
  if (before.currency === after.currency && before.timeZone === after.timeZone) return;
  const [used] = await sql`select from records where company_id = ${before.id} limit 1`;
  if (used === undefined) return;
  throw new Refusal(
    'company-fixed',
    `Company ${before.id} has records in ${before.currency} and days of ${before.timeZone}: neither can change any more. Make another company for ${after.currency} in ${after.timeZone}.`,
    { currency: before.currency, timeZone: before.timeZone },
  );
}
