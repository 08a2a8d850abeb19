import { isDate } from '../values/dates.ts';
import type { RecordType } from '../values/ids.ts';
import { currencyDigits } from '../values/money.ts';
import type { SourceRecord } from './records.ts';

/**
 * Whether a record is beyond doubt what `parseRecord` accepts as it is. It knows less than the schemas and costs a fraction, so an
 * import asks it first. False says nothing: `parseRecord` decides, and words what is wrong. A test holds the two against each other.
 */
export function isSoundRecord(value: unknown, currency: string): value is SourceRecord {
  if (typeof value !== 'object' || value === null) return false;
  const digits = currencyDigits(currency);
  let checks = BY_DIGITS.get(digits);
  if (checks === undefined) {
    checks = new Map(Object.entries(buildChecks(digits)));
    BY_DIGITS.set(digits, checks);
  }
  return checks.get((value as { readonly type?: unknown }).type)?.(value) === true;
}

type Check = (value: unknown) => boolean;
interface Member {
  readonly check: Check;
  readonly required: boolean;
}

const BY_DIGITS = new Map<number, ReadonlyMap<unknown, Check>>();

/** A look at each letter costs less than two calls, as long as there are few. */
const LONG = 64;
const text: Check = (value) => {
  if (typeof value !== 'string') return false;
  const { length } = value;
  if (length > LONG) return !value.includes('\0') && value.isWellFormed();
  for (let at = 0; at < length; at += 1) {
    const code = value.charCodeAt(at);
    if (code === 0) return false;
    // Half a letter, or one that has two halves.
    if (code >= 0xd800 && code <= 0xdfff) return !value.includes('\0') && value.isWellFormed();
  }
  return true;
};
const id: Check = (value) => text(value) && (value as string).length > 0 && (value as string).length <= 64;
const bool: Check = (value) => typeof value === 'boolean';
/** Digits, perhaps a minus before and a point among them: at least one and at most so many on each side of it. */
const decimalOf =
  (most: number, mostBehind: number): Check =>
  (value) => {
    if (typeof value !== 'string') return false;
    const { length } = value;
    const start = value.charCodeAt(0) === MINUS ? 1 : 0;
    let point = length;
    for (let at = start; at < length; at += 1) {
      const code = value.charCodeAt(at);
      if (code === POINT && point === length) point = at;
      else if (code < ZERO || code > NINE) return false;
    }
    const whole = point - start;
    const behind = length - point - 1;
    return whole >= 1 && whole <= most && (point === length || (behind >= 1 && behind <= mostBehind));
  };
const [MINUS, POINT, ZERO, NINE] = [45, 46, 48, 57];
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.includes(value as string);

const day: Check = (value) => typeof value === 'string' && isDate(value);

/** An object with these members and no others. */
function object(required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>>): Check {
  const members = new Map<string, Member>([
    ...Object.entries(required).map(([name, check]) => [name, { check, required: true }] as const),
    ...Object.entries(optional).map(([name, check]) => [name, { check, required: false }] as const),
  ]);
  const count = Object.keys(required).length;
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
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

function buildChecks(digits: number): Readonly<Record<RecordType, Check>> {
  const money = decimalOf(15 - digits, digits);
  const decimal = decimalOf(10, 5);
  const price = decimalOf(10, 7);
  // The taxes of lines, and the parts of a tax, have rules among each other, which the schemas know.
  const line = object(
    { quantity: decimal, unitPrice: price, amount: money },
    { serviceId: id, name: text, description: text, taxable: bool, accountingCategory: text, accountingClass: text },
  );
  const tax = object({ name: text, amount: money }, { rate: decimal });
  const address = object(
    {},
    { line1: text, line2: text, line3: text, city: text, region: text, postalCode: text, country: text },
  );
  const document = { number: text, customerId: id, jobId: id, departmentId: id, memo: text, serviceAddress: address, tax };
  const allocations = list(object({ invoiceId: id, amount: money }, {}));
  const names = { accountingCategory: text, accountingClass: text };
  return {
    customer: object(
      { type: oneOf('customer'), id },
      {
        accountingKey: text,
        name: text,
        company: text,
        email: text,
        phone: text,
        billingAddress: address,
        taxExempt: bool,
      },
    ),
    department: object({ type: oneOf('department'), id, name: text }, names),
    service: object({ type: oneOf('service'), id, name: text }, { ...names, description: text, taxable: bool }),
    job: object(
      { type: oneOf('job'), id },
      { number: text, customerId: id, departmentId: id, imported: bool, serviceAddress: address },
    ),
    invoice: object(
      {
        type: oneOf('invoice'),
        id,
        status: oneOf('draft', 'finalized', 'void'),
        date: day,
        lines: list(line),
        total: money,
      },
      { ...document, dueDate: day, terms: text },
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
        allocations,
      },
    ),
    refund: object(
      { type: oneOf('refund'), id, paymentId: id, date: day, amount: money },
      { method: text, reason: text, status: oneOf('issued', 'removed') },
    ),
    creditMemo: object(
      { type: oneOf('creditMemo'), id, date: day, lines: list(line), total: money },
      { ...document, invoiceId: id, allocations, status: oneOf('issued', 'removed') },
    ),
  };
}
