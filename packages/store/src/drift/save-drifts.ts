import type { BatchedRef, Problem, ReadOutcome, Receipt } from '@ledgerpost/core';
import { and, eq, sql as expression } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { writeJournal } from '../access/journal.ts';
import { ENGINE } from '../batches/process/move-batch.ts';
import { drizzleOn, isAnyOf, NOW } from '../database/drizzle-on.ts';
import { lockCompany } from '../database/lock-company.ts';
import type { Sql } from '../database/open-store.ts';
import { type DriftSource, drifts } from '../schema/index.ts';
import { lastDriftSql } from './standing-documents.ts';

/** What a check found of one document that stands in the books. */
export interface SeenDocument {
  readonly postingId: number;
  readonly batchId: string;
  readonly seq: number;
  readonly record: BatchedRef;
  readonly number: string;
  /** Of the posting, when the document was read: if it is another one now, we wrote the document since. */
  readonly externalVersion: string | null;
  readonly status: ReadOutcome['status'];
  readonly problem?: Problem | undefined;
  readonly total?: number | undefined;
  readonly there?: Receipt | undefined;
  /** This drift is known, and somebody decided about it. */
  readonly decided: boolean;
  /** What was known of its drifts when it was read. */
  readonly lastDrift: string | null;
}

/**
 * Keeps what a check found: each drift once, however often it is seen. A document that a batch has at this moment is left for
 * the next check: our own write may be in the books and not yet here. So is a document about which somebody decided while it
 * was read, since a late attempt of a worker that seemed dead may report it.
 */
export async function saveDrifts(
  sql: Sql,
  check: { companyId: string; target: string; by: DriftSource },
  seen: readonly SeenDocument[],
): Promise<{ found: number; postponed: number }> {
  const drifting = seen.filter(({ status, decided }) => status !== 'same' && !decided);
  const same = seen.filter(({ status }) => status === 'same');
  await settle(sql, check.companyId, same);
  if (drifting.length === 0) return { found: 0, postponed: 0 };
  await lockCompany(sql, check.companyId);
  const ids = drifting.map(({ postingId }) => postingId);
  const now = await sql<{ id: number; version: string | null; busy: boolean; lastDrift: string | null }[]>`
    select p.id, ${lastDriftSql(sql)} as "lastDrift", p.facts->>'externalVersion' as version,
      b.state = 'undoing' or exists (
        select from batch_items i where i.company_id = p.company_id and i.target = p.target and i.type = p.type
          and i.record_id = p.record_id and i.claimed) as busy
    from postings p join batches b on b.id = p.batch_id where p.id = any(${ids}::bigint[]) and p.standing`;
  const standing = new Map(now.map((row) => [row.id, row]));
  let found = 0;
  let postponed = 0;
  for (const one of drifting) {
    const posting = standing.get(one.postingId);
    if (posting === undefined || posting.version !== one.externalVersion) continue;
    const { lastDrift, busy } = posting;
    if (busy || (lastDrift !== one.lastDrift && lastDrift?.endsWith(' open') !== true)) postponed++;
    else if (await keep(sql, check, one)) found++;
  }
  return { found, postponed };
}

/** Whether it is a new one. */
async function keep(
  sql: Sql,
  check: { companyId: string; target: string; by: DriftSource },
  one: SeenDocument,
): Promise<boolean> {
  const { companyId, target, by } = check;
  const { status, problem, there = null, total = null } = one;
  const [row] = await drizzleOn(sql)
    .insert(drifts)
    .values({
      ...{ id: uuidv7(), companyId, target, type: one.record.type, recordId: one.record.id },
      ...{ postingId: one.postingId, batchId: one.batchId, seq: one.seq, foundBy: by },
      ...{ status: status as 'changed' | 'gone', problem: problem!, there, total },
    })
    .onConflictDoUpdate({
      target: drifts.postingId,
      targetWhere: expression`state = 'open'`,
      set: { status: status as 'changed' | 'gone', problem: problem!, there, total, seenAt: NOW },
    })
    .returning({ id: drifts.id, isNew: expression<boolean>`xmax = 0` });
  if (row?.isNew !== true) return false;
  await writeJournal(sql, {
    companyId,
    actor: ENGINE,
    act: 'drift.found',
    subject: `${one.record.type}/${one.record.id}`,
    details: { drift: row.id, target, status: one.status, number: one.number, by, batch: one.batchId },
  });
  return true;
}

/** The books hold again what we posted: somebody corrected them. What was found after this was read stays open. */
async function settle(sql: Sql, companyId: string, same: readonly SeenDocument[]): Promise<void> {
  if (same.length === 0) return;
  const { id, target, type, recordId, postingId, state } = drifts;
  const postings = same.map((one) => one.postingId);
  const asRead = same.map(({ lastDrift }) => lastDrift ?? '');
  const settled = await drizzleOn(sql)
    .update(drifts)
    .set({ state: 'resolved', decidedBy: ENGINE, decidedAt: NOW })
    .where(
      and(
        isAnyOf(postingId, postings),
        eq(state, 'open'),
        expression`${id} || ' open' = any(${expression.param(asRead)}::text[])`,
      ),
    )
    .returning({ id, target, type, recordId });
  for (const { id, target, type, recordId } of settled) {
    const details = { drift: id, target };
    await writeJournal(sql, { companyId, actor: ENGINE, act: 'drift.settled', subject: `${type}/${recordId}`, details });
  }
}
