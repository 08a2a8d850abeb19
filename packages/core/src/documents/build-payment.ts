import type { PaymentRecord } from '../records/records.ts';
import { PAYMENT_RULES } from '../rules/payments.ts';
import { check } from '../rules/rule.ts';
import type { PostedFacts } from '../standing/standing.ts';
import { compact } from '../values/compact.ts';
import type { Money } from '../values/money.ts';
import type { BuildContext, Built } from './build-context.ts';
import { correctedMembers, correctionOf } from './correct-payment.ts';
import { dividePayment, unclearAllocations } from './divide-payment.ts';
import type { AppliedPart, HeldPart, PaymentDocument } from './documents.ts';
import { type Allocation, allocationsOf, grossOf, netAllocations, sameAllocations } from './net-payment.ts';
import { customerOf, headOf, lookUp, mapped, nonBlank, type References } from './parts.ts';
import { payable, payerOf } from './payable.ts';
import { feeOf } from './payment-fee.ts';
import { refNoOf } from './ref-no.ts';

/** Builds a payment: less the refunds made before it was posted, applied to those of its invoices that are in the books or in this batch. */
export function buildPayment(record: PaymentRecord, operation: PaymentDocument['operation'], context: BuildContext): Built {
  const references = lookUp(record, context);
  const posted = operation === 'payment.update' ? context.posted(record) : undefined;
  const gross = grossOf(record, context.company.currency);
  const { amount, netted } = posted ? asPosted(record, posted, gross, context) : net(record, gross, context);
  const { applied: possible, held } = divided(record, context.posted(record), (gross - amount) as Money, references, context);
  let applied = 0;
  for (const part of possible) applied += part.amount;

  const built = compact<PaymentDocument>({
    kind: 'payment',
    operation,
    ...headOf(record, record.date, references, context),
    customer: customerOf(references.customer),
    refNo: refNoOf(record, context),
    reference: nonBlank(record.reference),
    method: methodOf(record, context),
    depositTo: depositOf(record, context),
    amount,
    gross,
    netted,
    applied: possible.map((part) => appliedPart(part, context)),
    held: held.length === 0 ? undefined : held,
    fee: operation === 'payment.insert' ? feeOf(record, gross, depositOf(record, context), context) : undefined,
    unapplied: (amount - applied) as Money,
  });
  const document = posted === undefined ? built : asUpdate(built, record, posted, context);
  const problems = check({ record, document, references, context, held }, PAYMENT_RULES);
  const nothingToSend = posted
    ? document.corrects === undefined && sameAllocations(document.applied, posted.applied ?? []) && !isMoved(document, posted)
    : operation === 'payment.insert' && amount === 0 && gross > 0;
  return { document, problems, nothingToSend };
}

/**
 * An update leaves what it does not correct as it is posted: a method that is mapped otherwise by now is no correction, and money stays
 * in its account. A new reference gets a new number.
 */
function asUpdate(built: PaymentDocument, record: PaymentRecord, posted: PostedFacts, context: BuildContext): PaymentDocument {
  const kept = context.postedDocument?.(record);
  const former = kept?.kind === 'payment' ? kept : undefined;
  const changed = isCorrected(record, posted, context);
  const corrects = changed ? correctedMembers(built, posted, former) : [];
  const { method: _, depositTo: __, ...rest } = built;
  return compact<PaymentDocument>({
    ...rest,
    method: former === undefined || corrects.includes('method') ? built.method : former.method,
    depositTo: former === undefined ? built.depositTo : former.depositTo,
    refNo: corrects.includes('reference') ? refNoOf(record, context, 'anew') : built.refNo,
    fee: former?.fee,
    corrects: corrects.length === 0 ? undefined : corrects,
    formerDate: corrects.includes('date') ? (posted.date ?? former?.date) : undefined,
  });
}

function isCorrected(record: PaymentRecord, posted: PostedFacts, context: BuildContext): boolean {
  return context.delivery === 'push' && context.contentHash !== undefined && context.contentHash(record) !== posted.contentHash;
}

/** It goes to another customer, as its invoices do. */
function isMoved({ operation, customer }: PaymentDocument, posted: PostedFacts): boolean {
  const moves = customer !== undefined && posted.customer !== undefined && customer.id !== posted.customer.id;
  return operation === 'payment.update' && moves;
}

/** The payment method's name in the books. */
export function methodOf(record: PaymentRecord, context: BuildContext): string | undefined {
  const method = nonBlank(record.method);
  return method === undefined ? undefined : (mapped(context.settings.paymentMethods, method) ?? method);
}

/** The account for the payment's method, else the default one. What is posted stays where it is: an update sends no account. */
function depositOf(record: PaymentRecord, { settings }: BuildContext): string | undefined {
  const method = nonBlank(record.method);
  const own = method === undefined ? undefined : mapped(settings.paymentAccounts ?? {}, method);
  return own ?? nonBlank(settings.accounts.depositTo);
}

/** The payment less its refunds: all of them, or for a listed payment those that were netted when it was first listed. */
export function net(record: PaymentRecord, gross: Money, context: BuildContext): Pick<PaymentDocument, 'amount' | 'netted'> {
  const posted = context.posted(record);
  const listed = posted && (posted.netted ?? []);
  let refunded = 0;
  const netted: { refundId: string; amount: Money }[] = [];
  for (const refund of context.refundsOf(record.id)) {
    if (listed ? listed.every(({ refundId }) => refundId !== refund.id) : refund.removed) continue;
    refunded += refund.amount;
    netted.push({ refundId: refund.id, amount: refund.amount });
  }
  return { amount: (gross - refunded) as Money, netted };
}

/** A later refund never changes a posted payment: the refund has a journal of its own. A correction changes what was paid. */
function asPosted(
  record: PaymentRecord,
  posted: PostedFacts,
  gross: Money,
  context: BuildContext,
): Pick<PaymentDocument, 'amount' | 'netted'> {
  const refunds = context.refundsOf(record.id);
  const netted = (posted.netted ?? []).map(({ refundId }) => ({
    refundId,
    amount: refunds.find((refund) => refund.id === refundId)?.amount ?? (0 as Money),
  }));
  const correction = isCorrected(record, posted, context) ? correctionOf(record, gross, posted, refunds) : undefined;
  return { amount: correction !== undefined && 'amount' in correction ? correction.amount : posted.amount, netted };
}

/** What is applied to which invoices, and what stays unapplied. */
function divided(
  record: PaymentRecord,
  posted: PostedFacts | undefined,
  refunded: Money,
  { job, customer }: References,
  context: BuildContext,
): ReturnType<typeof dividePayment> {
  // A person applies payments on an imported job: only the books have its invoices.
  if (job?.imported) return { applied: [], held: [] };
  const { currency } = context.company;
  const allocations = allocationsOf(record, currency);
  if (unclearAllocations(record, currency) !== undefined) {
    const unclear = ({ invoiceId, amount }: Allocation): HeldPart => ({ invoiceId, amount, because: 'unclear' });
    return { applied: posted?.applied ?? [], held: allocations.filter(({ amount }) => amount > 0).map(unclear) };
  }
  return dividePayment(netAllocations(allocations, grossOf(record, currency), refunded), {
    delivery: context.delivery,
    payer: payerOf(customer),
    posted,
    invoice: (id) => payable(id, context),
  });
}

/** The invoice's number in the books, now or after this batch. */
/** A part with the number of its invoice in the books. */
export function appliedPart({ invoiceId, amount }: Allocation, context: BuildContext): AppliedPart {
  const own = context.invoice(invoiceId)?.number?.trim();
  const posted = context.posted({ type: 'invoice', id: invoiceId })?.number;
  const invoiceNumber = (context.inBatch(invoiceId) ? (own ?? posted) : (posted ?? own)) ?? '';
  return { invoiceId, invoiceNumber, amount };
}
