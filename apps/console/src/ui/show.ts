import { formatMoney, type Money } from '@ledgerpost/core';

/** Minor units as people write them: $1,234.50. The digits are those of the amount, never those of a double. */
export function money(amount: number, currency: string): string {
  const decimal = formatMoney(amount as Money, currency) as `${number}`;
  return formatterOf(currency).format(decimal);
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatterOf(currency: string): Intl.NumberFormat {
  const known = formatters.get(currency);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  formatters.set(currency, made);
  return made;
}

/** An instant in the company's own time. */
export function when(instant: string | null, timeZone: string): string {
  if (instant === null) return '';
  return new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(instant));
}

/** `name (id)`, as the API names who did something, without the id. */
export function who(actor: string): string {
  return actor.replace(/ \([0-9a-f]{12}\)$/, '');
}

/** Of counts, or of whole minor units. */
export function sum(numbers: Iterable<number>): number {
  let all = 0;
  for (const number of numbers) all += number;
  return all;
}
