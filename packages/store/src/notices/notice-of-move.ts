import type { BatchState } from '@ledgerpost/core';
import { eq } from 'drizzle-orm';
import { drizzleOn } from '../database/drizzle-on.ts';
import type { Sql } from '../database/open-store.ts';
import { type batches, batchFiles } from '../schema/index.ts';
import { writeNotice } from './write-notice.ts';

/** Ends that leave something for a person to do. */
const WITH_PROBLEMS: readonly BatchState[] = [
  'posted-in-part',
  'nothing-posted',
  'stopped',
  'failed',
  'lapsed',
  'undone-in-part',
];
const POSTED: readonly BatchState[] = ['posted', 'posted-in-part'];

/** Writes what people are told of a batch's move. Nothing of the batch but its name and its reason goes out. */
export async function noticeOfMove(
  sql: Sql,
  batch: Readonly<Pick<typeof batches.$inferSelect, 'id' | 'companyId' | 'target' | 'name' | 'resumes' | 'undoCount'>>,
  to: BatchState,
  reason: { message: string } | undefined,
): Promise<void> {
  const told = to === 'held' || to === 'awaiting-approval' || POSTED.includes(to) || WITH_PROBLEMS.includes(to);
  if (!told) return;
  const { id: batchId, companyId, target, name, resumes, undoCount } = batch;
  const about = { companyId, page: `batches/${batchId}` };
  const facts = { name, target, ...(reason === undefined ? {} : { reason: reason.message }) };
  if (to === 'held') return writeNotice(sql, { ...about, matter: 'batch-held', subject: `${batchId}/${resumes}`, facts });
  if (to === 'awaiting-approval') return writeNotice(sql, { ...about, matter: 'approval-waiting', subject: batchId, facts });
  if (WITH_PROBLEMS.includes(to)) {
    const [left] = await sql<[{ count: number }]>`
      select count(*)::int as count from batch_items where batch_id = ${batchId} and state in ('rejected', 'blocked', 'refused', 'conflict')`;
    const subject = `${batchId}/${to}/${undoCount}`;
    await writeNotice(sql, { ...about, matter: 'batch-problems', subject, facts: { ...facts, end: to, count: left.count } });
  }
  if (!POSTED.includes(to)) return;
  const files = await drizzleOn(sql)
    .select({ batchId: batchFiles.batchId })
    .from(batchFiles)
    .where(eq(batchFiles.batchId, batchId))
    .limit(1);
  if (files.length > 0) await writeNotice(sql, { ...about, matter: 'files-ready', subject: batchId, facts });
}
