import type { BatchedRef } from './ids.ts';
import type { Money } from './money.ts';
import type { Address } from './records.ts';

/** Who a document is for, as the books name them. */
export interface DocumentCustomer {
  readonly id: string;
  /** The accounting key: the display name in the books; `Parent:Sub` for a sub-customer. */
  readonly name: string;
  readonly company?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly billingAddress?: Address;
  readonly taxExempt: boolean;
}

/** A product or service in the books. It carries exactly one account. */
export interface DocumentItem {
  readonly name: string;
  readonly description?: string;
  /** The income account that the mapping wants, by its full name; absent if nothing is mapped. */
  readonly account?: string;
}

export interface DocumentLine {
  readonly item: DocumentItem;
  readonly description?: string;
  /** Decimal strings with up to 5 fraction digits. */
  readonly quantity: string;
  readonly unitPrice: string;
  /** Minor units: quantity × unitPrice rounded half away from zero. Negative for a promotion. */
  readonly amount: Money;
  readonly taxable: boolean;
  readonly class?: string;
}

export interface DocumentTax {
  /** The tax's name in the source, and the tax code that the settings map it to. */
  readonly name: string;
  readonly code?: string;
  readonly rate?: string;
  readonly amount: Money;
}

export interface DocumentHead {
  /** The record that this document says to the books. */
  readonly record: BatchedRef;
  readonly currency: string;
  /** The day in the company's own calendar, YYYY-MM-DD. */
  readonly date: string;
  /** How a person, or a look-up after a lost reply, recognises our document: source type and id. Goes to the private note. */
  readonly marker: string;
  readonly job?: { readonly id: string; readonly number?: string; readonly imported: boolean };
  readonly department?: { readonly id: string; readonly name: string };
}

export interface SalesForm extends DocumentHead {
  /** Absent only while the record has a problem that says so. */
  readonly customer?: DocumentCustomer;
  readonly number: string;
  /** The source's memo, for the customer to read. */
  readonly message?: string;
  /** Set where the books keep one class per transaction; the lines then have the same. */
  readonly class?: string;
  readonly lines: readonly DocumentLine[];
  readonly tax?: DocumentTax;
  readonly total: Money;
}

export interface InvoiceDocument extends SalesForm {
  readonly kind: 'invoice';
  readonly operation: 'invoice.insert' | 'invoice.update' | 'invoice.void';
  /** The day under which the books hold it until now, where that is another one. */
  readonly formerDate?: string;
  readonly dueDate?: string;
  readonly terms?: string;
}

export interface CreditMemoDocument extends SalesForm {
  readonly kind: 'creditMemo';
  readonly operation: 'creditMemo.insert';
  /** The invoice it is about; the memo is left unapplied all the same. */
  readonly invoiceId?: string;
}

export interface AppliedPart {
  readonly invoiceId: string;
  readonly invoiceNumber: string;
  readonly amount: Money;
}

export interface PaymentDocument extends DocumentHead {
  readonly kind: 'payment';
  readonly operation: 'payment.insert' | 'payment.update';
  readonly customer?: DocumentCustomer;
  /** Unique per payment at this target: the reference if it is free, else shortened with a hash suffix. */
  readonly refNo: string;
  /** What the person typed. */
  readonly reference?: string;
  readonly method?: string;
  /** The account it is deposited to, by full name; absent: the books' own default (Undeposited Funds). */
  readonly depositTo?: string;
  /** What is sent: the payment less the refunds made so far. */
  readonly amount: Money;
  readonly gross: Money;
  readonly netted: readonly { readonly refundId: string; readonly amount: Money }[];
  readonly applied: readonly AppliedPart[];
  /** amount − Σ applied; a job deposit is all unapplied. */
  readonly unapplied: Money;
}

export interface JournalLine {
  readonly account: string;
  readonly side: 'debit' | 'credit';
  readonly amount: Money;
  readonly description?: string;
  /** The customer; mandatory on Accounts Receivable. */
  readonly customer?: DocumentCustomer;
  readonly class?: string;
}

export interface JournalDocument extends DocumentHead {
  readonly kind: 'journal';
  readonly operation: 'journal.insert';
  readonly customer?: DocumentCustomer;
  readonly number: string;
  readonly memo: string;
  readonly paymentId: string;
  /** Debits equal credits. */
  readonly lines: readonly JournalLine[];
  readonly total: Money;
}

/** Not a document of the books: a line for a person to read and act on. */
export interface WarningDocument extends DocumentHead {
  readonly kind: 'warning';
  readonly operation: 'warning.list';
  readonly customer?: DocumentCustomer;
  readonly number: string;
  readonly method?: string;
  readonly amount: Money;
  /** Payments: the refunds that `amount` is less by. */
  readonly netted?: readonly { readonly refundId: string; readonly amount: Money }[];
  /** What the person does. */
  readonly text: string;
}

/**
 * What the books should hold because of a record. Core builds it once and freezes it in a batch;
 * nothing edits it afterwards. Plain JSON.
 */
export type Document = InvoiceDocument | PaymentDocument | JournalDocument | CreditMemoDocument | WarningDocument;

/** The amount by which a document is counted in totals, in minor units. */
export function amountOf(document: Document): Money {
  switch (document.kind) {
    case 'invoice':
    case 'creditMemo':
    case 'journal':
      return document.total;
    case 'payment':
    case 'warning':
      return document.amount;
    default:
      return document satisfies never;
  }
}

/** The number under which the books (or the file) will show it. */
export function numberOf(document: Document): string {
  return document.kind === 'payment' ? document.refNo : document.number;
}
