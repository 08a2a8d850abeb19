import { type Problem, problem } from '../codes/problems.ts';
import type { BuildContext } from '../documents/build-context.ts';
import type { PaymentDocument, WarningDocument } from '../documents/documents.ts';
import { allocationsOf, grossOf } from '../documents/net-payment.ts';
import { nonBlank } from '../documents/parts.ts';
import type { PaymentRecord, RefundRecord } from '../records/records.ts';
import { type Money, parseMoney, sum, ZERO } from '../values/money.ts';
import { REFERRING } from './references.ts';
import type { Rule, Subject } from './rule.ts';
import { cash, inner, naming, shown } from './words.ts';

/** A payment with the parts of it that can't be applied in the books yet. */
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
  importedJobIsReported,
];

export const LISTED_PAYMENT_RULES: readonly Rule<Subject<PaymentRecord, WarningDocument>>[] = [
  ...REFERRING,
  paymentIsReceived,
  amountIsPositive,
  importedJobIsReported,
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
    const message = `An allocation of ${inner(document)} is ${shown(amount, document)}, which is below zero. Correct it in the field-service system.`;
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
  const all = allocated === undefined ? 'an amount too large to post' : cash(allocated, document);
  const message = `The allocations of ${inner(document)} add up to ${all}, more than the payment’s ${cash(gross, document)}. Correct the allocations in the field-service system.`;
  return problem('over-allocated', record, message, 'allocations');
}

function isNotOverRefunded({ record, document }: PaymentSubject): Problem | undefined {
  if (document.operation !== 'payment.insert' || document.amount >= 0) return undefined;
  const refunded = (document.gross - document.amount) as Money;
  const message = `${naming(document)} of ${cash(document.gross, document)} has ${cash(refunded, document)} of refunds. Correct the refunds in the field-service system.`;
  return problem('refund-exceeds-payment', record, message, 'amount');
}

function invoicesAreOfItsCustomer({ record, document, references, context }: PaymentSubject): readonly Problem[] | undefined {
  let problems: Problem[] | undefined;
  for (const [i, { invoiceId }] of (record.allocations ?? []).entries()) {
    const invoice = context.invoice(invoiceId);
    if (!invoice || !nonBlank(invoice.customerId) || !nonBlank(record.customerId) || invoice.customerId === record.customerId)
      continue;
    const theirs = context.customer(invoice.customerId!)?.accountingKey;
    if (theirs !== undefined && theirs === references.customer?.accountingKey) continue;
    const message = `${naming(document)} is from customer ${document.customer?.name ?? record.customerId}, but invoice ${invoice.number ?? invoiceId} is for ${theirs ?? invoice.customerId}. Correct the allocation in the field-service system.`;
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
    // The books already have this part applied; the update of the invoice reports it.
    const stands = context.posted(record)?.applied?.some((a) => a.invoiceId === part.invoiceId && a.amount >= part.amount);
    if (stands) continue;
    const total = invoice.status === 'void' ? ZERO : (parseMoney(invoice.total, context.company.currency) ?? ZERO);
    if (part.amount <= total) continue;
    const state = invoice.status === 'void' ? 'which is void' : `whose total is ${cash(total, document)}`;
    const message = `${naming(document)} allocates ${cash(part.amount, document)} to invoice ${part.invoiceNumber}, ${state}. Correct the allocation in the field-service system. Record the excess as a deposit.`;
    problems ??= [];
    problems.push(problem('allocation-exceeds-invoice', record, message, 'allocations'));
  }
  return problems;
}

function invoicesAreInTheBooks({ record, document, held, context }: PaymentSubject): readonly Problem[] | undefined {
  if (held.length === 0) return undefined;
  return held.map(({ invoiceId, amount }) => {
    const message = `${cash(amount, document)} of ${inner(document)} is sent unapplied, because ${whyHeld(invoiceId, context)}`;
    return problem('payment-unapplied', record, message, 'allocations');
  });
}

function whyHeld(invoiceId: string, context: BuildContext): string {
  const invoice = context.invoice(invoiceId);
  if (!invoice) return `invoice ${invoiceId} was never sent. Send the invoice. Once it is batched, the payment is re-allocated.`;
  const name = `invoice ${invoice.number ?? invoiceId}`;
  switch (invoice.status) {
    case 'draft':
      return `${name} is a draft. Finalize and batch the invoice, and the payment is re-allocated.`;
    case 'void':
      return `${name} is void. Correct the allocation in the field-service system.`;
    case 'finalized':
      return `${name} is not in the books. Batch the invoice, and the payment is re-allocated.`;
    default:
      return invoice.status satisfies never;
  }
}

/** What was posted earlier is in the books under the name that the customer had then. */
function booksKnowItsCustomer({ record, document, context }: PaymentSubject): Problem | undefined {
  const { customer } = document;
  if (customer === undefined) return undefined;
  const invoices = document.applied.map(({ invoiceId }) => ({ type: 'invoice', id: invoiceId }) as const);
  const posted = [record, ...invoices].map((ref) => context.posted(ref)?.customer);
  const before = posted.find((one) => one?.id === customer.id && one.name !== customer.name);
  if (before === undefined) return undefined;
  const message = `${naming(document)} is sent for customer “${customer.name}”, and its earlier documents were posted under the former name “${before.name}”. Rename the customer in the books too, or the payment can’t be applied there.`;
  return problem('reference-changed', { type: 'customer', id: customer.id }, message, 'accountingKey');
}

function importedJobIsReported({ record, document, references }: Subject<PaymentRecord>): Problem | undefined {
  if (references.job?.imported !== true || document.operation === 'payment.update') return undefined;
  const where = document.kind === 'warning' ? 'is only listed' : 'is sent unapplied';
  const job = references.job.number ?? references.job.id;
  const message = `${naming(document)} belongs to imported job ${job}. Only the books have that job’s invoices, so the payment ${where}. Apply it in the books.`;
  return problem('imported-job', record, message, 'jobId');
}

export function amountIsPositive({ record, document, context }: Subject<PaymentRecord | RefundRecord>): Problem | undefined {
  if ((parseMoney(record.amount, context.company.currency) ?? 0) > 0) return undefined;
  const message = `${naming(document)} has an amount of ${shown(record.amount, document)}, which is not above zero. Correct it in the field-service system, or remove it.`;
  return problem('amount-not-positive', record, message, 'amount');
}
