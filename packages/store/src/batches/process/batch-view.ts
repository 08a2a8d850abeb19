import type { BatchState } from '@ledgerpost/core';
import { and, desc, eq, lt, type SQL } from 'drizzle-orm';
import { drizzleOn } from '../../database/drizzle-on.ts';
import { decodeCursor, encodeCursor, type Page, pageOf } from '../../database/keyset.ts';
import type { Sql, Store } from '../../database/open-store.ts';
import { batches } from '../../schema/index.ts';

const COLUMNS = {
  id: batches.id,
  companyId: batches.companyId,
  target: batches.target,
  name: batches.name,
  state: batches.state,
  version: batches.version,
  plan: batches.plan,
  progress: batches.progress,
  totals: batches.totals,
  reason: batches.reason,
  waiting: batches.waiting,
  startedBy: batches.startedBy,
  startedById: batches.startedById,
  starterId: batches.starterId,
  startedAt: batches.startedAt,
  handedOverAt: batches.handedOverAt,
  endedAt: batches.endedAt,
  approvedBy: batches.approvedBy,
  decisionComment: batches.decisionComment,
  cancelRequestedBy: batches.cancelRequestedBy,
  confirmedBy: batches.confirmedBy,
  confirmedAt: batches.confirmedAt,
  retryOf: batches.retryOf,
  undoCount: batches.undoCount,
  connectionId: batches.connectionId,
  settingsVersion: batches.settingsVersion,
};

/** One batch as people see it. Pass `version` back to wait for the next change; `handedOverAt` is null until Temporal has it. */
export type BatchView = Readonly<Pick<typeof batches.$inferSelect, keyof typeof COLUMNS>>;

/** A company's batch, or undefined: another company's is undefined too. */
export async function getBatch(sql: Sql, companyId: string, batchId: string): Promise<BatchView | undefined> {
  const [batch] = await select(sql, and(eq(batches.id, batchId), eq(batches.companyId, companyId)), 1);
  return batch;
}

/** The batches of a company, newest first: their ids are UUIDv7, so the order of ids is that of starts. */
export async function listBatches(
  { sql }: Store,
  query: {
    companyId: string;
    target?: string | undefined;
    state?: BatchState | undefined;
    after?: string | undefined;
    limit: number;
  },
): Promise<Page<BatchView>> {
  const { companyId, target, state, limit } = query;
  const after = query.after === undefined ? undefined : (decodeCursor(query.after, 'batches', ['string'])[0] as string);
  const where = and(
    eq(batches.companyId, companyId),
    target === undefined ? undefined : eq(batches.target, target),
    state === undefined ? undefined : eq(batches.state, state),
    after === undefined ? undefined : lt(batches.id, after),
  );
  return pageOf(await select(sql, where, limit + 1), limit, (batch) => encodeCursor('batches', [batch.id]));
}

async function select(sql: Sql, where: SQL | undefined, limit: number): Promise<BatchView[]> {
  return drizzleOn(sql).select(COLUMNS).from(batches).where(where).orderBy(desc(batches.id)).limit(limit);
}
