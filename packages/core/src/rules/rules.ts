import { type Problem, problem } from '../codes/problems.ts';
import type { BuildContext } from '../documents/build-context.ts';
import type {
  CreditMemoDocument,
  Document,
  DocumentLine,
  InvoiceDocument,
  JournalDocument,
  PaymentDocument,
  WarningDocument,
} from '../documents/documents.ts';
import { allocationsOf, grossOf } from '../documents/net-payment.ts';
import { type References, said } from '../documents/parts.ts';
import type { ResolvedLine } from '../documents/resolve-line.ts';
import type { BatchedRecord, CreditMemoRecord, InvoiceRecord, PaymentRecord, RefundRecord } from '../records/records.ts';
import { formatMoney, type Money, multiply, parseMoney, sum, ZERO } from '../values/money.ts';

/** What a rule looks at: a record, the document that was built from it, and what both refer to. */
export interface Subject<R extends BatchedRecord = BatchedRecord, D extends Document = Document> {
  readonly record: R;
  readonly document: D;
  readonly references: References;
  readonly context: BuildContext;
}

/** A sales form with its lines as they were resolved, in the record's order. */
export interface SalesSubject extends Subject<InvoiceRecord | CreditMemoRecord, InvoiceDocument | CreditMemoDocument> {
  readonly resolved: readonly ResolvedLine[];
}

/** A payment with the parts of it that the books can't take yet. */
export interface PaymentSubject extends Subject<PaymentRecord, PaymentDocument> {
  readonly held: readonly { readonly invoiceId: string; readonly amount: Money }[];
}

export type RefundSubject = Subject<RefundRecord, JournalDocument | WarningDocument> & {
  readonly payment: PaymentRecord | undefined;
};

/** One rule: what it has to say about the subject, if anything. Pure; never throws, whatever the data. */
export type Rule<S> = (subject: S) => Problem | readonly Problem[] | undefined;

/** What all the rules have to say, in their order. */
export function check<S>(subject: S, rules: readonly Rule<S>[]): Problem[] {
  const problems: Problem[] = [];
  for (const rule of rules) {
    const found = rule(subject);
    if (found === undefined) continue;
    if (isList(found)) problems.push(...found);
    else problems.push(found);
  }
  return problems;
}

function isList(found: Problem | readonly Problem[]): found is readonly Problem[] {
  return Array.isArray(found);
}

// ——— What every document refers to ———

/** All but a refund, which has its customer by its payment. */
type Own = Subject<Exclude<BatchedRecord, RefundRecord>>;

export function hasCustomer({ record, references, document }: Own): Problem | undefined {
  if (!said(record.customerId)) {
    return problem(
      'no-customer',
      record,
      `${naming(document)} names no customer. Give it one in the field-service system.`,
      'customerId',
    );
  }
  if (references.customer) return undefined;
  const message = `${naming(document)} is for customer ${record.customerId}, who was never sent. Send the customer record.`;
  return problem('unknown-customer', { type: 'customer', id: record.customerId! }, message, 'customerId');
}

export function hasAccountingKey({ references: { customer } }: Subject): Problem | undefined {
  if (!customer || said(customer.accountingKey)) return undefined;
  const who = said(customer.name) ?? said(customer.company) ?? customer.id;
  const message = `Customer ${who} has no accounting key, so nobody knows its name in the books. Fill in the accounting key.`;
  return problem('no-accounting-key', customer, message, 'accountingKey');
}

export function customerNameFits({ references: { customer }, context }: Subject): Problem | undefined {
  const name = customer?.accountingKey;
  const limit = context.limits.customerName;
  if (name === undefined || name.length <= limit) return undefined;
  // "Parent:Sub" are two names.
  const longest = Math.max(...name.split(':').map((part) => part.length));
  if (longest <= limit) return undefined;
  const message = `The accounting key “${name}” has ${longest} characters; the books take ${limit}. Shorten it, here and in the books.`;
  return problem('customer-name-too-long', customer!, message, 'accountingKey');
}

const ODD_KEY = /^[\d\s.,-]+$|^\s|\s$|\s\s|\p{Cc}|\s:|:\s|^:|:$|::/u;

export function accountingKeyLooksRight({ references: { customer } }: Subject): Problem | undefined {
  const name = said(customer?.accountingKey);
  if (name === undefined || !ODD_KEY.test(name)) return undefined;
  const oddity = /^[\d\s.,-]+$/.test(name) ? 'is a number only' : 'has stray spaces, colons or control characters';
  const message = `The accounting key “${name}” ${oddity}. Check that the customer has this very name in the books.`;
  return problem('odd-accounting-key', customer!, message, 'accountingKey');
}

export function departmentIsKnown({ record, references, document }: Own): Problem | undefined {
  const id = said(record.departmentId) ?? said(references.job?.departmentId);
  if (id === undefined || references.department) return undefined;
  const message = `${naming(document)} belongs to department ${id}, which was never sent. Send the department record.`;
  return problem('unknown-department', record, message, 'departmentId');
}

export function jobIsKnown({ record, references, document }: Own): Problem | undefined {
  if (!said(record.jobId) || references.job) return undefined;
  const message = `${naming(document)} belongs to job ${record.jobId}, which was never sent. Send the job record.`;
  return problem('unknown-job', record, message, 'jobId');
}

const REFERRING: readonly Rule<Own>[] = [
  hasCustomer,
  hasAccountingKey,
  customerNameFits,
  accountingKeyLooksRight,
  departmentIsKnown,
  jobIsKnown,
];

// ——— Invoices and credit memos ———

export function hasNumber({ record, document }: SalesSubject): Problem | undefined {
  if (document.number !== '') return undefined;
  const what = record.type === 'invoice' ? 'Invoice' : 'Credit memo';
  return problem('no-number', record, `${what} ${record.id} has no number. Give it one in the field-service system.`, 'number');
}

export function numberFits({ record, document, context }: SalesSubject): Problem | undefined {
  const limit = context.limits.number;
  if (document.number.length <= limit) return undefined;
  const message = `Number ${document.number} has ${document.number.length} characters; the books take ${limit}. Shorten the number.`;
  return problem('number-too-long', record, message, 'number');
}

export function hasLines({ record, document }: SalesSubject): Problem | undefined {
  if (record.lines.length > 0) return undefined;
  return problem(
    'no-lines',
    record,
    `${naming(document)} has no lines. Give it at least one in the field-service system.`,
    'lines',
  );
}

export function totalIsNotNegative({ record, document }: SalesSubject): Problem | undefined {
  if (document.total >= 0) return undefined;
  const instead = record.type === 'invoice' ? 'a credit memo' : 'an invoice';
  const message = `${naming(document)} has a total of ${cash(document.total, document)}. Make it ${instead} in the field-service system.`;
  return problem('negative-total', record, message, 'total');
}

export function linesMultiplyOut({ record, document, context }: SalesSubject): readonly Problem[] | undefined {
  let problems: Problem[] | undefined;
  for (const [i, line] of record.lines.entries()) {
    const amount = parseMoney(line.amount, context.company.currency);
    const product = multiply(line.quantity, line.unitPrice, context.company.currency);
    if (amount !== undefined && amount === product) continue;
    const right = product === undefined ? 'more than can be booked' : cash(product, document);
    const message = `Line ${i + 1} of ${inner(document)} says ${line.amount}, but ${line.quantity} × ${line.unitPrice} is ${right}. Mend the line in the field-service system.`;
    problems ??= [];
    problems.push(problem('amount-mismatch', record, message, `lines[${i}].amount`));
  }
  return problems;
}

export function totalAddsUp({ record, document, context }: SalesSubject): Problem | undefined {
  const { currency } = context.company;
  const total = parseMoney(record.total, currency);
  const parts = document.lines.map((line) => line.amount);
  if (document.tax) parts.push(document.tax.amount);
  const added = sum(parts);
  if (total !== undefined && total === added) return undefined;
  const right = added === undefined ? 'more than can be booked' : cash(added, document);
  const message = `${naming(document)} has a total of ${record.total}, but its lines and tax add up to ${right}. Mend it in the field-service system.`;
  return problem('total-mismatch', record, message, 'total');
}

export function taxIsMapped({ record, document }: SalesSubject): Problem | undefined {
  const { tax } = document;
  if (!tax || tax.code !== undefined || tax.amount === 0) return undefined;
  const message = `The tax “${tax.name}” of ${inner(document)} has no tax code in the settings. Map it to one.`;
  return problem('unmapped-tax', record, message, 'tax.name');
}

export function exemptIsNotTaxed({ record, document }: SalesSubject): Problem | undefined {
  if (!document.customer?.taxExempt || !document.tax || document.tax.amount === 0) return undefined;
  const message = `Customer ${document.customer.name} is exempt from tax, but ${inner(document)} charges ${cash(document.tax.amount, document)}. Check which is right.`;
  return problem('exempt-but-taxed', record, message, 'tax');
}

export function servicesAreKnown({ record, document, context }: SalesSubject): readonly Problem[] | undefined {
  let problems: Problem[] | undefined;
  for (const [i, line] of record.lines.entries()) {
    if (line.serviceId === undefined || context.service(line.serviceId)) continue;
    const message = `Line ${i + 1} of ${inner(document)} is service ${line.serviceId}, which was never sent. Send the service record.`;
    problems ??= [];
    problems.push(problem('unknown-service', record, message, `lines[${i}].serviceId`));
  }
  return problems;
}

export function linesHaveClass({ record, document, context }: SalesSubject): Problem | undefined {
  if (context.settings.classes.mode === 'none') return undefined;
  const i = document.lines.findIndex((line) => line.class === undefined);
  if (i === -1) return undefined;
  const message = `The books want a class, and line ${i + 1} of ${inner(document)} gets none from line, service, department or company. Set a default class in the settings.`;
  return problem('no-class', record, message, `lines[${i}].accountingClass`);
}

export function classesAreOne({ record, document, context, resolved }: SalesSubject): Problem | undefined {
  if (context.settings.classes.mode !== 'transaction') return undefined;
  const classes = new Set(resolved.flatMap((line) => line.class ?? []));
  if (classes.size < 2) return undefined;
  const found = [...classes].join(', ');
  const message = `The lines of ${inner(document)} have different classes (${found}), and the books take one per transaction: ${document.class ?? 'none'} was taken. Check it.`;
  return problem('mixed-classes', record, message, 'lines');
}

const EMAIL = /^[^\s@,;:<>()[\]\\"]+@[^\s@,;:<>()[\]\\"]+\.[^\s@,;:<>()[\]\\".]{2,}$/;

export function emailIsOne({ document: { customer } }: SalesSubject): Problem | undefined {
  if (customer?.email === undefined) return undefined;
  const wrong = customer.email.split(/[,;]/).find((address) => !EMAIL.test(address.trim()));
  if (wrong === undefined) return undefined;
  const message = `“${wrong.trim()}” is no e-mail address, and the books would refuse the document for it. Mend the e-mail address of customer ${customer.name}.`;
  return problem('bad-email', { type: 'customer', id: customer.id }, message, 'email');
}

export function itemsKeepTheirNames({ record, document, resolved }: SalesSubject): readonly Problem[] | undefined {
  let problems: Problem[] | undefined;
  for (const [i, line] of resolved.entries()) {
    if (line.renamedFrom === undefined) continue;
    const message = `Line ${i + 1} of ${inner(document)}: the books can’t keep the name “${line.renamedFrom}”, so the item is called “${line.item.name}”. Rename the service if you want one name everywhere.`;
    problems ??= [];
    problems.push(problem('item-renamed', record, message, `lines[${i}]`));
  }
  return problems;
}

export function invoiceIsFinal({ record, document }: SalesSubject): Problem | undefined {
  if (record.type !== 'invoice' || record.status === 'finalized') return undefined;
  if (document.operation !== 'invoice.insert') {
    return record.status === 'draft'
      ? problem(
          'was-posted',
          record,
          `${naming(document)} went back to draft after it was batched. Finalize it again, or void it.`,
          'status',
        )
      : undefined;
  }
  const state = record.status === 'draft' ? 'is a draft. Finalize it' : 'is void. Finalize it if it is to be sent';
  return problem('not-finalized', record, `${naming(document)} ${state} in the field-service system.`, 'status');
}

export function isNotOverpaid({ record, document, context }: SalesSubject): Problem | undefined {
  if (document.operation !== 'invoice.update' && document.operation !== 'invoice.void') return undefined;
  const applied = context.appliedTo?.(record.id) ?? ZERO;
  if (applied <= document.total) return undefined;
  const over = (applied - document.total) as Money;
  const message = `${naming(document)} comes down to ${cash(document.total, document)}, and ${cash(applied, document)} is applied to it in the books: ${cash(over, document)} becomes an open credit of the customer. Re-allocate or refund it.`;
  return problem('invoice-overpaid', record, message, 'total');
}

export function staysInItsMonth({ record, document }: SalesSubject): Problem | undefined {
  if (document.kind !== 'invoice' || document.formerDate === undefined) return undefined;
  const { formerDate, date } = document;
  if (monthOf(formerDate) === monthOf(date)) return undefined;
  const message = `${naming(document)} stands in the books on ${formerDate}, and the update moves it to ${date}: what was reported for ${monthOf(formerDate)} and ${monthOf(date)} changes. Let it go if both months are still open to you; else give the invoice its former date in the field-service system.`;
  return problem('crosses-period', record, message, 'date');
}

function monthOf(date: string): string {
  return date.slice(0, 7);
}

/** An update carries today's names and defaults along, whatever it was made for. */
export function namesAreAsPosted({ record, document, context }: SalesSubject): readonly Problem[] | undefined {
  if (document.operation !== 'invoice.update') return undefined;
  const told: Problem[] = [];
  const before = context.posted(record)?.customer;
  const now = document.customer;
  if (before !== undefined && now !== undefined && before.id === now.id && before.name !== now.name) {
    const message = `${naming(document)} stands in the books under customer “${before.name}”, whose accounting key is “${now.name}” now; the update goes out under that name. Check that the customer is renamed in the books too.`;
    told.push(problem('reference-changed', { type: 'customer', id: now.id }, message, 'accountingKey'));
  }
  const former = context.postedDocument?.(record);
  const changes = former?.kind === 'invoice' ? changedDefaults(former, document) : [];
  if (changes.length > 0) {
    const message = `${naming(document)} is booked otherwise than when it was posted, though these lines are the same: ${changes.join('; ')}. Check the mapping in the settings if that is not meant.`;
    told.push(problem('reference-changed', record, message, 'lines'));
  }
  return told;
}

/** What changed on the way from line to account and class, of lines that say the same as before. */
function changedDefaults(former: InvoiceDocument, document: SalesSubject['document']): readonly string[] {
  const changes = new Set<string>();
  for (const [i, line] of document.lines.entries()) {
    const was = former.lines[i];
    if (was === undefined || !saysTheSame(was, line)) continue;
    const name = was.item.name === line.item.name ? line.item.name : (line.description ?? line.item.name);
    if (was.item.account !== line.item.account)
      changes.add(`“${name}” went to account ${quoted(was.item.account)} and goes to ${quoted(line.item.account)}`);
    if (was.class !== line.class) changes.add(`“${name}” had class ${quoted(was.class)} and has ${quoted(line.class)}`);
  }
  return [...changes];
}

/** A line without a service is called by its account, so its item's name may have changed with the mapping. */
function saysTheSame(was: DocumentLine, line: DocumentLine): boolean {
  if (was.amount !== line.amount || was.quantity !== line.quantity || was.unitPrice !== line.unitPrice) return false;
  return was.item.name === line.item.name || (was.description !== undefined && was.description === line.description);
}

function quoted(name: string | undefined): string {
  return name === undefined ? '(none)' : `“${name}”`;
}

/**
 * A person who loads files finds that lowered invoices let go of payments, which raised ones don't get back: the books keep a
 * credit. A push target puts back what it took off itself, and says where it could not.
 */
export function creditIsToldWhenRaised({ record, document, context }: SalesSubject): Problem | undefined {
  if (document.operation !== 'invoice.update' || context.delivery === 'push') return undefined;
  const posted = context.posted(record);
  const applied = context.appliedTo?.(record.id) ?? ZERO;
  if (posted?.kind !== 'invoice' || posted.amount >= applied || document.total <= posted.amount) return undefined;
  const back = (Math.min(applied, document.total) - posted.amount) as Money;
  const message = `${naming(document)} was lowered to ${cash(posted.amount, document)}, below the ${cash(applied, document)} that was applied to it, and is ${cash(document.total, document)} now: up to ${cash(back, document)} of the customer’s open credit belong to it again. Apply them in the books.`;
  return problem('credit-to-apply', record, message, 'total');
}

export function creditStaysUnapplied({ record, document }: SalesSubject): Problem | undefined {
  if (document.kind !== 'creditMemo') return undefined;
  const invoice = document.invoiceId === undefined ? 'an invoice' : 'its invoice';
  const message = `${naming(document)} over ${cash(document.total, document)} is left unapplied. Apply it to ${invoice} in the books.`;
  return problem('credit-unapplied', record, message);
}

export function memoIsNotRemoved({ record, document }: SalesSubject): Problem | undefined {
  return record.type === 'creditMemo' && record.status === 'removed' ? removedMeanwhile(record, document) : undefined;
}

const SALES_RULES: readonly Rule<SalesSubject>[] = [
  ...(REFERRING as readonly Rule<SalesSubject>[]),
  hasNumber,
  numberFits,
  hasLines,
  servicesAreKnown,
  linesMultiplyOut,
  totalAddsUp,
  totalIsNotNegative,
  taxIsMapped,
  exemptIsNotTaxed,
  linesHaveClass,
  classesAreOne,
  emailIsOne,
  itemsKeepTheirNames,
];

export const INVOICE_RULES: readonly Rule<SalesSubject>[] = [
  invoiceIsFinal,
  ...SALES_RULES,
  isNotOverpaid,
  creditIsToldWhenRaised,
  staysInItsMonth,
  namesAreAsPosted,
];

/** A voided invoice is sent with zeros: its amounts have nothing to add up to any more. */
export const VOID_RULES: readonly Rule<SalesSubject>[] = [
  invoiceIsFinal,
  hasCustomer as Rule<SalesSubject>,
  hasAccountingKey,
  customerNameFits,
  hasNumber,
  numberFits,
  isNotOverpaid,
  staysInItsMonth,
];

export const CREDIT_MEMO_RULES: readonly Rule<SalesSubject>[] = [memoIsNotRemoved, ...SALES_RULES, creditStaysUnapplied];

/** A memo that balances a voided invoice repeats what stands posted, which was checked when it went out. */
export const VOIDING_MEMO_RULES: readonly Rule<SalesSubject>[] = [
  ...(REFERRING as readonly Rule<SalesSubject>[]),
  hasNumber,
  numberFits,
  creditStaysUnapplied,
];

// ——— Payments ———

export function paymentIsReceived({ record, document }: Subject<PaymentRecord>): Problem | undefined {
  if (record.status === 'received') return undefined;
  const message = `${naming(document)} is ${record.status}. Decide in the field-service system whether it was received.`;
  return problem('changed-after-batch', record, message, 'status');
}

export function amountIsPositive({ record, document, context }: Subject<PaymentRecord | RefundRecord>): Problem | undefined {
  if ((parseMoney(record.amount, context.company.currency) ?? 0) > 0) return undefined;
  const message = `${naming(document)} has an amount of ${record.amount}, which is not above zero. Mend it in the field-service system, or remove it.`;
  return problem('amount-not-positive', record, message, 'amount');
}

export function allocationsArePositive({ record, document, context }: PaymentSubject): readonly Problem[] | undefined {
  let problems: Problem[] | undefined;
  for (const [i, { amount }] of (record.allocations ?? []).entries()) {
    if ((parseMoney(amount, context.company.currency) ?? 0) >= 0) continue;
    const message = `An allocation of ${inner(document)} is ${amount}, below zero. Mend it in the field-service system.`;
    problems ??= [];
    problems.push(problem('amount-not-positive', record, message, `allocations[${i}].amount`));
  }
  return problems;
}

export function isNotOverAllocated({ record, document, context }: PaymentSubject): Problem | undefined {
  const { currency } = context.company;
  const gross = grossOf(record, currency);
  const allocated = sum(allocationsOf(record, currency).map((part) => part.amount));
  if (allocated !== undefined && allocated <= gross) return undefined;
  const said = allocated === undefined ? 'more than can be booked' : cash(allocated, document);
  const message = `The allocations of ${inner(document)} add up to ${said}, more than its ${cash(gross, document)}. Mend the allocations in the field-service system.`;
  return problem('over-allocated', record, message, 'allocations');
}

export function isNotOverRefunded({ record, document }: PaymentSubject): Problem | undefined {
  if (document.operation !== 'payment.insert' || document.amount >= 0) return undefined;
  const refunded = (document.gross - document.amount) as Money;
  const message = `${cash(refunded, document)} of ${inner(document)} is refunded, more than its ${cash(document.gross, document)}. Mend the refunds in the field-service system.`;
  return problem('refund-exceeds-payment', record, message, 'amount');
}

export function invoicesAreOfItsCustomer({
  record,
  document,
  references,
  context,
}: PaymentSubject): readonly Problem[] | undefined {
  let problems: Problem[] | undefined;
  for (const [i, { invoiceId }] of (record.allocations ?? []).entries()) {
    const invoice = context.invoice(invoiceId);
    if (!invoice || !said(invoice.customerId) || !said(record.customerId) || invoice.customerId === record.customerId) continue;
    const theirs = context.customer(invoice.customerId!)?.accountingKey;
    if (theirs !== undefined && theirs === references.customer?.accountingKey) continue;
    const message = `${naming(document)} is of customer ${document.customer?.name ?? record.customerId}, but invoice ${invoice.number ?? invoiceId} is of ${theirs ?? invoice.customerId}. Mend the allocation in the field-service system.`;
    problems ??= [];
    problems.push(problem('customer-differs', record, message, `allocations[${i}].invoiceId`));
  }
  return problems;
}

export function fitsItsInvoices({ record, document, context }: PaymentSubject): readonly Problem[] | undefined {
  let problems: Problem[] | undefined;
  for (const part of document.applied) {
    const invoice = context.invoice(part.invoiceId);
    if (!invoice) continue;
    // What stands applied already is the books' own matter; the invoice's update tells of it.
    const stands = context.posted(record)?.applied?.some((a) => a.invoiceId === part.invoiceId && a.amount >= part.amount);
    if (stands) continue;
    const total = invoice.status === 'void' ? ZERO : (parseMoney(invoice.total, context.company.currency) ?? ZERO);
    if (part.amount <= total) continue;
    const state = invoice.status === 'void' ? 'which is void' : `whose total is ${cash(total, document)}`;
    const message = `${cash(part.amount, document)} of ${inner(document)} is allocated to invoice ${part.invoiceNumber}, ${state}. Mend the allocation in the field-service system; what is over is a deposit.`;
    problems ??= [];
    problems.push(problem('allocation-exceeds-invoice', record, message, 'allocations'));
  }
  return problems;
}

export function invoicesAreInTheBooks({ record, document, held, context }: PaymentSubject): readonly Problem[] | undefined {
  if (held.length === 0) return undefined;
  return held.map(({ invoiceId, amount }) => {
    const message = `${cash(amount, document)} of ${inner(document)} goes out unapplied, because ${whyHeld(invoiceId, context)}`;
    return problem('payment-unapplied', record, message, 'allocations');
  });
}

/** The books know what was posted by the name that its customer had then. */
export function booksKnowItsCustomer({ record, document, context }: PaymentSubject): Problem | undefined {
  const { customer } = document;
  if (customer === undefined) return undefined;
  const invoices = document.applied.map(({ invoiceId }) => ({ type: 'invoice', id: invoiceId }) as const);
  const posted = [record, ...invoices].map((ref) => context.posted(ref)?.customer);
  const before = posted.find((one) => one?.id === customer.id && one.name !== customer.name);
  if (before === undefined) return undefined;
  const message = `${naming(document)} goes out for customer “${customer.name}”, and what it belongs to was posted under the former name “${before.name}”. Check that the customer is renamed in the books too, or it can’t be applied there.`;
  return problem('reference-changed', { type: 'customer', id: customer.id }, message, 'accountingKey');
}

function whyHeld(invoiceId: string, context: BuildContext): string {
  const invoice = context.invoice(invoiceId);
  if (!invoice) return `invoice ${invoiceId} was never sent. Send it; once it is batched, the payment is re-allocated.`;
  const name = `invoice ${invoice.number ?? invoiceId}`;
  switch (invoice.status) {
    case 'draft':
      return `${name} is a draft. Once it is finalized and batched, the payment is re-allocated.`;
    case 'void':
      return `${name} is void. Mend the allocation in the field-service system.`;
    case 'finalized':
      return `${name} is not in the books. Batch it; the payment is then re-allocated.`;
    default:
      return invoice.status satisfies never;
  }
}

export function importedJobIsTold({ record, document, references }: Subject<PaymentRecord>): Problem | undefined {
  if (references.job?.imported !== true || document.operation === 'payment.update') return undefined;
  const where = document.kind === 'warning' ? 'is only listed' : 'goes out unapplied';
  const job = references.job.number ?? references.job.id;
  const message = `${naming(document)} belongs to imported job ${job}, whose invoices only the books know; it ${where}. Apply it by hand in the books.`;
  return problem('imported-job', record, message, 'jobId');
}

export const PAYMENT_RULES: readonly Rule<PaymentSubject>[] = [
  ...(REFERRING as readonly Rule<PaymentSubject>[]),
  paymentIsReceived as Rule<PaymentSubject>,
  amountIsPositive as Rule<PaymentSubject>,
  allocationsArePositive,
  isNotOverAllocated,
  isNotOverRefunded,
  invoicesAreOfItsCustomer,
  fitsItsInvoices,
  invoicesAreInTheBooks,
  booksKnowItsCustomer,
  importedJobIsTold as Rule<PaymentSubject>,
];

export const LISTED_PAYMENT_RULES: readonly Rule<Subject<PaymentRecord, WarningDocument>>[] = [
  ...(REFERRING as readonly Rule<Subject<PaymentRecord, WarningDocument>>[]),
  paymentIsReceived as Rule<Subject<PaymentRecord, WarningDocument>>,
  amountIsPositive as Rule<Subject<PaymentRecord, WarningDocument>>,
  importedJobIsTold as Rule<Subject<PaymentRecord, WarningDocument>>,
];

// ——— Refunds ———

export function paymentIsKnown({ record, payment }: RefundSubject): Problem | undefined {
  if (payment) return undefined;
  const message = `Refund ${record.id} is of payment ${record.paymentId}, which was never sent. Send the payment record.`;
  return problem('unknown-payment', record, message, 'paymentId');
}

export function paymentHasCustomer({ payment, references }: RefundSubject): Problem | undefined {
  if (!payment) return undefined;
  const name = `Payment ${said(payment.reference) ?? payment.id}`;
  if (!said(payment.customerId)) {
    return problem('no-customer', payment, `${name} names no customer. Give it one in the field-service system.`, 'customerId');
  }
  if (references.customer) return undefined;
  const message = `${name} is of customer ${payment.customerId}, who was never sent. Send the customer record.`;
  return problem('unknown-customer', { type: 'customer', id: payment.customerId! }, message, 'customerId');
}

export function refundIsNotRemoved({ record, document }: RefundSubject): Problem | undefined {
  return record.status === 'removed' ? removedMeanwhile(record, document) : undefined;
}

export function refundsFitThePayment({ record, document, payment, context }: RefundSubject): Problem | undefined {
  if (!payment) return undefined;
  const gross = grossOf(payment, context.company.currency);
  let refunded = 0;
  for (const refund of context.refundsOf(payment.id)) if (!refund.removed) refunded += refund.amount;
  if (refunded <= gross) return undefined;
  const message = `The refunds of payment ${said(payment.reference) ?? payment.id} add up to ${cash(refunded as Money, document)}, more than its ${cash(gross, document)}. Mend the refunds in the field-service system.`;
  return problem('refund-exceeds-payment', record, message, 'amount');
}

export function rolesHaveAccounts({ record, document }: RefundSubject): readonly Problem[] | undefined {
  if (document.kind !== 'journal') return undefined;
  const missing: Problem[] = [];
  for (const { side, account } of document.lines) {
    if (account !== '') continue;
    const role = side === 'debit' ? 'Accounts Receivable' : 'refunds';
    const field = side === 'debit' ? 'accounts.receivable' : 'accounts.refund';
    missing.push(
      problem(
        'no-account',
        record,
        `${naming(document)} needs the account for ${role}. Name it in the settings (${field}).`,
        field,
      ),
    );
  }
  return missing.length > 0 ? missing : undefined;
}

export function journalHasClass({ record, document, context }: RefundSubject): Problem | undefined {
  if (document.kind !== 'journal' || context.settings.classes.mode === 'none') return undefined;
  if (document.lines.every((line) => line.class !== undefined)) return undefined;
  const message = `The books want a class, and ${inner(document)} gets none from its payment’s invoice or the company. Set a default class in the settings.`;
  return problem('no-class', record, message);
}

export function receivableIsTold({ record, document, payment }: RefundSubject): Problem | undefined {
  if (document.kind !== 'journal') return undefined;
  const of = payment ? `payment ${said(payment.reference) ?? payment.id}` : 'the payment';
  const message = `${naming(document)} leaves ${cash(document.total, document)} open on Accounts Receivable of ${document.customer?.name ?? 'the customer'}. A bookkeeper closes it by applying it to ${of} or its invoice in the books.`;
  return problem('receivable-left-open', record, message);
}

export function listedRefundIsTold({ record, document, payment, references }: RefundSubject): Problem | undefined {
  if (document.kind !== 'warning') return undefined;
  const job = references.job?.number ?? references.job?.id;
  const on = job === undefined ? 'an imported job' : `imported job ${job}`;
  const message = `${naming(document)} is of payment ${payment ? (said(payment.reference) ?? payment.id) : record.paymentId} on ${on}, whose invoices only the books know; it is only listed. Book it by hand.`;
  return problem('imported-job', record, message, 'paymentId');
}

export const REFUND_RULES: readonly Rule<RefundSubject>[] = [
  paymentIsKnown,
  paymentHasCustomer,
  hasAccountingKey as Rule<RefundSubject>,
  customerNameFits as Rule<RefundSubject>,
  accountingKeyLooksRight as Rule<RefundSubject>,
  refundIsNotRemoved,
  amountIsPositive as Rule<RefundSubject>,
  refundsFitThePayment,
  rolesHaveAccounts,
  journalHasClass,
  receivableIsTold,
  listedRefundIsTold,
];

// ——— Words ———

function removedMeanwhile(record: BatchedRecord, document: Document): Problem {
  return problem(
    'changed-after-batch',
    record,
    `${naming(document)} was removed after it was selected. Leave it out of the batch.`,
    'status',
  );
}

/** The document at the start of a sentence: "Invoice 10427". */
export function naming(document: Document): string {
  switch (document.kind) {
    case 'invoice':
      return `Invoice ${document.number || document.record.id}`;
    case 'creditMemo':
      return `Credit memo ${document.number || document.record.id}`;
    case 'payment':
      return `Payment ${document.reference ?? document.record.id}`;
    case 'journal':
      return `Refund ${document.record.id}`;
    case 'warning':
      return document.record.type === 'refund'
        ? `Refund ${document.record.id}`
        : `Payment ${document.number || document.record.id}`;
    default:
      return document satisfies never;
  }
}

/** The document inside a sentence: "invoice 10427". */
function inner(document: Document): string {
  const name = naming(document);
  return name[0]!.toLowerCase() + name.slice(1);
}

function cash(amount: Money, document: Document): string {
  return `${formatMoney(amount, document.currency)} ${document.currency}`;
}
