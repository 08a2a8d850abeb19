import { isDeepStrictEqual } from 'node:util';
import { type BatchSchedule, Refusal } from '@ledgerpost/core';
import { and, asc, eq, sql as expression, isNull, type SQL } from 'drizzle-orm';
import { writeJournal } from '../access/journal.ts';
import { drizzleOn, NOW } from '../database/drizzle-on.ts';
import type { Sql, Store } from '../database/open-store.ts';
import { companies, companyTargets, schedules } from '../schema/index.ts';

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
  /** The note of a pause that was made in Temporal itself; null: no such pause is known. */
  readonly pausedThere: string | null;
}

export type SchedulePlace = { readonly companyId: string; readonly target: string };

/**
 * Puts the schedule of a company at a target; there is at most one. A paused schedule stays paused.
 * Returns whether it is new. Throws `target-not-enabled`.
 */
export async function putSchedule(
  store: Store,
  order: SchedulePlace & { schedule: BatchSchedule; actor: string },
): Promise<{ created: boolean }> {
  const { companyId, target, schedule, actor } = order;
  return store.sql.begin(async (sql) => {
    const enabled = await drizzleOn(sql)
      .select({ target: companyTargets.target })
      .from(companyTargets)
      .where(and(eq(companyTargets.companyId, companyId), eq(companyTargets.target, target)))
      .for('update');
    if (enabled.length === 0)
      throw new Refusal('target-not-enabled', `${companyId} is not enabled at ${target}. Enable the target first.`);
    const before = await getSchedule(sql, order);
    if (before !== undefined && isDeepStrictEqual(before.schedule, JSON.parse(JSON.stringify(schedule))))
      return { created: false };
    await drizzleOn(sql)
      .insert(schedules)
      .values({ companyId, target, schedule, changedBy: actor })
      .onConflictDoUpdate({
        target: [schedules.companyId, schedules.target],
        set: {
          schedule,
          revision: expression`${schedules.revision} + 1`,
          changedBy: actor,
          changedAt: NOW,
          removedAt: null,
          // One that was removed runs again: its pause was removed with it.
          pausedBy: expression`case when ${schedules.removedAt} is null then ${schedules.pausedBy} end`,
          pausedAt: expression`case when ${schedules.removedAt} is null then ${schedules.pausedAt} end`,
          resumes: expression`${schedules.resumes} + case when ${schedules.removedAt} is null then 0 else 1 end`,
        },
      });
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

/** Removes the schedule; its runs stay. Throws `not-found` if there is none. */
export async function removeScheduleOf(store: Store, order: SchedulePlace & { actor: string }): Promise<void> {
  await store.sql.begin(async (sql) => {
    const before = await needSchedule(sql, order);
    await change(sql, order, { removedAt: NOW });
    await noteOf(sql, order, 'schedule.removed', { before: before.schedule });
  });
}

/** Pauses it: nothing starts by itself until it is resumed. Twice is harmless. Throws `not-found`. */
export async function pauseSchedule(store: Store, order: SchedulePlace & { actor: string }): Promise<void> {
  await store.sql.begin(async (sql) => {
    const { pausedBy } = await needSchedule(sql, order);
    if (pausedBy !== null) return;
    await change(sql, order, { pausedBy: order.actor, pausedAt: NOW });
    await noteOf(sql, order, 'schedule.paused');
  });
}

/** Resumes it, also one that was paused in Temporal itself. Throws `not-found`. */
export async function resumeSchedule(store: Store, order: SchedulePlace & { actor: string }): Promise<void> {
  await store.sql.begin(async (sql) => {
    await needSchedule(sql, order);
    await change(sql, order, { pausedBy: null, pausedAt: null, resumes: expression`${schedules.resumes} + 1` });
    await noteOf(sql, order, 'schedule.resumed');
  });
}

export async function getSchedule(sql: Sql, place: SchedulePlace): Promise<StoredSchedule | undefined> {
  const [schedule] = await storedSchedules(sql, and(atPlace(place), isNull(schedules.removedAt)));
  return schedule;
}

/** A company's schedules, by target. */
export async function listSchedules(sql: Sql, companyId: string): Promise<readonly StoredSchedule[]> {
  return storedSchedules(sql, and(eq(schedules.companyId, companyId), isNull(schedules.removedAt)));
}

/** Refusal `not-found`. */
export function noSchedule({ companyId, target }: SchedulePlace): never {
  throw new Refusal('not-found', `The company ${companyId} has no schedule at ${target}. Put one first.`);
}

/** Of one company and target, also while it is being removed. */
export function atPlace({ companyId, target }: SchedulePlace): SQL | undefined {
  return and(eq(schedules.companyId, companyId), eq(schedules.target, target));
}

/** Whether Temporal has the schedule as it is here; null for never. Asks for `companies` beside `schedules`. */
export const IS_KEPT = expression<
  boolean | null
>`(${schedules.removedAt} is null and ${schedules.keptRevision} = ${schedules.revision}
  and ${schedules.keptTimeZone} = ${companies.timeZone})`;

export const SCHEDULE_COLUMNS = {
  companyId: schedules.companyId,
  target: schedules.target,
  schedule: schedules.schedule,
  timeZone: companies.timeZone,
  revision: schedules.revision,
  changedBy: schedules.changedBy,
  changedAt: schedules.changedAt,
  pausedBy: schedules.pausedBy,
  pausedAt: schedules.pausedAt,
  resumes: schedules.resumes,
  kept: expression<boolean>`coalesce(${IS_KEPT}, false)`,
  pausedThere: schedules.pausedThere,
};

async function storedSchedules(sql: Sql, where: SQL | undefined): Promise<StoredSchedule[]> {
  return drizzleOn(sql)
    .select(SCHEDULE_COLUMNS)
    .from(schedules)
    .innerJoin(companies, eq(companies.id, schedules.companyId))
    .where(where)
    .orderBy(asc(schedules.target));
}

async function needSchedule(sql: Sql, place: SchedulePlace): Promise<StoredSchedule> {
  await drizzleOn(sql).select({ target: schedules.target }).from(schedules).where(atPlace(place)).for('update');
  return (await getSchedule(sql, place)) ?? noSchedule(place);
}

async function change(
  sql: Sql,
  place: SchedulePlace,
  to: { [K in 'pausedBy' | 'pausedAt' | 'removedAt' | 'resumes']?: SQL | string | null },
): Promise<void> {
  await drizzleOn(sql)
    .update(schedules)
    .set({ ...(to as object), revision: expression`${schedules.revision} + 1` })
    .where(atPlace(place));
}

async function noteOf(sql: Sql, order: SchedulePlace & { actor: string }, act: string, details: object = {}): Promise<void> {
  const { companyId, target, actor } = order;
  await writeJournal(sql, { companyId, actor, act, subject: `target/${target}`, details: { ...details } });
}
