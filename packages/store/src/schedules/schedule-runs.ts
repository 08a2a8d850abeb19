import { type BatchState, OPEN_STATES, type RunOutcome } from '@ledgerpost/core';
import { and, desc, eq, inArray, lt, type SQL } from 'drizzle-orm';
import { drizzleOn } from '../database/drizzle-on.ts';
import { decodeCursor, encodeCursor, type Page, pageOf } from '../database/keyset.ts';
import type { Sql } from '../database/open-store.ts';
import { writeNotice } from '../notices/write-notice.ts';
import { batches, scheduleRuns } from '../schema/index.ts';
import type { SchedulePlace } from './schedules.ts';

/** One scheduled run, and how it ended. */
export interface ScheduleRun {
  readonly due: Date;
  /** The person who asked for it beside the schedule; null: it was due. */
  readonly askedBy: string | null;
  readonly outcome: RunOutcome;
  /** A code of docs/errors.md, where no batch was started. */
  readonly code: string | null;
  /** The next step and who takes it, in a sentence. */
  readonly message: string;
  /** The batch that it started, or that was in its way, as it is now. */
  readonly batch: { readonly id: string; readonly name: string; readonly state: BatchState } | null;
  readonly at: Date;
}

/** The open batch of a company at a target; there is at most one. */
export async function openBatchAt(
  sql: Sql,
  { companyId, target }: SchedulePlace,
): Promise<Pick<typeof batches.$inferSelect, 'id' | 'name' | 'state' | 'reason'> | undefined> {
  const { id, name, state, reason } = batches;
  const [open] = await drizzleOn(sql)
    .select({ id, name, state, reason })
    .from(batches)
    .where(and(eq(batches.companyId, companyId), eq(batches.target, target), inArray(state, [...OPEN_STATES])));
  return open;
}

/** Keeps the outcome of a run; of two for one moment the first counts, and is returned. */
export async function recordRun(
  sql: Sql,
  run: SchedulePlace & Omit<ScheduleRun, 'at' | 'batch'> & { readonly batchId: string | null },
): Promise<ScheduleRun> {
  const { companyId, target, due, askedBy, outcome, code, message, batchId } = run;
  await drizzleOn(sql)
    .insert(scheduleRuns)
    .values({ companyId, target, due, askedBy, outcome, code, message, batchId })
    .onConflictDoNothing();
  if (askedBy === null && (outcome === 'needs-a-person' || outcome === 'refused')) {
    const subject = `${target}/${due.toISOString()}`;
    const facts = { target, end: outcome, reason: message };
    await writeNotice(sql, {
      companyId,
      matter: 'schedule-stopped',
      subject,
      facts,
      page: `books/${encodeURIComponent(target)}/schedule`,
    });
  }
  return (await findRun(sql, run))!;
}

/** The run of that moment, if there was one. */
export async function findRun(
  sql: Sql,
  { companyId, target, due }: SchedulePlace & { due: Date },
): Promise<ScheduleRun | undefined> {
  const [run] = await runs(sql, and(ofPlace({ companyId, target }), eq(scheduleRuns.due, due)), 1);
  return run;
}

/** The runs of a company at a target, newest first. */
export async function listRuns(
  sql: Sql,
  { companyId, target, after, limit }: SchedulePlace & { after?: string | undefined; limit: number },
): Promise<Page<ScheduleRun>> {
  const before = after === undefined ? undefined : (decodeCursor(after, 'schedule-runs', ['instant'])[0] as string);
  const older = before === undefined ? undefined : lt(scheduleRuns.due, new Date(before));
  const rows = await runs(sql, and(ofPlace({ companyId, target }), older), limit + 1);
  return pageOf(rows, limit, ({ due }) => encodeCursor('schedule-runs', [due.toISOString()]));
}

/** How many schedules there are in the installation, by the outcome of their last run; `none`: there was no run yet. */
export async function scheduleCounts(sql: Sql): Promise<readonly { last: RunOutcome | 'none'; schedules: number }[]> {
  return sql<{ last: RunOutcome | 'none'; schedules: number }[]>`
    select coalesce(r.outcome, 'none') as last, count(*)::int as schedules
    from schedules s left join lateral (
      select outcome from schedule_runs r where r.company_id = s.company_id and r.target = s.target order by due desc limit 1
    ) r on true
    where s.removed_at is null group by 1`;
}

function ofPlace({ companyId, target }: SchedulePlace): SQL | undefined {
  return and(eq(scheduleRuns.companyId, companyId), eq(scheduleRuns.target, target));
}

async function runs(sql: Sql, where: SQL | undefined, limit: number): Promise<ScheduleRun[]> {
  const { due, askedBy, outcome, code, message, at } = scheduleRuns;
  const { id, name, state } = batches;
  return drizzleOn(sql)
    .select({ due, askedBy, outcome, code, message, at, batch: { id, name, state } })
    .from(scheduleRuns)
    .leftJoin(batches, and(eq(id, scheduleRuns.batchId), eq(batches.companyId, scheduleRuns.companyId)))
    .where(where)
    .orderBy(desc(due))
    .limit(limit);
}
