import { type Money, showMoney } from '@ledgerpost/core';

/** Minor units as people write them: $1,234.50. */
export function money(amount: number, currency: string): string {
  return showMoney(amount as Money, currency);
}

/** An instant in the company's own time zone, which is named: Oct 3, 2026, 6:00 PM PDT. */
export function when(instant: string | null, timeZone: string): string {
  if (instant === null) return '';
  const day = { month: 'short', day: 'numeric', year: 'numeric' } as const;
  const time = { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const;
  return new Intl.DateTimeFormat('en-US', { ...day, ...time, timeZone }).format(new Date(instant));
}

const DAY = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });

/** A calendar day, which has no time zone: Oct 3, 2026. */
export function day(date: string | null): string {
  return date === null || !/^\d{4}-\d{2}-\d{2}$/.test(date) ? (date ?? '') : DAY.format(new Date(`${date}T00:00:00Z`));
}

/** A time of day as a clock shows it: 6:00 PM for 18:00. */
export function timeOfDay(time: string): string {
  const [hours, minutes] = time.split(':').map(Number);
  if (hours === undefined || minutes === undefined) return time;
  return `${hours % 12 === 0 ? 12 : hours % 12}:${String(minutes).padStart(2, '0')} ${hours < 12 ? 'AM' : 'PM'}`;
}

/** The size of a file: 812 bytes, 14 KB, 3.2 MB. */
export function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  const [amount, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'KB'] : [bytes / 1_000_000, 'MB'];
  return `${amount.toLocaleString('en-US', { maximumFractionDigits: amount < 10 ? 1 : 0 })} ${unit}`;
}

/** The person's or program's name; the API names an actor `name (id)`. */
export function actorName(actor: string): string {
  return actor.replace(/ \([0-9a-f]{12}\)$/, '');
}

/** Of counts, or of whole minor units. */
export function sum(numbers: Iterable<number>): number {
  let all = 0;
  for (const number of numbers) all += number;
  return all;
}
