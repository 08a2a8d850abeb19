import type { PaymentRecord } from '../records/records.ts';
import type { Money } from '../values/money.ts';
import { foldedName } from '../values/same-name.ts';
import type { AppliedPart, HeldPart, PaymentDocument } from './documents.ts';
import { type Allocation, allocationsOf, grossOf } from './net-payment.ts';

/** An invoice that is in the books, or that this batch writes, as far as a payment needs it. */
export interface PayableInvoice {
  /** Minor units; zero for a voided one. */
  readonly total: Money;
  /** Whose it is, with the name in the books. Absent: unknown. */
  readonly customer?: Payer | undefined;
}

/** A customer by record and name. */
export interface Payer {
  /** The record's id. */
  readonly id: string;
  /** The accounting key. */
  readonly name: string;
}

/** What decides which invoices a payment can be applied to. */
export interface DivideTerms {
  /** Files are loaded by a program that nobody here can ask. A push target answers for each part. */
  readonly delivery: 'files' | 'push';
  /** Who paid. Absent: unknown, and every invoice counts as the payer's own. */
  readonly payer: Payer | undefined;
  /** What stands posted for the payment. */
  readonly posted:
    | { readonly applied?: readonly AppliedPart[] | undefined; readonly held?: readonly HeldPart[] | undefined }
    | undefined;
  /** Undefined for an invoice that is neither in the books nor in this batch. */
  invoice(id: string): PayableInvoice | undefined;
}

/**
 * Divides a payment's allocations into what is applied now and what stays unapplied, with the reason. What the books hold already stays
 * applied. What they once refused to apply is asked for again only when the reason is gone. Pure.
 */
export function dividePayment(
  wanted: readonly Allocation[],
  terms: DivideTerms,
): { readonly applied: readonly Allocation[]; readonly held: readonly HeldPart[] } {
  const applied: Allocation[] = [];
  const held: HeldPart[] = [];
  for (const part of wanted) {
    const { amount, rest } = possible(part, terms);
    if (amount > 0) applied.push({ invoiceId: part.invoiceId, amount });
    if (rest !== undefined) held.push({ invoiceId: part.invoiceId, amount: (part.amount - amount) as Money, ...rest });
  }
  return { applied, held };
}

type Rest = Omit<HeldPart, 'invoiceId' | 'amount'>;

function possible({ invoiceId, amount }: Allocation, terms: DivideTerms): { amount: Money; rest?: Rest } {
  const { posted } = terms;
  const has = posted?.applied?.find((one) => one.invoiceId === invoiceId)?.amount ?? 0;
  const before = posted?.held?.find((one) => one.invoiceId === invoiceId);
  const invoice = terms.invoice(invoiceId);
  // An invoice that a credit memo balanced is still in the books, with what is applied to it.
  if (invoice === undefined) return has > 0 ? { amount } : { amount: 0 as Money, rest: { because: 'not-sent' } };

  const { total, customer } = invoice;
  const theirs = before?.because === 'other-customer' && before.customerId === customer?.id;
  let limit: number = amount;
  let rest: Rest | undefined;
  if (theirs || !mayPay(terms, customer)) {
    limit = 0;
    rest = customer === undefined ? { because: 'other-customer' } : { because: 'other-customer', customerId: customer.id };
  } else if (before?.because === 'over' && before.total !== undefined && total <= before.total) {
    limit = Math.min(amount, has);
    rest = { because: 'over', total: before.total };
  } else if (amount > total) {
    limit = total;
    rest = { because: 'over', total };
  }
  const taken = Math.max(limit, Math.min(amount, has)) as Money;
  return rest === undefined || taken >= amount ? { amount: taken } : { amount: taken, rest };
}

/** A push target knows the books' own hierarchy and decides itself. Nobody has tried a parent's payment in a file. */
function mayPay({ delivery, payer }: DivideTerms, owner: Payer | undefined): boolean {
  return delivery === 'push' || payer === undefined || owner === undefined || isSameCustomer(payer, owner);
}

/** Two records with one name in the books are one customer there. */
export function isSameCustomer(a: Payer, b: Payer): boolean {
  return a.id === b.id || foldedName(a.name) === foldedName(b.name);
}

/** Whether `Parent:Sub` says that the payer is the customer or above it. */
export function paysByName(payer: Payer, owner: Payer): boolean {
  return isSameCustomer(payer, owner) || foldedName(owner.name).startsWith(`${foldedName(payer.name)}:`);
}

/** Why nobody can know which allocations are right; undefined if they can be followed. */
export function unclearAllocations(payment: PaymentRecord, currency: string): 'over-allocated' | 'below-zero' | undefined {
  const parts = allocationsOf(payment, currency);
  if (parts.some(({ amount }) => amount < 0)) return 'below-zero';
  let allocated = 0;
  for (const { amount } of parts) allocated += amount;
  return parts.length > 0 && !(allocated <= grossOf(payment, currency)) ? 'over-allocated' : undefined;
}

/** A payment without the parts for invoices that are not sent after all: they stay unapplied until their invoices are in the books. */
export function heldBack(document: PaymentDocument, unsent: ReadonlySet<string>): PaymentDocument {
  const parts = document.applied.filter(({ invoiceId }) => unsent.has(invoiceId));
  return withHeld(
    document,
    parts.map(({ invoiceId, amount }) => ({ invoiceId, amount, because: 'not-sent' })),
  );
}

/** A payment without what its invoices can't take, because payments before it paid them: that stays unapplied. */
export function heldOver(
  document: PaymentDocument,
  over: readonly { readonly invoiceId: string; readonly amount: Money; readonly total: Money }[],
): PaymentDocument {
  return withHeld(
    document,
    over.map((part) => ({ ...part, because: 'over' })),
  );
}

/** A payment of which more is held than before. @param more of what is applied */
function withHeld(document: PaymentDocument, more: readonly HeldPart[]): PaymentDocument {
  const held = new Map((document.held ?? []).map((part) => [part.invoiceId, part]));
  const less = new Map<string, number>();
  let unapplied: number = document.unapplied;
  for (const part of more) {
    unapplied += part.amount;
    less.set(part.invoiceId, (less.get(part.invoiceId) ?? 0) + part.amount);
    const before = held.get(part.invoiceId)?.amount ?? 0;
    held.set(part.invoiceId, { ...part, amount: (before + part.amount) as Money });
  }
  const applied = document.applied
    .map((part) => ({ ...part, amount: (part.amount - (less.get(part.invoiceId) ?? 0)) as Money }))
    .filter(({ amount }) => amount > 0);
  return { ...document, applied, held: [...held.values()], unapplied: unapplied as Money };
}
