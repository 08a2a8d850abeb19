import { type CompanyFacts, Refusal } from '@ledgerpost/core';
import { asc, eq, sql as expression, getTableColumns, gt } from 'drizzle-orm';
import { writeJournal } from '../access/journal.ts';
import { built, drizzleOn } from '../database/drizzle-on.ts';
import { decodeCursor, encodeCursor, type Page, pageOf } from '../database/keyset.ts';
import { lockCompany } from '../database/lock-company.ts';
import type { Sql, Store } from '../database/open-store.ts';
import { companies, records } from '../schema/index.ts';

const { createdAt: _, ...facts } = getTableColumns(companies);

/** Makes or renames a company. Throws `company-fixed` when records exist and currency or time zone would change. */
export async function putCompany(store: Store, company: CompanyFacts, actor: string): Promise<void> {
  await store.sql.begin(async (sql) => {
    await lockCompany(sql, company.id);
    const before = await findCompany(sql, company.id);
    if (before !== undefined && same(before, company)) return;
    if (before !== undefined) await refuseIfFixed(sql, before, company);
    const { id, name, timeZone, currency } = company;
    await drizzleOn(sql)
      .insert(companies)
      .values({ id, name, timeZone, currency })
      .onConflictDoUpdate({ target: companies.id, set: { name, timeZone, currency } });
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
  const rows = await drizzleOn(sql)
    .select(facts)
    .from(companies)
    .where(gt(companies.id, after))
    .orderBy(asc(companies.id))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit, (company) => encodeCursor('companies', [company.id]));
}

async function findCompany(sql: Sql, id: string): Promise<CompanyFacts | undefined> {
  const [company] = await oneCompany(sql, { id });
  return company;
}

const oneCompany = built((database) =>
  database
    .select(facts)
    .from(companies)
    .where(eq(companies.id, expression.placeholder('id'))),
);

function same(a: CompanyFacts, b: CompanyFacts): boolean {
  return a.name === b.name && a.timeZone === b.timeZone && a.currency === b.currency;
}

async function refuseIfFixed(sql: Sql, before: CompanyFacts, after: CompanyFacts): Promise<void> {
  if (before.currency === after.currency && before.timeZone === after.timeZone) return;
  const used = await drizzleOn(sql).select({ id: records.id }).from(records).where(eq(records.companyId, before.id)).limit(1);
  if (used.length === 0) return;
  throw new Refusal(
    'company-fixed',
    `Company ${before.id} has records in ${before.currency} with days of ${before.timeZone}, so neither can change any more. Make another company for ${after.currency} in ${after.timeZone}.`,
    { currency: before.currency, timeZone: before.timeZone },
  );
}
