import { createHash } from 'node:crypto';
import { ENGINE_QUEUE, SEARCH_ATTRIBUTES } from '@ledgerpost/workflows/names';
import {
  type CalendarSpecDescription,
  type Client,
  DAYS_OF_WEEK,
  type Range,
  ScheduleAlreadyRunning,
  type ScheduleDescription,
  ScheduleNotFoundError,
  type ScheduleSpecDescription,
  type ScheduleUpdateOptions,
} from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { PATIENCE } from '../start-options.ts';

/** Days as people and Temporal both write them. */
export type ScheduleDay = 'MONDAY' | 'TUESDAY' | 'WEDNESDAY' | 'THURSDAY' | 'FRIDAY' | 'SATURDAY' | 'SUNDAY';

/** What a Temporal Schedule should be: a workflow that the engine starts again and again, about one company at one target. */
export interface SchedulePlan {
  /** Readable, and permanent: `scheduled-batch:acme:qbo`. Temporal appends the time to it for the id of each workflow. */
  readonly id: string;
  /** The type of the workflow, and its argument: ids, never documents. It reads from its own search attribute when it was due. */
  readonly workflow: string;
  readonly order: object;
  readonly companyId: string;
  readonly target: string;
  /** For operators, at most 200 characters. */
  readonly summary: string;
  readonly when: ScheduleTimes;
  /** A run that Temporal could not start in time is started late, but no later than this many minutes. */
  readonly catchUpMinutes: number;
  readonly paused: boolean;
  /** Changes whenever somebody resumes it on our side: then a pause that was made in Temporal is lifted too. */
  readonly resumed?: string | undefined;
}

export type ScheduleTimes =
  /** At these times (`HH:MM`) of these days, in that time zone. */
  | {
      readonly by: 'clock';
      readonly days: readonly ScheduleDay[];
      readonly times: readonly string[];
      readonly timeZone: string;
    }
  /** Every so many minutes; which of them is the plan's own, so that not all companies come at once. */
  | { readonly by: 'interval'; readonly everyMinutes: number };

/** What keeping a schedule did. */
export interface KeptSchedule {
  /** `made`, `changed`, or the `same` as before. */
  readonly did: 'made' | 'changed' | 'same';
  /** Somebody paused it in Temporal itself, with this note: it stays paused. Null: nobody did. */
  readonly pausedThere: string | null;
}

/**
 * Makes Temporal's schedule agree with the plan, whatever it was before: absent, older, or edited manually. Safe to repeat.
 * One thing is left alone: a pause made in Temporal, which is how operators stop a schedule in an emergency. It is reported, and
 * ends when somebody resumes the schedule on our side. A pause on our side always counts.
 * Throws what the Temporal client throws.
 */
export async function keepSchedule(temporal: Client, plan: SchedulePlan): Promise<KeptSchedule> {
  return temporal.connection.withDeadline(Date.now() + PATIENCE, async () => {
    const handle = temporal.schedule.getHandle(plan.id);
    const before = await describe(temporal, plan.id);
    if (before === undefined) {
      try {
        await temporal.schedule.create({ scheduleId: plan.id, ...optionsOf(plan, plan.paused) });
        return { did: 'made', pausedThere: null };
      } catch (error) {
        // Another process was faster; its plan may be older than ours.
        if (error instanceof ScheduleAlreadyRunning) return keepSchedule(temporal, plan);
        throw error;
      }
    }
    const { paused, pausedThere } = pausesOf(before, plan);
    if (agrees(before, plan, paused)) return { did: 'same', pausedThere };
    await handle.update(() => optionsOf(plan, paused, pausedThere ?? undefined));
    return { did: 'changed', pausedThere };
  });
}

/** Removes a schedule; one that is not there counts as removed. Throws what the Temporal client throws. */
export async function removeSchedule(temporal: Client, id: string): Promise<void> {
  try {
    await temporal.connection.withDeadline(Date.now() + PATIENCE, () => temporal.schedule.getHandle(id).delete());
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}

/** The note of pauses that we made. */
const OUR_NOTE = 'Paused in Ledgerpost.';

async function describe(temporal: Client, id: string): Promise<ScheduleDescription | undefined> {
  try {
    return await temporal.schedule.getHandle(id).describe();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}

/** Whether it should be paused, and the note of a pause that was made in Temporal. */
function pausesOf(now: ScheduleDescription, plan: SchedulePlan): { paused: boolean; pausedThere: string | null } {
  const { paused, note } = now.state;
  const ours = note === OUR_NOTE;
  const lifted = (now.action.memo?.resumed ?? null) !== (plan.resumed ?? null);
  const pausedThere = paused && !ours && !lifted && !plan.paused ? (note ?? '') : null;
  return { paused: plan.paused || pausedThere !== null, pausedThere };
}

/** Whether Temporal has this plan, and nobody changed times or pause since. */
function agrees(now: ScheduleDescription, plan: SchedulePlan, paused: boolean): boolean {
  return now.action.memo?.plan === digestOf(plan) && now.state.paused === paused && timesOf(now.spec) === timesOf(specOf(plan));
}

function digestOf(plan: SchedulePlan): string {
  return createHash('sha256').update(JSON.stringify(plan)).digest('base64url').slice(0, 16);
}

function optionsOf(plan: SchedulePlan, paused: boolean, note = paused ? OUR_NOTE : '') {
  const { id, companyId, target, workflow, order, summary, resumed } = plan;
  const typedSearchAttributes = [
    { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.company, 'KEYWORD'), value: companyId },
    { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.target, 'KEYWORD'), value: target },
  ];
  return {
    spec: specOf(plan),
    action: {
      type: 'startWorkflow',
      workflowType: workflow,
      workflowId: id,
      taskQueue: ENGINE_QUEUE,
      args: [order],
      staticSummary: summary,
      typedSearchAttributes,
      memo: { startedBy: 'schedule', plan: digestOf(plan), ...(resumed === undefined ? {} : { resumed }) },
    },
    // One at a time: the run in progress does what the next one would do.
    policies: { overlap: 'SKIP', catchupWindow: plan.catchUpMinutes * 60_000 },
    typedSearchAttributes,
    state: { paused, note },
  } satisfies ScheduleUpdateOptions;
}

/** Spelled as Temporal returns it, so that the two can be compared. */
function specOf({ id, when }: SchedulePlan) {
  switch (when.by) {
    case 'clock':
      return {
        timezone: when.timeZone,
        calendars: when.times.map((time) => ({
          hour: [just(Number(time.slice(0, 2)))],
          minute: [just(Number(time.slice(3, 5)))],
          dayOfWeek: DAYS_OF_WEEK.filter((day) => when.days.includes(day)).map(just),
        })),
        intervals: [],
      };
    case 'interval': {
      const offset = (createHash('sha256').update(id).digest().readUInt32BE() % (when.everyMinutes * 60)) * 1_000;
      return { timezone: 'UTC', calendars: [], intervals: [{ every: when.everyMinutes * 60_000, offset }] };
    }
    default:
      return when satisfies never;
  }
}

function just<Unit>(value: Unit): Range<Unit> {
  return { start: value, end: value, step: 1 };
}

/** The times of a schedule, ours or Temporal's, as text to compare. */
function timesOf({ timezone, calendars = [], intervals = [], skip = [], startAt, endAt }: Times): string {
  const clock = calendars.map(({ hour, minute, dayOfWeek }) => ({ hour, minute, dayOfWeek }));
  const every = intervals.map(({ every, offset }) => ({ every, offset }));
  return JSON.stringify({ zone: timezone || 'UTC', clock, every, skip: skip.length, startAt, endAt });
}

type Times = Pick<ScheduleSpecDescription, 'timezone' | 'intervals' | 'startAt' | 'endAt'> & {
  readonly calendars?: readonly Pick<CalendarSpecDescription, 'hour' | 'minute' | 'dayOfWeek'>[];
  readonly skip?: readonly unknown[];
};
