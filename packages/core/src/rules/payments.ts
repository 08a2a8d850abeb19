import { type Problem, problem } from '../codes/problems.ts';
import type { BuildContext } from '../documents/build-context.ts';
import type { PaymentDocument, WarningDocument } from '../documents/documents.ts';
import { allocationsOf, grossOf } from '../documents/net-payment.ts';
import { said } from '../documents/parts.ts';
import type { PaymentRecord, RefundRecord } from '../records/records.ts';
import { type Money, parseMoney, sum, ZERO } from '../values/money.ts';
import { REFERRING } from './references.ts';
import type { Rule, Subject } from './rule.ts';
import { cash, inner, naming } from './words.ts';

/** A payment with the parts of it that the books can't take yet. */
export interface PaymentSubject extends Subject<PaymentRecord, PaymentDocument> {
  readonly held: readonly { readonly invoiceId: string; readonly amount: Money }[];
}

export const PAYMENT_RULES: readonly Rule<PaymentSubject>[] = [
  ...REFERRING,
  paymentIsReceived,
  amountIsPositive,
  allocationsArePositive,
  isNotOverAllocated,
  isNotOverRefunded,
  invoicesAreOfItsCustomer,
  fitsItsInvoices,
  invoicesAreInTheBooks,
  booksKnowItsCustomer,
  importedJobIsTold,
];

export const LISTED_PAYMENT_RULES: readonly Rule<Subject<PaymentRecord, WarningDocument>>[] = [
  ...REFERRING,
  paymentIsReceived,
  amountIsPositive,
  importedJobIsTold,
];

function paymentIsReceived({ record, document }: Subject<PaymentRecord>): Problem | undefined {
  if (record.status === 'received') return undefined;
  const message = `${naming(document)} is ${record.status}. Decide in the field-service system whether it was received.`;
  return problem('changed-after-batch', record, message, 'status');
}

function allocationsArePositive({ record, document, context }: PaymentSubject): readonly Problem[] | undefined {
  let problems: Problem[] | undefined;
  for (const [i, { amount }] of (record.allocations ?? []).entries()) {
    if ((parseMoney(amount, context.company.currency) ?? 0) >= 0) continue;
    const message = `An allocation of ${inner(document)} is ${amount}, below zero. Mend it in the field-service system.`;
    problems ??= [];
    problems.push(problem('amount-not-positive', record, message, `allocations[${i}].amount`));
  }
  return problems;
}

function isNotOverAllocated({ record, document, context }: PaymentSubject): Problem | undefined {
  const { currency } = context.company;
  const gross = grossOf(record, currency);
  const allocated = sum(allocationsOf(record, currency).map((part) => part.amount));
  if (allocated !== undefined && allocated <= gross) return undefined;
  const said = allocated === undefined ? 'more than can be booked' : cash(allocated, document);
  const message = `The allocations of ${inner(document)} add up to ${said}, more than its ${cash(gross, document)}. Mend the allocations in the field-service system.`;
  return problem('over-allocated', record, message, 'allocations');
}

function isNotOverRefunded({ record, document }: PaymentSubject): Problem | undefined {
  if (document.operation !== 'payment.insert' || document.amount >= 0) return undefined;
  const refunded = (document.gross - document.amount) as Money;
  const message = `${cash(refunded, document)} of ${inner(document)} is refunded, more than its ${cash(document.gross, document)}. Mend the refunds in the field-service system.`;
  return problem('refund-exceeds-payment', record, message, 'amount');
}

function invoicesAreOfItsCustomer({ record, document, references, context }: PaymentSubject): readonly Problem[] | undefined {
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

function fitsItsInvoices({ record, document, context }: PaymentSubject): readonly Problem[] | undefined {
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

function invoicesAreInTheBooks({ record, document, held, context }: PaymentSubject): readonly Problem[] | undefined {
  if (held.length === 0) return undefined;
  return held.map(({ invoiceId, amount }) => {
    const message = `${cash(amount, document)} of ${inner(document)} goes out unapplied, because ${whyHeld(invoiceId, context)}`;
    return problem('payment-unapplied', record, message, 'allocations');
  });
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

/** The books know what was posted by the name that its customer had then. */
function booksKnowItsCustomer({ record, document, context }: PaymentSubject): Problem | undefined {
  const { customer } = document;
  if (customer === undefined) return undefined;
  const invoices = document.applied.map(({ invoiceId }) => ({ type: 'invoice', id: invoiceId }) as const);
  const posted = [record, ...invoices].map((ref) => context.posted(ref)?.customer);
  const before = posted.find((one) => one?.id === customer.id && one.name !== customer.name);
  if (before === undefined) return undefined;
  const message = `${naming(document)} goes out for customer “${customer.name}”, and what it belongs to was posted under the former name “${before.name}”. Check that the customer is renamed in the books too, or it can’t be applied there.`;
  return problem('reference-changed', { type: 'customer', id: customer.id }, message, 'accountingKey');
}

function importedJobIsTold({ record, document, references }: Subject<PaymentRecord>): Problem | undefined {
  if (references.job?.imported !== true || document.operation === 'payment.update') return undefined;
  const where = document.kind === 'warning' ? 'is only listed' : 'goes out unapplied';
  const job = references.job.number ?? references.job.id;
  const message = `${naming(document)} belongs to imported job ${job}, whose invoices only the books know; it ${where}. Apply it by hand in the books.`;
  return problem('imported-job', record, message, 'jobId');
}

export function amountIsPositive({ record, document, context }: Subject<PaymentRecord | RefundRecord>): Problem | undefined {
  if ((parseMoney(record.amount, context.company.currency) ?? 0) > 0) return undefined;
  const message = `${naming(document)} has an amount of ${record.amount}, which is not above zero. Mend it in the field-service system, or remove it.`;
  return problem('amount-not-positive', record, message, 'amount');
}
