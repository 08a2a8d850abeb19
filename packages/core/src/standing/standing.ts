import type { DocumentKind, Operation } from '../batch/operations.ts';
import type { ProblemCode } from '../codes/problem-codes.ts';
import { correctionOf } from '../documents/correct-payment.ts';
import { dividePayment, type PayableInvoice, unclearAllocations } from '../documents/divide-payment.ts';
import type { AppliedPart, HeldPart } from '../documents/documents.ts';
import { allocationsOf, grossOf, netAllocations, sameAllocations } from '../documents/net-payment.ts';
import type { BatchedRecord, CreditMemoRecord, InvoiceRecord, PaymentRecord, RefundRecord } from '../records/records.ts';
import type { BooksSettings } from '../settings/settings.ts';
import { type Money, parseMoney, ZERO } from '../values/money.ts';

/** What is posted for a record at a target, as far as rules need it. Plain JSON, stored with the posting. */
export interface PostedFacts {
  /** The kind of document in the books: a voided invoice may be there as a credit memo. */
  readonly kind: DocumentKind;
  /** The operation that posted it last. */
  readonly operation: Operation;
  /** Hash of the record's content at the time, see `canonicalContent`. */
  readonly contentHash: string;
  /** Document number, or a payment's Ref No. */
  readonly number: string;
  /** Minor units, as sent. */
  readonly amount: Money;
  /** The document's day in the books. Absent in older postings. */
  readonly date?: string | undefined;
  /** The customer, with the name in the books at that time. Absent in older postings. */
  readonly customer?: { readonly id: string; readonly name: string } | undefined;
  /** The target’s own id; absent at file targets. */
  readonly externalId?: string | undefined;
  /** The target’s own version of the content. It shows whether a person changed the document. */
  readonly externalVersion?: string | undefined;
  /** The ids of its customers and items in the books when it was posted, by `kind/key`. Absent in postings of before 0.3.0: see the batch's names. */
  readonly ids?: Readonly<Record<string, string>> | undefined;
  /** A person changed the document in the books, and someone here kept that change: `externalVersion` is theirs, and no undo may change it. */
  readonly theirs?: true | undefined;
  /** Someone ordered that ours replaces a person's change: the invoice needs an update although its record did not change. */
  readonly sendAgain?: true | undefined;
  /** Where the books compute the tax: a hash of the place that they computed it for, see `placeOf`. Another place needs an update. */
  readonly place?: string | undefined;
  /** Payments: what the books applied when it was posted last; in older postings, what they were asked to apply. */
  readonly applied?: readonly AppliedPart[] | undefined;
  /** Payments: what stayed unapplied of the source's allocations, and why. */
  readonly held?: readonly HeldPart[] | undefined;
  /** Payments: the update that the books refused because the payment is in a bank deposit. It is not offered again. */
  readonly deposited?: { readonly contentHash: string; readonly applied: readonly AppliedPart[] } | undefined;
  /** Payments: the refunds that were netted into it; they count as posted with it. */
  readonly netted?: readonly { readonly refundId: string; readonly contentHash: string }[] | undefined;
}

/** A refund, as its payment needs it. */
export interface RefundFacts {
  /** The record’s id. */
  readonly id: string;
  /** Minor units. */
  readonly amount: Money;
  /** Hash of the record’s content, see `canonicalContent`. */
  readonly contentHash: string;
  /** Withdrawn: it no longer counts. */
  readonly removed: boolean;
}

/** Everything needed to decide what to send for one record at one target. */
export interface StandingFacts {
  /** Hash of the record’s content as it is now. */
  readonly contentHash: string;
  /** File targets list what a person must apply; push targets send it unapplied. */
  readonly delivery: 'files' | 'push';
  /** How a posted invoice that was voided is sent. */
  readonly voids: BooksSettings['policy']['voids'];
  /** The company’s, ISO 4217. */
  readonly currency: string;
  /** What is posted at this target. Absent: nothing. */
  readonly posted?: PostedFacts | undefined;
  /** Of records whose posting has a place: the hash of the place as it is now. */
  readonly place?: string | undefined;
  /** Its job is imported (a refund: its payment's job). */
  readonly importedJob: boolean;
  /** Payments: all refunds of it that were ever sent to us. */
  readonly refunds: readonly RefundFacts[];
  /** Refunds: the payment, and what is posted for it. */
  readonly payment?: { readonly record: PaymentRecord; readonly posted?: PostedFacts | undefined } | undefined;
  /** Payments: only the customer changed, and all invoices that it is applied to in the books have the new one too. */
  readonly movesWithInvoices?: boolean;
  /** Payments: the allocated invoices that are posted as invoices at this target, by record id. */
  readonly postedInvoices: ReadonlyMap<string, PayableInvoice>;
  /**
   * Payments and refunds that came by the API and may be one that a file brought before. `asked`: a person must decide. `same`: it is
   * that one, so it is never sent. Absent: neither.
   */
  readonly twin?: 'asked' | 'same' | undefined;
}

/**
 * The next operation for a record at a target.
 * - not open: nothing to send, for the reason given
 * - `ready`: can be sent as `operation`
 * - `waiting`: a re-allocation that can be sent once its invoice is in the books or in the same batch
 * - `stopped`: no batch can send it, for the `reason` given
 */
export type Standing =
  | { readonly open: false; readonly because: 'posted' | 'void-before-batch' | 'refunded-before-batch' | 'never-sent' | 'netted' }
  | { readonly open: true; readonly readiness: 'ready' | 'waiting'; readonly operation: Operation; readonly amount: Money }
  | { readonly open: true; readonly readiness: 'stopped'; readonly reason: ProblemCode; readonly amount: Money };

/** The next operation for a record at a target, given what is posted there. Pure and total: every record has an answer. */
export function standingOf(record: BatchedRecord, facts: StandingFacts): Standing {
  switch (record.type) {
    case 'invoice':
      return invoiceStanding(record, facts);
    case 'payment':
      return paymentStanding(record, facts);
    case 'refund':
      return refundStanding(record, facts);
    case 'creditMemo':
      return creditMemoStanding(record, facts);
    default:
      return record satisfies never;
  }
}

function invoiceStanding(invoice: InvoiceRecord, facts: StandingFacts): Standing {
  const { posted } = facts;
  const total = parseMoney(invoice.total, facts.currency) ?? ZERO;
  const same = posted?.contentHash === facts.contentHash && posted.sendAgain !== true;
  // Neither a voided invoice nor one that a credit memo has balanced can be brought back by an update.
  const ended = posted !== undefined && (posted.kind === 'creditMemo' || posted.operation === 'invoice.void');
  switch (invoice.status) {
    case 'draft':
      return stopped(posted ? 'was-posted' : 'not-finalized', total);
    case 'void':
      if (!posted) return closed('void-before-batch');
      if (same) return closed('posted');
      return ended ? stopped('changed-after-batch', total) : voidedStanding(posted, facts);
    case 'finalized':
      if (posted && same && (ended || !hasMoved(facts))) return closed('posted');
      if (ended) return stopped('changed-after-batch', total);
      if (total < 0) return stopped('negative-total', total);
      return ready(posted ? 'invoice.update' : 'invoice.insert', total);
    default:
      return invoice.status satisfies never;
  }
}

/** Whether the books computed the tax for another place than that of now. */
function hasMoved({ posted, place }: StandingFacts): boolean {
  return posted?.place !== undefined && place !== undefined && posted.place !== place;
}

function voidedStanding(posted: PostedFacts, facts: StandingFacts): Standing {
  switch (facts.voids) {
    case 'update':
      return ready('invoice.update', ZERO);
    case 'void':
      return ready('invoice.void', ZERO);
    case 'credit-memo':
      return ready('creditMemo.insert', posted.amount);
    default:
      return facts.voids satisfies never;
  }
}

function creditMemoStanding(memo: CreditMemoRecord, facts: StandingFacts): Standing {
  const { posted } = facts;
  const total = parseMoney(memo.total, facts.currency) ?? ZERO;
  if (memo.status === 'removed') return posted ? stopped('changed-after-batch', total) : closed('never-sent');
  if (!posted) return ready('creditMemo.insert', total);
  if (posted.contentHash === facts.contentHash && !hasMoved(facts)) return closed('posted');
  return facts.delivery === 'push' && posted.customer?.id === (memo.customerId ?? '')
    ? ready('creditMemo.update', total)
    : stopped('changed-after-batch', total);
}

function paymentStanding(payment: PaymentRecord, facts: StandingFacts): Standing {
  const { posted } = facts;
  const gross = grossOf(payment, facts.currency);
  if (payment.status !== 'received') return posted ? stopped('changed-after-batch', gross) : closed('never-sent');
  if (posted) return postedPaymentStanding(payment, posted, gross, facts);

  if (facts.twin === 'same') return closed('never-sent');
  if (facts.twin === 'asked') return stopped('maybe-twice', gross);
  if (gross <= 0) return stopped('amount-not-positive', gross);
  const net = gross - refundedOf(facts.refunds);
  if (net < 0) return stopped('refund-exceeds-payment', gross);
  if (net === 0) return closed('refunded-before-batch');
  return ready(listsOnly(facts) ? 'warning.list' : 'payment.insert', net as Money);
}

function postedPaymentStanding(payment: PaymentRecord, posted: PostedFacts, gross: Money, facts: StandingFacts): Standing {
  const same = posted.contentHash === facts.contentHash;
  // A listed payment is not in the books through us: a person has read it, and reads it again if it changed.
  if (posted.kind === 'warning')
    return same ? closed('posted') : ready('warning.list', (gross - nettedIn(posted, facts.refunds)) as Money);
  if (facts.movesWithInvoices === true) return ready('payment.update', posted.amount);
  if (!same) {
    if (facts.delivery === 'files') return stopped('changed-after-batch', gross);
    const correction = correctionOf(payment, gross, posted, facts.refunds);
    if ('stopped' in correction) return stopped(correction.stopped, gross);
    const refused = posted.deposited?.contentHash === facts.contentHash;
    return refused ? stopped('payment-deposited', correction.amount) : ready('payment.update', correction.amount);
  }
  // On an imported job a person applies the payment. A re-allocation would undo their work.
  if (facts.importedJob) return closed('posted');

  // Nobody knows which allocation is wrong: what is applied stays, and nothing more is applied.
  if (unclearAllocations(payment, facts.currency) !== undefined)
    return (posted.applied ?? []).length === 0 ? closed('posted') : stopped('over-allocated', posted.amount);
  const { applied, held } = dividePayment(
    netAllocations(allocationsOf(payment, facts.currency), gross, (gross - posted.amount) as Money),
    { delivery: facts.delivery, payer: posted.customer, posted, invoice: (id) => facts.postedInvoices.get(id) },
  );
  if (!sameAllocations(applied, posted.applied ?? [])) {
    const { deposited } = posted;
    const refused = deposited?.contentHash === facts.contentHash && sameAllocations(applied, deposited.applied);
    return refused ? stopped('payment-deposited', posted.amount) : ready('payment.update', posted.amount);
  }
  if (held.some(({ because }) => because === 'not-sent'))
    return { open: true, readiness: 'waiting', operation: 'payment.update', amount: posted.amount };
  return closed('posted');
}

function refundStanding(refund: RefundRecord, facts: StandingFacts): Standing {
  const { posted, payment } = facts;
  const amount = parseMoney(refund.amount, facts.currency) ?? ZERO;
  const netted = payment?.posted?.netted?.find((n) => n.refundId === refund.id);
  if (refund.status === 'removed') return posted || netted ? stopped('changed-after-batch', amount) : closed('never-sent');
  if (posted) return posted.contentHash === facts.contentHash ? closed('posted') : correctedRefund(posted, amount, facts);
  if (netted) return netted.contentHash === facts.contentHash ? closed('netted') : stopped('changed-after-batch', amount);
  if (facts.twin === 'same') return closed('never-sent');
  if (facts.twin === 'asked') return stopped('maybe-twice', amount);
  if (!payment) return stopped('unknown-payment', amount);
  if (!payment.posted) return closed(payment.record.status === 'received' ? 'netted' : 'never-sent');
  if (amount <= 0) return stopped('amount-not-positive', amount);
  // A journal needs a payment that is in the books. A payment that was only listed is not there.
  return ready(payment.posted.kind === 'warning' ? 'warning.list' : 'journal.insert', amount);
}

/** A journal stays with its customer. Files have no journal that could be replaced. */
function correctedRefund(posted: PostedFacts, amount: Money, { delivery, payment }: StandingFacts): Standing {
  const samePayer = posted.customer !== undefined && posted.customer.id === payment?.record.customerId;
  if (delivery === 'files' || posted.kind !== 'journal' || !samePayer) return stopped('changed-after-batch', amount);
  return amount <= 0 ? stopped('amount-not-positive', amount) : ready('journal.update', amount);
}

function listsOnly(facts: StandingFacts): boolean {
  return facts.importedJob && facts.delivery === 'files';
}

function refundedOf(refunds: readonly RefundFacts[]): number {
  let refunded = 0;
  for (const refund of refunds) if (!refund.removed) refunded += refund.amount;
  return refunded;
}

/** The refunds that a posting counted, at the amounts that they have now. */
function nettedIn(posted: PostedFacts, refunds: readonly RefundFacts[]): Money {
  let netted = 0;
  for (const { refundId } of posted.netted ?? []) netted += refunds.find((refund) => refund.id === refundId)?.amount ?? 0;
  return netted as Money;
}

function closed(because: Extract<Standing, { open: false }>['because']): Standing {
  return { open: false, because };
}

function ready(operation: Operation, amount: Money): Standing {
  return { open: true, readiness: 'ready', operation, amount };
}

function stopped(reason: ProblemCode, amount: Money): Standing {
  return { open: true, readiness: 'stopped', reason, amount };
}
