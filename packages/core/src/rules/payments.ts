import { type Problem, problem } from '../codes/problems.ts';
import type { BuildContext } from '../documents/build-context.ts';
import { correctionOf } from '../documents/correct-payment.ts';
import { paysByName, unclearAllocations } from '../documents/divide-payment.ts';
import type { HeldPart, PaymentDocument, WarningDocument } from '../documents/documents.ts';
import { allocationsOf, grossOf } from '../documents/net-payment.ts';
import { nonBlank } from '../documents/parts.ts';
import { payable, payerOf } from '../documents/payable.ts';
import { keptOf } from '../documents/payment-fee.ts';
import type { PaymentRecord, RefundRecord } from '../records/records.ts';
import type { PostedFacts } from '../standing/standing.ts';
import { type Money, parseMoney, sum, ZERO } from '../values/money.ts';
import { CUSTOMER_RULES } from './references.ts';
import type { Rule, Subject } from './rule.ts';
import { staysInItsMonth } from './stays-in-month.ts';
import { cash, inner, naming, shown } from './words.ts';

/** A payment with the parts of it that stay unapplied. */
export interface PaymentSubject extends Subject<PaymentRecord, PaymentDocument> {
  readonly held: readonly HeldPart[];
}

export const PAYMENT_RULES: readonly Rule<PaymentSubject>[] = [
  ...CUSTOMER_RULES,
  paymentIsSorted,
  paymentIsReceived,
  amountIsPositive,
  allocationsAreClear,
  isNotOverRefunded,
  correctionIsPossible,
  invoicesAreOfItsCustomer,
  fitsItsInvoices,
  invoicesAreInTheBooks,
  booksKnowItsCustomer,
  importedJobIsReported,
  feeIsReported,
  staysInItsMonth,
];

export const LISTED_PAYMENT_RULES: readonly Rule<Subject<PaymentRecord, WarningDocument>>[] = [
  ...CUSTOMER_RULES,
  paymentIsSorted,
  paymentIsReceived,
  amountIsPositive,
  importedJobIsReported,
];

function paymentIsReceived({ record, document }: Subject<PaymentRecord>): Problem | undefined {
  if (record.status === 'received') return undefined;
  const message = `${naming(document)} is ${record.status}. Decide in the field-service system whether it was received.`;
  return problem('changed-after-batch', record, message, 'status');
}

/** Job and department only sort a payment. It is received without them too. */
function paymentIsSorted({ record, document, references }: Subject<PaymentRecord>): readonly Problem[] | undefined {
  const problems: Problem[] = [];
  const departmentId = nonBlank(record.departmentId) ?? nonBlank(references.job?.departmentId);
  if (departmentId !== undefined && references.department === undefined) {
    const message = `${naming(document)} belongs to department ${departmentId}, and that department was never sent. The payment is sent without it. Send the department record.`;
    problems.push(problem('payment-unsorted', record, message, 'departmentId'));
  }
  if (nonBlank(record.jobId) && references.job === undefined) {
    const message = `${naming(document)} belongs to job ${record.jobId}, and that job was never sent. The payment is sent without it. Send the job record.`;
    problems.push(problem('payment-unsorted', record, message, 'jobId'));
  }
  return problems;
}

function allocationsAreClear({ record, document, references, context }: PaymentSubject): readonly Problem[] | undefined {
  const { currency } = context.company;
  const why = unclearAllocations(record, currency);
  if (why === undefined || references.job?.imported === true) return undefined;
  const outcome = document.applied.length === 0 ? 'the payment is sent unapplied' : 'the payment stays applied as it is';
  const cure = 'Correct the allocations in the field-service system, and the payment is re-allocated.';
  if (why === 'over-allocated') {
    const allocated = sum(allocationsOf(record, currency).map((part) => part.amount));
    const all = allocated === undefined ? 'an amount too large to post' : cash(allocated, document);
    const message = `The allocations of ${inner(document)} add up to ${all}, more than the payment’s ${cash(grossOf(record, currency), document)}, so ${outcome}. ${cure}`;
    return [problem('over-allocated', record, message, 'allocations')];
  }
  const parts = allocationsOf(record, currency).filter(({ amount }) => amount < 0);
  return parts.map(({ invoiceId, amount }) => {
    const message = `${naming(document)} allocates ${cash(amount, document)} to invoice ${context.invoice(invoiceId)?.number ?? invoiceId}, which is below zero, so ${outcome}. ${cure}`;
    return problem('payment-unapplied', record, message, 'allocations');
  });
}

function isNotOverRefunded({ record, document }: PaymentSubject): Problem | undefined {
  if (document.operation !== 'payment.insert' || document.amount >= 0) return undefined;
  const refunded = (document.gross - document.amount) as Money;
  const message = `${naming(document)} of ${cash(document.gross, document)} has ${cash(refunded, document)} of refunds. Correct the refunds in the field-service system.`;
  return problem('refund-exceeds-payment', record, message, 'amount');
}

/** What only a person can correct, or what would be less than its refunds. */
function correctionIsPossible({ record, document, context }: PaymentSubject): Problem | undefined {
  const posted = document.operation === 'payment.update' && context.delivery === 'push' ? context.posted(record) : undefined;
  if (posted === undefined || context.contentHash === undefined || context.contentHash(record) === posted.contentHash)
    return undefined;
  if (movesWithItsInvoices(record, posted, context)) return undefined;
  const correction = correctionOf(record, document.gross, posted, context.refundsOf(record.id));
  if (!('stopped' in correction) || correction.stopped === 'amount-not-positive') return undefined;
  const text =
    correction.stopped === 'refund-exceeds-payment'
      ? `${naming(document)} is corrected to ${cash(document.gross, document)}, less than its refunds. Correct the refunds in the field-service system.`
      : `${naming(document)} changed in a way that no update can express. Correct it in the books, then mark it as already in the books.`;
  return problem(correction.stopped, record, text, 'amount');
}

/** Nothing but its customer changed, and all invoices that it is applied to in the books have the new one too. */
function movesWithItsInvoices(record: PaymentRecord, posted: PostedFacts, context: PaymentSubject['context']): boolean {
  const former = posted.customer?.id;
  const applied = posted.applied ?? [];
  if (former === undefined || former === record.customerId || applied.length === 0) return false;
  const isSame = context.contentHash?.({ ...record, customerId: former }) === posted.contentHash;
  return isSame && applied.every(({ invoiceId }) => context.invoice(invoiceId)?.customerId === record.customerId);
}

/** A parent pays for its sub-customers. What only the books can know, a push target decides. */
function invoicesAreOfItsCustomer({ record, document, references, held, context }: PaymentSubject): readonly Problem[] {
  const payer = payerOf(references.customer);
  const problems: Problem[] = [];
  const report = (invoiceId: string, text: string) => {
    const owner = payable(invoiceId, context)?.customer;
    const number = context.invoice(invoiceId)?.number ?? invoiceId;
    const message = `${naming(document)} is from customer ${payer?.name ?? record.customerId}, but invoice ${number} is for ${owner?.name ?? 'another customer'}. ${text}`;
    problems.push(problem('customer-differs', record, message, 'allocations'));
  };
  for (const { invoiceId, amount, because } of held) {
    if (because === 'other-customer')
      report(invoiceId, `${cash(amount, document)} stays unapplied. Apply it in the books, or correct the allocation.`);
  }
  if (context.delivery !== 'push' || payer === undefined) return problems;
  for (const { invoiceId, amount } of document.applied) {
    const owner = payable(invoiceId, context)?.customer;
    if (owner === undefined || paysByName(payer, owner)) continue;
    report(
      invoiceId,
      `${cash(amount, document)} is applied only if the books have that customer as a sub-customer of the payer, and stays unapplied otherwise. Correct the allocation, or the customer in the books.`,
    );
  }
  return problems;
}

/** A tip, or an overpayment: the invoice takes no more than its total, and the customer keeps the rest as a credit. */
function fitsItsInvoices({ record, document, held, context }: PaymentSubject): readonly Problem[] {
  return held.flatMap(({ invoiceId, amount, because, total = ZERO }) => {
    if (because !== 'over') return [];
    const invoice = context.invoice(invoiceId);
    const state = invoice?.status === 'void' ? 'which is void' : `whose total is ${cash(total, document)}`;
    const message = `${naming(document)} allocates ${cash(amount, document)} too much to invoice ${invoice?.number ?? invoiceId}, ${state}. That part is sent unapplied, as an open credit of the customer. Refund it, or correct the allocation.`;
    return problem('paid-over-invoice', record, message, 'allocations');
  });
}

function invoicesAreInTheBooks({ record, document, held, context }: PaymentSubject): readonly Problem[] {
  return held.flatMap(({ invoiceId, amount, because }) => {
    if (because !== 'not-sent') return [];
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

/** The customer's debt is paid by the whole amount. What arrives in the bank is a matter of the deposit. */
function feeIsReported({ record, document, context }: PaymentSubject): Problem | undefined {
  const fee = keptOf(record, context.company.currency);
  if (fee === 0 || document.fee !== undefined || document.operation === 'payment.update') return undefined;
  const message = `${naming(document)} is posted with the ${cash(document.gross, document)} that the customer paid. The fee of ${cash(fee, document)} is not posted. Add it to the bank deposit in the books, or choose accounts for card fees and for payments in the settings.`;
  return problem('fee-not-posted', record, message, 'fee');
}

export function amountIsPositive({ record, document, context }: Subject<PaymentRecord | RefundRecord>): Problem | undefined {
  if ((parseMoney(record.amount, context.company.currency) ?? 0) > 0) return undefined;
  const message = `${naming(document)} has an amount of ${shown(record.amount, document)}, which is not above zero. Correct it in the field-service system, or remove it.`;
  return problem('amount-not-positive', record, message, 'amount');
}
