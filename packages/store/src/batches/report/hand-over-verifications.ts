import { and, asc, eq, sql as expression, isNotNull, isNull, lt, type SQL } from 'drizzle-orm';
import { writeJournal } from '../../access/journal.ts';
import { drizzleOn, NOW } from '../../database/drizzle-on.ts';
import type { Sql } from '../../database/open-store.ts';
import { batches, batchVerifications } from '../../schema/index.ts';
import { ENGINE } from '../process/move-batch.ts';
import { endVerification, runningOf } from './verifications.ts';

/** A verification as it is given to Temporal. */
export interface OpenVerification
  extends Readonly<Pick<typeof batchVerifications.$inferSelect, 'companyId' | 'target' | 'batchId' | 'run' | 'startedBy'>> {
  readonly name: string;
  /** The highest item number of the batch. */
  readonly items: number;
}

/** Verifications that Temporal does not have yet; of one batch, or of any. */
export async function unhandedVerifications(sql: Sql, limit: number, batchId?: string): Promise<OpenVerification[]> {
  const ofBatch = batchId === undefined ? undefined : eq(batchVerifications.batchId, batchId);
  return running(sql, and(isNull(batchVerifications.handedOverAt), ofBatch), batchVerifications.startedAt, limit);
}

/** Verifications that Temporal has had for longer than so many seconds: their workflows should exist. */
export async function handedOverVerifications(sql: Sql, seconds: number, limit: number): Promise<OpenVerification[]> {
  const longAgo = lt(batchVerifications.handedOverAt, expression`now() - make_interval(secs => ${seconds})`);
  return running(sql, longAgo, batchVerifications.handedOverAt, limit);
}

async function running(
  sql: Sql,
  where: SQL | undefined,
  order: typeof batchVerifications.startedAt | typeof batchVerifications.handedOverAt,
  limit: number,
): Promise<OpenVerification[]> {
  const { companyId, target, batchId, run, startedBy, state } = batchVerifications;
  const items = expression<number>`coalesce((${batches.plan}->>'items')::int, 0)`;
  return drizzleOn(sql)
    .select({ companyId, target, batchId, name: batches.name, run, startedBy, items })
    .from(batchVerifications)
    .innerJoin(batches, eq(batches.id, batchId))
    .where(and(eq(state, 'running'), where))
    .orderBy(asc(order))
    .limit(limit);
}

export async function verificationHandedOver(sql: Sql, { batchId, run }: { batchId: string; run: number }): Promise<void> {
  await drizzleOn(sql)
    .update(batchVerifications)
    .set({ handedOverAt: NOW })
    .where(and(runningOf(batchId, run), isNull(batchVerifications.handedOverAt)));
}

/** How often a verification is handed over again before it fails. */
const MOST_LOSSES = 5;

/** A verification lost its workflow: it is handed over again, or fails if that happened too often. False if it has ended. */
export async function lostVerification(sql: Sql, { batchId, run }: { batchId: string; run: number }): Promise<boolean> {
  const losses = expression<number>`(
    select count(*)::int from journal
    where subject = 'batch/' || ${batchId}::text and act = 'batch.verification-lost' and details->>'run' = ${run}::text)`;
  const [lost] = await drizzleOn(sql)
    .update(batchVerifications)
    .set({ handedOverAt: null })
    .where(and(runningOf(batchId, run), isNotNull(batchVerifications.handedOverAt)))
    .returning({ companyId: batchVerifications.companyId, losses });
  if (lost === undefined) return false;
  if (lost.losses >= MOST_LOSSES) {
    const message = 'The verification lost its workflow again and again; an engineer must look into it.';
    await endVerification(sql, { batchId, run, reason: { code: 'engine-defect', message } });
    return false;
  }
  await writeJournal(sql, {
    companyId: lost.companyId,
    actor: ENGINE,
    act: 'batch.verification-lost',
    subject: `batch/${batchId}`,
    details: { run },
  });
  return true;
}
