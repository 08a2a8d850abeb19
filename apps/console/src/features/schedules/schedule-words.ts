import type { Schedule, ScheduleRun } from '../../api/queries.ts';
import { timeOfDay } from '../../ui/show.ts';
import { listed, type Tone } from '../../ui/words.ts';

/** The records that a schedule sends, as the admin chooses them. */
export const SENDS: Readonly<Record<Schedule['send'], string>> = {
  everything: 'Everything in Unbatched',
  invoices: 'Invoices and credit memos',
  payments: 'Payments and refunds',
};

/** Monday first. */
export const DAYS: readonly (readonly [Schedule['days'][number], string])[] = [
  ['monday', 'Monday'],
  ['tuesday', 'Tuesday'],
  ['wednesday', 'Wednesday'],
  ['thursday', 'Thursday'],
  ['friday', 'Friday'],
  ['saturday', 'Saturday'],
  ['sunday', 'Sunday'],
];

/** The result of a run, with its look. */
export const OUTCOMES: Readonly<Record<ScheduleRun['outcome'], readonly [words: string, tone: Tone]>> = {
  started: ['Batch started', 'good'],
  'nothing-to-send': ['Nothing to send', 'plain'],
  'batch-open': ['Another batch was open', 'warn'],
  'needs-a-person': ['Needs your choice', 'warn'],
  refused: ['Refused', 'bad'],
  missed: ['Missed', 'warn'],
};

/** "Every weekday at 6:00 PM". */
export function dueInWords({ days, times }: Pick<Schedule, 'days' | 'times'>): string {
  return `${daysInWords(days)} at ${listed(times.map(timeOfDay))}`;
}

function daysInWords(days: Schedule['days']): string {
  const weekdays = DAYS.slice(0, 5).every(([day]) => days.includes(day));
  if (days.length === DAYS.length) return 'Every day';
  if (weekdays && days.length === 5) return 'Every weekday';
  return listed(DAYS.filter(([day]) => days.includes(day)).map(([, words]) => `${words}s`));
}

/** Whether the last run left something for a person to do. A batch that was open then may have ended since. */
export function needsAttention({ lastRun }: Pick<Schedule, 'lastRun'>): boolean {
  if (lastRun === null) return false;
  switch (lastRun.outcome) {
    case 'started':
    case 'nothing-to-send':
    case 'missed':
      return false;
    case 'batch-open':
      return lastRun.batch?.state === 'held' || lastRun.batch?.state === 'awaiting-approval';
    case 'needs-a-person':
    case 'refused':
      return true;
    default:
      return lastRun.outcome satisfies never;
  }
}

/** Whether the schedule is paused, here or in Temporal itself. */
export function isPaused({ paused, pausedInTemporal }: Pick<Schedule, 'paused' | 'pausedInTemporal'>): boolean {
  return paused !== null || pausedInTemporal !== null;
}
