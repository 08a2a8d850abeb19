import type { Selection } from './selection.ts';

/** Monday first, as in business calendars. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
/** One of them. */
export type Weekday = (typeof WEEKDAYS)[number];

/** When a company's batches to a target start automatically, and what they include: "every weekday at 18:00, everything". */
export interface BatchSchedule {
  /** At least one. */
  readonly days: readonly Weekday[];
  /** `HH:MM` in the company's time zone. */
  readonly times: readonly string[];
  /** The open records that are included. */
  readonly send: 'everything' | 'invoices' | 'payments';
  /** Only of this department. */
  readonly departmentId?: string | undefined;
  /** Warnings that an admin acknowledges in advance. A run that meets another warning starts no batch: a person must choose. */
  readonly acknowledge: readonly 'payments-without-invoices'[];
}

/**
 * How a scheduled run ended. `started`: a batch was started. `nothing-to-send`: nothing was open. `batch-open`: another batch has to
 * end first. `needs-a-person`: a person must choose. `refused`: the company can't batch there now. `missed`: the run could not be
 * started in time.
 */
export const RUN_OUTCOMES = ['started', 'nothing-to-send', 'batch-open', 'needs-a-person', 'refused', 'missed'] as const;
/** One of them. */
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

/** The longest delay, in minutes, after which a late run is still started. */
export const CATCH_UP_MINUTES = 360;

/** The selection that a scheduled batch is started with. */
export function selectionOf({ send, departmentId }: Pick<BatchSchedule, 'send' | 'departmentId'>): Selection {
  const choice =
    departmentId === undefined ? ({ choose: 'all' } as const) : ({ choose: 'filter', filter: { departmentId } } as const);
  switch (send) {
    case 'everything':
      return departmentId === undefined ? {} : { invoices: choice, payments: choice };
    case 'invoices':
      return { invoices: choice };
    case 'payments':
      return { payments: choice };
    default:
      return send satisfies never;
  }
}

/**
 * The next moments (milliseconds since 1970) at which the schedule is due. On a day when clocks change, a time that is skipped is
 * skipped, and a time that occurs twice is due twice. Temporal, which starts the runs, documents the same; in the hour around a
 * change, its server was seen to differ in some zones.
 */
export function nextRuns(
  { days, times }: Pick<BatchSchedule, 'days' | 'times'>,
  timeZone: string,
  afterMs: number,
  count: number,
): number[] {
  const due: number[] = [];
  const clock = clockIn(timeZone);
  const today = Math.floor(clock(afterMs) / DAY);
  for (let day = today - 1; due.length < count && day < today + 8 * (count + 2); day++) {
    // 1970 began on a Thursday.
    const weekday = WEEKDAYS[(day + 3) % 7]!;
    if (!days.includes(weekday)) continue;
    const moments = times.flatMap((time) => momentsOf(clock, day * DAY + minutesOf(time) * MINUTE));
    due.push(...moments.filter((moment) => moment > afterMs).sort((a, b) => a - b));
  }
  return due.slice(0, count);
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** The moments at which the clock shows that time: none or two where clocks change, else one. */
function momentsOf(clock: (ms: number) => number, shown: number): number[] {
  const guesses = [shown - DAY, shown + DAY].map((near) => shown - (clock(near) - near));
  return [...new Set(guesses)].filter((guess) => clock(guess) === shown);
}

/** The time that the zone's clock shows at a moment, as if it were UTC. */
function clockIn(timeZone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (ms) => {
    const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second);
  };
}
