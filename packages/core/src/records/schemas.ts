import { z } from 'zod';
import { type BatchSchedule, WEEKDAYS } from '../batch/schedule.ts';
import { approvalSettings } from '../batch/schemas.ts';
import type { ListChoice, ListFilter, Selection } from '../batch/selection.ts';
import type { BooksSettings, CompanyFacts } from '../settings/settings.ts';
import { isTimeZone } from '../values/dates.ts';
import { BATCHED_TYPES, type List, RECORD_TYPES, type RecordType } from '../values/ids.ts';
import { currencyDigits } from '../values/money.ts';
import type { SourceRecord } from './records.ts';
import { quote, type RecordRefusal, refusalsOf } from './refusals.ts';
import { lineTaxesRefusal, taxPartsRefusal } from './tax-parts.ts';

/**
 * Reads one source record of a company with that currency. Refuses only a shape that can't be read: a record that is merely
 * wrong (no customer, totals that don't add up) is accepted and gets a problem later. A member without a value is left out;
 * `null` is refused, because two spellings of "no value" would make two contents out of one.
 */
export function parseRecord(
  value: unknown,
  currency: string,
): { readonly ok: true; readonly record: SourceRecord } | { readonly ok: false; readonly refusals: readonly RecordRefusal[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, refusals: [{ field: '', message: 'A record is a JSON object. Send one object per record.' }] };
  }
  const type = (value as { type?: unknown }).type;
  if (!isRecordType(type)) {
    const fault = type === undefined ? 'is missing' : `is ${quote(type)}, which is not a type of record`;
    return { ok: false, refusals: [{ field: 'type', message: `The type ${fault}. Use one of: ${RECORD_TYPES.join(', ')}.` }] };
  }
  const schema = schemasFor(currencyDigits(currency))[type];
  const result = schema.safeParse(value);
  if (!result.success) return { ok: false, refusals: refusalsOf(result.error, value, currency) };
  const record = result.data as SourceRecord;
  const refusal = taxPartsRefusal(record, currency) ?? lineTaxesRefusal(record, currency);
  return refusal === undefined ? { ok: true, record } : { ok: false, refusals: [refusal] };
}

export type { RecordRefusal } from './refusals.ts';
export { isSoundRecord } from './sound-record.ts';

const DECIMAL_UP_TO_5 = /^-?\d{1,10}(?:\.\d{1,5})?$/;
/** QuickBooks keeps prices with up to 7 digits, and so do systems that compute a price from an amount. */
const DECIMAL_UP_TO_7 = /^-?\d{1,10}(?:\.\d{1,7})?$/;

/** Text that can be stored: Postgres stores neither NUL nor half of a surrogate pair. */
const text = z.string().refine((s) => !s.includes('\0') && s.isWellFormed(), {
  error: 'has a character that cannot be stored (NUL, or half of a surrogate pair). Remove it.',
});
const id = text.min(1).max(64);
const day = z.iso.date().refine((date) => date >= '0001', { error: 'is before the year 1. Correct the date.' });
const decimal = z.string().regex(DECIMAL_UP_TO_5);
const price = z.string().regex(DECIMAL_UP_TO_7);

/** A pattern, not a check, so that the API's documentation shows it. Never more digits in all than a safe integer holds. */
function moneyPattern(digits: number): RegExp {
  const whole = `\\d{1,${15 - digits}}`;
  return new RegExp(digits === 0 ? `^-?${whole}$` : `^-?${whole}(?:\\.\\d{1,${digits}})?$`);
}

function buildSchemas(digits: number) {
  const money = z.string().regex(moneyPattern(digits));
  const line = z.strictObject({
    serviceId: id.optional(),
    name: text.optional(),
    description: text.optional(),
    quantity: decimal,
    unitPrice: price,
    amount: money,
    taxable: z.boolean().optional(),
    accountingCategory: text.optional(),
    accountingClass: text.optional(),
    tax: z.strictObject({ name: text.optional(), amount: money }).optional(),
  });
  const taxPart = z.strictObject({ name: text, rate: decimal.optional(), amount: money });
  const tax = taxPart.extend({ parts: z.array(taxPart).optional() });
  const address = z.strictObject({
    line1: text.optional(),
    line2: text.optional(),
    line3: text.optional(),
    city: text.optional(),
    region: text.optional(),
    postalCode: text.optional(),
    country: text.optional(),
  });
  return {
    customer: z.strictObject({
      type: z.literal('customer'),
      id,
      accountingKey: text.optional(),
      name: text.optional(),
      company: text.optional(),
      email: text.optional(),
      phone: text.optional(),
      billingAddress: address.optional(),
      taxExempt: z.boolean().optional(),
    }),
    department: z.strictObject({
      type: z.literal('department'),
      id,
      name: text,
      accountingCategory: text.optional(),
      accountingClass: text.optional(),
    }),
    service: z.strictObject({
      type: z.literal('service'),
      id,
      name: text,
      description: text.optional(),
      accountingCategory: text.optional(),
      accountingClass: text.optional(),
      taxable: z.boolean().optional(),
    }),
    job: z.strictObject({
      type: z.literal('job'),
      id,
      number: text.optional(),
      customerId: id.optional(),
      departmentId: id.optional(),
      imported: z.boolean().optional(),
      serviceAddress: address.optional(),
    }),
    invoice: z.strictObject({
      type: z.literal('invoice'),
      id,
      number: text.optional(),
      customerId: id.optional(),
      jobId: id.optional(),
      departmentId: id.optional(),
      status: z.enum(['draft', 'finalized', 'void']),
      date: day,
      dueDate: day.optional(),
      terms: text.optional(),
      memo: text.optional(),
      serviceAddress: address.optional(),
      lines: z.array(line),
      tax: tax.optional(),
      total: money,
    }),
    payment: z.strictObject({
      type: z.literal('payment'),
      id,
      reference: text.optional(),
      customerId: id.optional(),
      jobId: id.optional(),
      departmentId: id.optional(),
      method: text.optional(),
      date: day,
      amount: money,
      fee: money.optional(),
      status: z.enum(['received', 'disputed', 'removed']),
      allocations: z.array(z.strictObject({ invoiceId: id, amount: money })).optional(),
    }),
    refund: z.strictObject({
      type: z.literal('refund'),
      id,
      paymentId: id,
      date: day,
      amount: money,
      method: text.optional(),
      reason: text.optional(),
      status: z.enum(['issued', 'removed']).optional(),
    }),
    creditMemo: z.strictObject({
      type: z.literal('creditMemo'),
      id,
      number: text.optional(),
      customerId: id.optional(),
      invoiceId: id.optional(),
      allocations: z.array(z.strictObject({ invoiceId: id, amount: money })).optional(),
      jobId: id.optional(),
      departmentId: id.optional(),
      date: day,
      memo: text.optional(),
      serviceAddress: address.optional(),
      lines: z.array(line),
      tax: tax.optional(),
      total: money,
      status: z.enum(['issued', 'removed']).optional(),
    }),
  } satisfies Record<RecordType, z.ZodType<SourceRecord>>;
}

const BY_DIGITS = new Map<number, ReturnType<typeof buildSchemas>>();

function schemasFor(digits: number): ReturnType<typeof buildSchemas> {
  let schemas = BY_DIGITS.get(digits);
  if (!schemas) {
    schemas = buildSchemas(digits);
    BY_DIGITS.set(digits, schemas);
  }
  return schemas;
}

function isRecordType(value: unknown): value is RecordType {
  return typeof value === 'string' && (RECORD_TYPES as readonly string[]).includes(value);
}

/** One schema per type for documentation, with room for any currency's digits. Records are read by `parseRecord`, which knows the company's. */
export const recordSchemas = buildSchemas(4);

/** Any record, by its type. */
export const recordSchema = z.discriminatedUnion('type', [
  recordSchemas.customer,
  recordSchemas.department,
  recordSchemas.service,
  recordSchemas.job,
  recordSchemas.invoice,
  recordSchemas.payment,
  recordSchemas.refund,
  recordSchemas.creditMemo,
]);

/** A name of the books. Spaces around it come from copying: no name in the books begins or ends with one. */
const bookName = text.trim().min(1);
const accountName = bookName.max(500);
const names = z.record(z.string(), bookName);

const chartName = z.strictObject({ name: bookName, active: z.boolean().default(true) });
/** A chart as an admin declares it. */
export const chartSchema = z.strictObject({
  accounts: z
    .array(z.strictObject({ id: text.optional(), name: accountName, type: text.min(1), active: z.boolean().default(true) }))
    .default([])
    .describe('Accounts by full name (Parent:Child), each with the books’ own word for its type. Empty: unknown.'),
  classes: z.array(chartName).default([]).describe('Classes by full name. Empty: unknown.'),
  paymentMethods: z.array(chartName).default([]).describe('Payment methods. Empty: unknown.'),
  terms: z.array(chartName).default([]).describe('Payment terms. Empty: unknown.'),
  taxCodes: z.array(chartName).default([]).describe('Tax codes. Empty: unknown.'),
  closedThrough: day.optional().describe('The last day of the closed period. Nothing dated on or before it is sent.'),
});

/** What every target's settings hold. A target extends it (`booksSettings.extend({ … })`); `{}` parses. */
export const booksSettings = z.strictObject({
  accounts: z
    .strictObject({
      income: accountName.optional().describe('Income account for invoice lines without a category.'),
      discount: accountName.optional().describe('Account for lines below zero without a category. Absent: the income account.'),
      depositTo: accountName
        .optional()
        .describe('Account that payments are deposited to. Absent: the books’ own default (Undeposited Funds).'),
      refund: accountName
        .optional()
        .describe(
          'Account that refunds are paid from: a bank, other current asset or credit card account. Needed for refunds of batched payments.',
        ),
      receivable: accountName.optional().describe('Accounts Receivable. Needed only for refunds of batched payments.'),
    })
    .prefault({})
    .describe('Default accounts by role, each by its full name in the books, exact to the character.'),
  categories: names
    .default({})
    .describe('Accounting category → account. A category that is not listed is itself the account’s name.'),
  taxCodes: names.default({}).describe('Tax name in the field-service system → tax code in the books.'),
  paymentMethods: names
    .default({})
    .describe(
      'Payment method in the field-service system → payment method in the books. A method that is not listed is sent unchanged.',
    ),
  paymentAccounts: z
    .record(z.string(), accountName)
    .optional()
    .describe(
      'Payment method in the field-service system → account that its payments are deposited to. Others are deposited to the default account.',
    ),
  terms: names
    .optional()
    .describe(
      'Payment terms in the field-service system → terms in the books. Terms that are not listed are sent unchanged, and left out where the books don’t have them.',
    ),
  classes: z
    .strictObject({
      mode: z
        .enum(['none', 'transaction', 'line'])
        .default('none')
        .describe('How the books use classes: not at all, one per transaction, or one per line.'),
      default: bookName.optional().describe('The company’s class, where neither line, service nor department has one.'),
    })
    .prefault({})
    .describe('Classes.'),
  policy: z
    .strictObject({
      onProblem: z
        .enum(['skip', 'stop'])
        .default('skip')
        .describe(
          'skip: sound documents are sent, and documents with problems stay unbatched; stop: with one problem, nothing is sent.',
        ),
      approval: approvalSettings,
      voids: z
        .enum(['update', 'void', 'credit-memo'])
        .default('update')
        .describe(
          'How a batched invoice that is voided is sent: as an update to zero (can be undone), a void, or a credit memo.',
        ),
      paymentsOfStoppedInvoices: z
        .enum(['unapplied', 'wait'])
        .default('unapplied')
        .describe(
          'A payment whose invoice is stopped by a problem: unapplied: the payment is sent, and applied once the invoice is in the books; wait: the payment waits for the invoice.',
        ),
      tolerance: z
        .number()
        .int()
        .min(0)
        .default(0)
        .describe('Differences between our totals and the books’ totals are not reported up to this many minor units (cents).'),
    })
    .prefault({})
    .describe('Policy.'),
  chart: chartSchema
    .optional()
    .describe('The chart of the books, for a target that can’t be asked for it. Absent: names can’t be checked.'),
}) satisfies z.ZodType<BooksSettings>;

/** The default accounts of a target that posts what card processors keep of payments: `booksSettings.extend({ accounts: accountsWithFees })`. */
export const accountsWithFees = booksSettings.shape.accounts
  .unwrap()
  .extend({
    fees: accountName
      .optional()
      .describe('Expense account for what card processors keep of payments. Absent: fees are reported, and not posted.'),
  })
  .prefault({})
  .describe('Default accounts by role, each by its full name in the books, exact to the character.');

/** A company as an admin enters it. */
export const companySchema = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/, { error: 'must be 1 to 64 letters, digits, points, underscores and hyphens.' })
    .describe('1 to 64 letters, digits, points, underscores and hyphens.'),
  name: text.min(1).max(200).describe('The name on screens.'),
  timeZone: z
    .string()
    .refine(isTimeZone, { error: 'is not a time zone. Use an IANA name, such as America/Los_Angeles.' })
    .describe('IANA name. It decides which day it is for the company.'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, { error: 'must be three capital letters, such as USD.' })
    .refine((code) => CURRENCIES.has(code), { error: 'is not a currency. Use an ISO 4217 code, such as USD.' })
    .describe('ISO 4217.'),
}) satisfies z.ZodType<CompanyFacts>;

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

const batchedRef = z.strictObject({ type: z.enum(BATCHED_TYPES), id });

/** What narrows a list. */
export const listFilterSchema = z.strictObject({
  from: day.optional().describe('The first day, inclusive, in the company’s calendar.'),
  to: day.optional().describe('The last day, inclusive.'),
  departmentId: id.optional().describe('Only records of this department.'),
  search: text.max(200).optional().describe('Text in the number, reference or customer name. Case does not matter.'),
}) satisfies z.ZodType<ListFilter>;

function listChoiceSchema(list: List) {
  const types = list === 'invoices' ? (['invoice', 'creditMemo'] as const) : (['payment', 'refund'] as const);
  const refs = z.array(batchedRef.extend({ type: z.enum(types) })).max(100_000);
  return z.discriminatedUnion('choose', [
    z.strictObject({ choose: z.literal('all'), except: refs.optional() }),
    z.strictObject({ choose: z.literal('none') }),
    z.strictObject({ choose: z.literal('ids'), ids: refs }),
    z.strictObject({ choose: z.literal('filter'), filter: listFilterSchema, except: refs.optional() }),
  ]) satisfies z.ZodType<ListChoice>;
}

/** Which open records a batch includes. */
export const selectionSchema = z
  .strictObject({ invoices: listChoiceSchema('invoices').optional(), payments: listChoiceSchema('payments').optional() })
  .describe(
    'No choice means everything. A choice in one list only means nothing from the other list.',
  ) satisfies z.ZodType<Selection>;

/** A schedule as an admin enters it: days and times in calendar order, none twice. */
export const batchScheduleSchema = z.strictObject({
  days: z
    .array(z.enum(WEEKDAYS))
    .min(1)
    .max(7)
    .transform((days) => WEEKDAYS.filter((day) => days.includes(day)))
    .describe('On which days.'),
  times: z
    .array(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time is HH:MM, from 00:00 to 23:59.'))
    .min(1)
    .max(24)
    .transform((times) => [...new Set(times)].sort())
    .describe('At which times, HH:MM in the company’s time zone.'),
  send: z.enum(['everything', 'invoices', 'payments']).default('everything').describe('Which of the unbatched records are sent.'),
  departmentId: id.optional().describe('Only records of this department.'),
  acknowledge: z
    .array(z.enum(['payments-without-invoices']))
    .max(1)
    .default([])
    .describe(
      'Warnings that are acknowledged in advance. Such payments are then sent unapplied. A run that meets a warning that is not listed starts no batch and reports that a person must choose.',
    ),
}) satisfies z.ZodType<BatchSchedule>;
