import { type CompanyFacts, type RecordRef, type RecordType, Refusal } from '@ledgerpost/core';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { writeJournal } from '../access/journal.ts';
import { targetsOf } from '../companies/company-targets.ts';
import { drizzleOn, NOW } from '../database/drizzle-on.ts';
import { lockCompany } from '../database/lock-company.ts';
import type { Sql, Store } from '../database/open-store.ts';
import { rowsOf } from '../database/rows-of.ts';
import { recordKeys, recordTwins } from '../schema/index.ts';
import { refreshStanding } from '../standing/refresh-standing.ts';

/** What a person decided about ids that files make. */
export type KeyAnswers = ReadonlyMap<string, { readonly answer: 'same' | 'another'; readonly recordId: string }>;

/** By `type/key`. There are as many as people decided. */
export async function keyAnswers(sql: Sql, companyId: string): Promise<KeyAnswers> {
  const rows = await drizzleOn(sql).select().from(recordKeys).where(eq(recordKeys.companyId, companyId));
  return new Map(rows.map(({ type, key, answer, recordId }) => [`${type}/${key}`, { answer, recordId }]));
}

export interface KeyAnswer {
  readonly type: RecordType;
  /** The id that the files make. */
  readonly key: string;
  readonly answer: 'same' | 'another';
  /** The record that it was held against. */
  readonly recordId: string;
}

/** Keeps decisions about ids that files make: `same` leads the id to the record that is there. */
export async function decideKeys(store: Store, companyId: string, answers: readonly KeyAnswer[], actor: string): Promise<void> {
  if (answers.length === 0) return;
  // One statement can't write a row twice: of several answers about one record, the last counts.
  const last = [...new Map(answers.map((one) => [`${one.type} ${one.key}`, one])).values()];
  await store.sql.begin(async (sql) => {
    await sql`
      insert into record_keys (company_id, type, key, answer, record_id, decided_by)
      select ${companyId}, n.type, n.key, n.answer, n.record_id, ${actor}
      from ${rowsOf(sql, last, { type: 'text', key: 'text', answer: 'text', recordId: 'text' })} n
      on conflict (company_id, type, key) do update
        set answer = excluded.answer, record_id = excluded.record_id, decided_by = excluded.decided_by, decided_at = now()`;
    await writeJournal(sql, {
      companyId,
      actor,
      act: 'crossing.decided',
      subject: 'records',
      details: { answers: answers.slice(0, 50), count: answers.length },
    });
  });
}

export type TwinRow = Readonly<typeof recordTwins.$inferSelect>;

/** Records of the API that may be ones that a file brought before, and nobody decided. */
export async function listTwins(sql: Sql, companyId: string): Promise<TwinRow[]> {
  return drizzleOn(sql)
    .select()
    .from(recordTwins)
    .where(and(eq(recordTwins.companyId, companyId), isNull(recordTwins.answer)))
    .orderBy(asc(recordTwins.foundAt), asc(recordTwins.id))
    .limit(500);
}

/**
 * Decides about a record of the API that may be one that a file brought before. `same`: it is never sent; the one that came first
 * counts. `another`: both are sent.
 * @throws Refusal `twin-decided`
 */
export async function decideTwin(
  store: Store,
  company: CompanyFacts,
  { type, id, answer, actor }: RecordRef & { answer: 'same' | 'another'; actor: string },
): Promise<void> {
  await store.sql.begin(async (sql) => {
    await lockCompany(sql, company.id);
    const [row] = await drizzleOn(sql)
      .update(recordTwins)
      .set({ answer, decidedBy: actor, decidedAt: NOW })
      .where(
        and(
          eq(recordTwins.companyId, company.id),
          eq(recordTwins.type, type),
          eq(recordTwins.id, id),
          isNull(recordTwins.answer),
        ),
      )
      .returning();
    if (row === undefined)
      throw new Refusal('twin-decided', `Nobody needs to decide whether ${type} ${id} is the same as another one.`);
    await writeJournal(sql, {
      companyId: company.id,
      actor,
      act: 'twin.decided',
      subject: `${type}/${id}`,
      details: { answer, twin: row.twinId },
    });
    for (const { target, delivery, settings } of await targetsOf(sql, company.id)) {
      const scope = { companyId: company.id, target, delivery, settings, currency: company.currency };
      await refreshStanding(sql, scope, [{ type: type as 'payment', id }]);
    }
  });
}
