import type { Schedule, ScheduleRun } from '../../api/queries.ts';
import type { Tone } from '../../ui/words.ts';

/** What is sent, as the admin chooses it. */
export const SENDS: Readonly<Record<Schedule['send'], string>> = {
  everything: 'Everything that is unbatched',
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

/** What a run came to, and how that looks. */
export const OUTCOMES: Readonly<Record<ScheduleRun['outcome'], readonly [words: string, tone: Tone]>> = {
  started: ['Batch started', 'good'],
  'nothing-to-send': ['Nothing to send', 'plain'],
  'batch-open': ['Batch open', 'warn'],
  'needs-a-person': ['Needs a person', 'warn'],
  refused: ['Refused', 'bad'],
  missed: ['Too late', 'warn'],
};

/** "Every weekday at 18:00". */
export function dueInWords({ days, times }: Pick<Schedule, 'days' | 'times'>): string {
  return `${daysInWords(days)} at ${listed(times)}`;
}

function daysInWords(days: Schedule['days']): string {
  const weekdays = DAYS.slice(0, 5).every(([day]) => days.includes(day));
  if (days.length === DAYS.length) return 'Every day';
  if (weekdays && days.length === 5) return 'Every weekday';
  return listed(DAYS.filter(([day]) => days.includes(day)).map(([, words]) => `${words}s`));
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Whether the last run left something for a person: a batch that was in its way may have ended since. */
export function wantsSomebody({ lastRun }: Pick<Schedule, 'lastRun'>): boolean {
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
