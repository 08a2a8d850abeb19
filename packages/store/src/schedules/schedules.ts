import { isDeepStrictEqual } from 'node:util';
import { type BatchSchedule, type BatchState, OPEN_STATES, Refusal, type RunOutcome } from '@ledgerpost/core';
import { writeJournal } from '../access/journal.ts';
import { decodeCursor, encodeCursor, type Page, pageOf } from '../database/keyset.ts';
import type { Sql, Store } from '../database/open-store.ts';

/** A company's schedule at a target. */
export interface StoredSchedule {
  readonly companyId: string;
  readonly target: string;
  readonly schedule: BatchSchedule;
  readonly timeZone: string;
  readonly revision: number;
  readonly changedBy: string;
  readonly changedAt: Date;
  /** Null: it runs. */
  readonly pausedBy: string | null;
  readonly pausedAt: Date | null;
  readonly resumes: number;
  /** Whether Temporal has it as it is here; until then the sweeper tries. */
  readonly kept: boolean;
  /** The note of a pause that was made in Temporal itself; null: there is none that we know of. */
  readonly pausedThere: string | null;
}

/** One scheduled run, and what it came to. */
export interface ScheduleRun {
  readonly due: Date;
  /** Who asked for it beside the schedule; null: it was due. */
  readonly askedBy: string | null;
  readonly outcome: RunOutcome;
  /** A code of docs/errors.md, where no batch was started. */
  readonly code: string | null;
  /** Who does what next, in a sentence. */
  readonly message: string;
  /** The batch that it started, or that was in its way, as it is now. */
  readonly batch: { readonly id: string; readonly name: string; readonly state: BatchState } | null;
  readonly at: Date;
}

type Where = { readonly companyId: string; readonly target: string };

/**
 * Puts the schedule of a company at a target, which has one at most. One that is paused stays paused.
 * Says whether it is new. Throws `target-not-enabled`.
 */
export async function putSchedule(
  store: Store,
  order: Where & { schedule: BatchSchedule; actor: string },
): Promise<{ created: boolean }> {
  const { companyId, target, schedule, actor } = order;
  return store.sql.begin(async (sql) => {
    const [enabled] = await sql`select from company_targets where company_id = ${companyId} and target = ${target} for update`;
    if (enabled === undefined)
      throw new Refusal('target-not-enabled', `${companyId} is not enabled at ${target}. Enable the target first.`);
    const before = await findSchedule(sql, order);
    if (before !== undefined && isDeepStrictEqual(before.schedule, JSON.parse(JSON.stringify(schedule))))
      return { created: false };
    const content = sql`${JSON.stringify(schedule)}::text::jsonb`;
    await sql`
      insert into schedules as s (company_id, target, schedule, changed_by)
      values (${companyId}, ${target}, ${content}, ${actor})
      on conflict (company_id, target) do update set schedule = excluded.schedule, revision = s.revision + 1,
        changed_by = excluded.changed_by, changed_at = now(), removed_at = null,
        paused_by = case when s.removed_at is null then s.paused_by end,
        paused_at = case when s.removed_at is null then s.paused_at end,
        resumes = s.resumes + case when s.removed_at is null then 0 else 1 end`;
    await writeJournal(sql, {
      companyId,
      actor,
      act: 'schedule.changed',
      subject: `target/${target}`,
      details: { before: before?.schedule ?? null, after: schedule },
    });
    return { created: before === undefined };
  });
}

/** Takes the schedule away; its runs stay. Throws `not-found` if there is none. */
export async function removeScheduleOf(store: Store, order: Where & { actor: string }): Promise<void> {
  await store.sql.begin(async (sql) => {
    const before = await needSchedule(sql, order);
    await sql`
      update schedules set removed_at = now(), revision = revision + 1
      where company_id = ${order.companyId} and target = ${order.target}`;
    await noteOf(sql, order, 'schedule.removed', { before: before.schedule });
  });
}

/** Lets it rest: nothing starts by itself until it is resumed. Twice is harmless. Throws `not-found`. */
export async function pauseSchedule(store: Store, order: Where & { actor: string }): Promise<void> {
  await store.sql.begin(async (sql) => {
    const { pausedBy } = await needSchedule(sql, order);
    if (pausedBy !== null) return;
    await sql`
      update schedules set paused_by = ${order.actor}, paused_at = now(), revision = revision + 1
      where company_id = ${order.companyId} and target = ${order.target}`;
    await noteOf(sql, order, 'schedule.paused');
  });
}

/** Lets it run again, also one that was paused in Temporal itself. Throws `not-found`. */
export async function resumeSchedule(store: Store, order: Where & { actor: string }): Promise<void> {
  await store.sql.begin(async (sql) => {
    await needSchedule(sql, order);
    await sql`
      update schedules set paused_by = null, paused_at = null, resumes = resumes + 1, revision = revision + 1
      where company_id = ${order.companyId} and target = ${order.target}`;
    await noteOf(sql, order, 'schedule.resumed');
  });
}

export async function getSchedule(sql: Sql, where: Where): Promise<StoredSchedule | undefined> {
  return findSchedule(sql, where);
}

/** A company's schedules, by target. */
export async function listSchedules(sql: Sql, companyId: string): Promise<readonly StoredSchedule[]> {
  return sql<StoredSchedule[]>`
    select ${columns(sql)} from schedules s join companies c on c.id = s.company_id
    where s.company_id = ${companyId} and s.removed_at is null order by s.target`;
}

/** What Temporal is to be told of a schedule. */
export interface ScheduleToKeep extends StoredSchedule {
  /** To be taken away. */
  readonly removed: boolean;
}

/** Of one company and target, as Temporal is to have it. */
export async function scheduleToKeep(sql: Sql, { companyId, target }: Where): Promise<ScheduleToKeep | undefined> {
  const [row] = await sql<ScheduleToKeep[]>`
    select ${columns(sql)}, s.removed_at is not null as removed from schedules s join companies c on c.id = s.company_id
    where s.company_id = ${companyId} and s.target = ${target}`;
  return row;
}

/** Schedules that Temporal does not have as they are here, and those that were not looked at for so many seconds. */
export async function schedulesToKeep(sql: Sql, seconds: number, limit: number): Promise<readonly ScheduleToKeep[]> {
  return sql<ScheduleToKeep[]>`
    select ${columns(sql)}, s.removed_at is not null as removed from schedules s join companies c on c.id = s.company_id
    where ${keptSql(sql)} is not true or s.kept_at <= now() - make_interval(secs => ${seconds})
    order by s.kept_at nulls first limit ${limit}`;
}

/** Writes down that Temporal has that revision, by the clock of that zone; or that it could not be told now. */
export async function scheduleKept(
  sql: Sql,
  { companyId, target, revision, timeZone }: ScheduleToKeep,
  kept: { readonly pausedThere: string | null } | 'could-not-be-told',
): Promise<void> {
  const where = sql`where company_id = ${companyId} and target = ${target}`;
  if (kept === 'could-not-be-told') await sql`update schedules set kept_at = now() ${where}`;
  else
    await sql`
      update schedules set kept_revision = ${revision}, kept_time_zone = ${timeZone}, kept_at = now(),
        paused_there = ${kept.pausedThere} ${where}`;
}

/** Temporal has it no more: neither have we, unless it was put again meanwhile. */
export async function scheduleGone(sql: Sql, { companyId, target, revision }: ScheduleToKeep): Promise<void> {
  await sql`
    delete from schedules
    where company_id = ${companyId} and target = ${target} and revision = ${revision} and removed_at is not null`;
}

/** The open batch of a company at a target, which has one at most. */
export async function openBatchAt(
  sql: Sql,
  { companyId, target }: Where,
): Promise<{ id: string; name: string; state: BatchState; reason: { code: string; message: string } | null } | undefined> {
  const [row] = await sql<{ id: string; name: string; state: BatchState; reason: { code: string; message: string } | null }[]>`
    select id, name, state, reason from batches
    where company_id = ${companyId} and target = ${target} and state in ${sql([...OPEN_STATES])}`;
  return row;
}

/** Keeps what a run came to; of two for one moment the first counts, and is answered. */
export async function recordRun(
  sql: Sql,
  run: Where & Omit<ScheduleRun, 'at' | 'batch'> & { readonly batchId: string | null },
): Promise<ScheduleRun> {
  await sql`
    insert into schedule_runs (company_id, target, due, asked_by, outcome, code, message, batch_id)
    values (${run.companyId}, ${run.target}, ${run.due}, ${run.askedBy}, ${run.outcome}, ${run.code}, ${run.message}, ${run.batchId})
    on conflict do nothing`;
  return (await findRun(sql, run))!;
}

/** The run of that moment, if there was one. */
export async function findRun(sql: Sql, { companyId, target, due }: Where & { due: Date }): Promise<ScheduleRun | undefined> {
  const [row] = await sql<ScheduleRun[]>`
    select ${runColumns(sql)} where r.company_id = ${companyId} and r.target = ${target} and r.due = ${due}`;
  return row;
}

/** The runs of a company at a target, newest first. */
export async function listRuns(
  sql: Sql,
  { companyId, target, after, limit }: Where & { after?: string | undefined; limit: number },
): Promise<Page<ScheduleRun>> {
  const before = after === undefined ? null : (decodeCursor(after, 'schedule-runs', ['instant'])[0] as string);
  const rows = await sql<ScheduleRun[]>`
    select ${runColumns(sql)} where r.company_id = ${companyId} and r.target = ${target}
      ${before === null ? sql`` : sql`and r.due < ${before}::timestamptz`}
    order by r.due desc limit ${limit + 1}`;
  return pageOf(rows, limit, ({ due }) => encodeCursor('schedule-runs', [due.toISOString()]));
}

/** How many schedules there are in the installation, by what their last run came to; `none`: there was no run yet. */
export async function scheduleCounts(sql: Sql): Promise<readonly { last: RunOutcome | 'none'; schedules: number }[]> {
  return sql<{ last: RunOutcome | 'none'; schedules: number }[]>`
    select coalesce(r.outcome, 'none') as last, count(*)::int as schedules
    from schedules s left join lateral (
      select outcome from schedule_runs r where r.company_id = s.company_id and r.target = s.target order by due desc limit 1
    ) r on true
    where s.removed_at is null group by 1`;
}

/** How many schedules Temporal does not have as they are here. */
export async function schedulesNotTold(sql: Sql): Promise<number> {
  const [row] = await sql<{ schedules: number }[]>`
    select count(*)::int as schedules from schedules s join companies c on c.id = s.company_id where ${keptSql(sql)} is not true`;
  return row?.schedules ?? 0;
}

async function findSchedule(sql: Sql, { companyId, target }: Where): Promise<StoredSchedule | undefined> {
  const [row] = await sql<StoredSchedule[]>`
    select ${columns(sql)} from schedules s join companies c on c.id = s.company_id
    where s.company_id = ${companyId} and s.target = ${target} and s.removed_at is null`;
  return row;
}

async function needSchedule(sql: Sql, where: Where): Promise<StoredSchedule> {
  await sql`select from schedules where company_id = ${where.companyId} and target = ${where.target} for update`;
  return (await findSchedule(sql, where)) ?? noSchedule(where);
}

/** Refusal `not-found`. */
export function noSchedule({ companyId, target }: Where): never {
  throw new Refusal('not-found', `The company ${companyId} has no schedule at ${target}. Put one first.`);
}

async function noteOf(sql: Sql, order: Where & { actor: string }, act: string, details: object = {}): Promise<void> {
  const { companyId, target, actor } = order;
  await writeJournal(sql, { companyId, actor, act, subject: `target/${target}`, details: { ...details } });
}

function keptSql(sql: Sql) {
  return sql`(s.removed_at is null and s.kept_revision = s.revision and s.kept_time_zone = c.time_zone)`;
}

function columns(sql: Sql) {
  return sql`s.company_id as "companyId", s.target, s.schedule, c.time_zone as "timeZone", s.revision,
    s.changed_by as "changedBy", s.changed_at as "changedAt", s.paused_by as "pausedBy", s.paused_at as "pausedAt",
    s.resumes, coalesce(${keptSql(sql)}, false) as kept, s.paused_there as "pausedThere"`;
}

function runColumns(sql: Sql) {
  return sql`r.due, r.asked_by as "askedBy", r.outcome, r.code, r.message, r.at,
    case when b.id is not null then jsonb_build_object('id', b.id, 'name', b.name, 'state', b.state) end as batch
    from schedule_runs r left join batches b on b.id = r.batch_id and b.company_id = r.company_id`;
}
