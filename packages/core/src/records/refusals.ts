import type { z } from 'zod';
import { currencyDigits } from '../values/money.ts';

/** Why a record was refused: the member, and a sentence with the reason and the next step. */
export interface RecordRefusal {
  /** `lines[2].amount`; '' for the record itself. */
  readonly field: string;
  readonly message: string;
}

/** What a schema found, in sentences that a person can act on. */
export function refusalsOf(error: z.ZodError, value: unknown, currency: string): readonly RecordRefusal[] {
  return error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return { field: fieldOf(issue.path), message: sentence(issue, value, currency) };
    return issue.keys.map((key) => ({
      field: fieldOf([...issue.path, key]),
      message: `${key} is not a member of ${issue.path.length === 0 ? 'this type of record' : fieldOf(issue.path)}. ${cureOf(key)}`,
    }));
  });
}

/** What to do about a member that no record has. */
function cureOf(key: string): string {
  if (key === 'taxes') return 'Send one tax with the whole amount, and what it is made of in tax.parts.';
  return 'Remove it, or correct its spelling.';
}

function sentence(issue: z.core.$ZodIssue, value: unknown, currency: string): string {
  const field = fieldOf(issue.path);
  const given = at(value, issue.path);
  if (given === undefined) return `${field} is missing. Send it.`;
  if (given === null) return `${field} is null. Leave it out if it has no value.`;
  switch (issue.code) {
    case 'invalid_format':
      if (issue.format === 'date') return `${field} is ${quote(given)}, which is not a day of the calendar. Send YYYY-MM-DD.`;
      return `${field} is ${quote(given)}. Send ${numberWanted(issue.path, currency)}.`;
    case 'invalid_type':
      if (typeof given === 'number' && issue.expected === 'string' && isNumber(issue.path)) {
        return `${field} is a JSON number. Send ${numberWanted(issue.path, currency)}, as a string, so that no digit is lost.`;
      }
      return `${field} is ${quote(given)}. Send ${WANTED[issue.expected] ?? issue.expected}.`;
    case 'invalid_value':
      return `${field} is ${quote(given)}. Send one of: ${issue.values.join(', ')}.`;
    case 'too_small':
      return `${field} is too short. Send at least ${issue.minimum} characters, or leave it out.`;
    case 'too_big':
      return `${field} is too long. Send at most ${issue.maximum} characters.`;
    default:
      return `${field} ${issue.message}`;
  }
}

const WANTED: Readonly<Record<string, string>> = {
  string: 'a string',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};
const FACTORS: ReadonlySet<PropertyKey> = new Set(['quantity', 'unitPrice', 'rate']);
const AMOUNTS: ReadonlySet<PropertyKey> = new Set(['amount', 'total', 'fee']);

function isNumber(path: readonly PropertyKey[]): boolean {
  const last = path.at(-1) ?? '';
  return FACTORS.has(last) || AMOUNTS.has(last);
}

function numberWanted(path: readonly PropertyKey[], currency: string): string {
  if (path.at(-1) === 'unitPrice') return 'a decimal number with at most 10 digits before and 7 after the point, like 14.3333333';
  if (FACTORS.has(path.at(-1) ?? '')) return 'a decimal number with at most 10 digits before and 5 after the point, like 0.333';
  const digits = currencyDigits(currency);
  if (digits === 0) return `whole ${currency}, because ${currency} has no digits after the point`;
  return `an amount in ${currency} with at most ${15 - digits} digits before and ${digits} after the point, like 188.${'76000'.slice(0, digits)}`;
}

function fieldOf(path: readonly PropertyKey[]): string {
  let field = '';
  for (const step of path) field += typeof step === 'number' ? `[${step}]` : field ? `.${String(step)}` : String(step);
  return field;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<PropertyKey, unknown>)[step];
  }
  return found;
}

export function quote(value: unknown): string {
  if (isTooLarge(value)) return TOO_LARGE;
  const json = JSON.stringify(value, (_, member) => (isTooLarge(member) ? TOO_LARGE : member));
  return json.length > 60 ? `${json.slice(0, 57)}…` : json;
}

/** `1e400` is well-formed JSON, and reads as infinity. Written again it would be `null`, which nobody sent. */
function isTooLarge(value: unknown): boolean {
  return typeof value === 'number' && !Number.isFinite(value);
}

const TOO_LARGE = 'a number that is too large to read';
