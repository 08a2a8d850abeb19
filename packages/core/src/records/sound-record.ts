import { isDate } from '../values/dates.ts';
import type { RecordType } from '../values/ids.ts';
import { currencyDigits } from '../values/money.ts';
import type { SourceRecord } from './records.ts';

/**
 * Whether a record is beyond doubt what `parseRecord` accepts as it is. It knows less than the schemas and costs a fraction, so an
 * import asks it first. False says nothing: `parseRecord` decides, and words what is wrong. A test holds the two against each other.
 */
export function isSoundRecord(value: { readonly type: RecordType }, currency: string): value is SourceRecord {
  const digits = currencyDigits(currency);
  let checks = BY_DIGITS.get(digits);
  if (checks === undefined) {
    checks = buildChecks(digits);
    BY_DIGITS.set(digits, checks);
  }
  const check = checks[value.type];
  return check?.(value) === true;
}

type Check = (value: unknown) => boolean;
interface Member {
  readonly check: Check;
  readonly required: boolean;
}

const BY_DIGITS = new Map<number, Partial<Record<RecordType, Check>>>();

const text: Check = (value) => typeof value === 'string' && !value.includes('\0') && value.isWellFormed();
const id: Check = (value) => text(value) && (value as string).length > 0 && (value as string).length <= 64;
const bool: Check = (value) => typeof value === 'boolean';
const matching =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.includes(value as string);

/** Days come again and again. */
const KNOWN_DAYS = new Set<unknown>();
const MOST_DAYS = 5_000;
const day: Check = (value) => {
  if (KNOWN_DAYS.has(value)) return true;
  if (typeof value !== 'string' || value < '0001' || value.length !== 10 || !isDate(value)) return false;
  if (KNOWN_DAYS.size >= MOST_DAYS) KNOWN_DAYS.clear();
  KNOWN_DAYS.add(value);
  return true;
};

/** An object with these members and no others. */
function object(required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>>): Check {
  const members = new Map<string, Member>([
    ...Object.entries(required).map(([name, check]) => [name, { check, required: true }] as const),
    ...Object.entries(optional).map(([name, check]) => [name, { check, required: false }] as const),
  ]);
  const count = Object.keys(required).length;
  return (value) => {
    if (typeof value !== 'object' || value === null) return false;
    let found = 0;
    for (const name in value) {
      const member = members.get(name);
      if (member === undefined || !member.check((value as Readonly<Record<string, unknown>>)[name])) return false;
      if (member.required) found += 1;
    }
    return found === count;
  };
}

const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

function buildChecks(digits: number): Partial<Record<RecordType, Check>> {
  const whole = `\\d{1,${15 - digits}}`;
  const money = matching(new RegExp(digits === 0 ? `^-?${whole}$` : `^-?${whole}(?:\\.\\d{1,${digits}})?$`));
  const decimal = matching(/^-?\d{1,10}(?:\.\d{1,5})?$/);
  const price = matching(/^-?\d{1,10}(?:\.\d{1,7})?$/);
  const line = object(
    { quantity: decimal, unitPrice: price, amount: money },
    { serviceId: id, name: text, description: text, taxable: bool, accountingCategory: text },
  );
  // Parts of a tax have rules among each other, which the schemas know.
  const tax = object({ name: text, amount: money }, { rate: decimal });
  const document = { number: text, customerId: id, jobId: id, departmentId: id };
  return {
    customer: object({ type: oneOf('customer'), id }, { accountingKey: text, name: text, email: text, phone: text }),
    job: object({ type: oneOf('job'), id }, { number: text, customerId: id, departmentId: id }),
    invoice: object(
      {
        type: oneOf('invoice'),
        id,
        status: oneOf('draft', 'finalized', 'void'),
        date: day,
        lines: list(line),
        total: money,
      },
      { ...document, dueDate: day, memo: text, tax },
    ),
    payment: object(
      { type: oneOf('payment'), id, date: day, amount: money, status: oneOf('received', 'disputed', 'removed') },
      {
        reference: text,
        customerId: id,
        jobId: id,
        departmentId: id,
        method: text,
        fee: money,
        allocations: list(object({ invoiceId: id, amount: money }, {})),
      },
    ),
    refund: object({ type: oneOf('refund'), id, paymentId: id, date: day, amount: money }, { method: text, reason: text }),
  };
}
