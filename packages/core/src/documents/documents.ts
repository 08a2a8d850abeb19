import type { Address } from '../records/records.ts';
import type { TaxMode } from '../settings/settings.ts';
import type { BatchedRef } from '../values/ids.ts';
import type { Money } from '../values/money.ts';

/** The customer of a document, as named in the books. */
export interface DocumentCustomer {
  /** The record's id. */
  readonly id: string;
  /** The accounting key: the display name in the books; `Parent:Sub` for a sub-customer. */
  readonly name: string;
  /** The business's name, if the customer is a business. */
  readonly company?: string;
  /** One address. */
  readonly email?: string;
  /** As people typed it. */
  readonly phone?: string;
  /** As sent, in parts. */
  readonly billingAddress?: Address;
  /** Pays no sales tax. A document that charges tax anyway gets a warning. */
  readonly taxExempt: boolean;
}

/** A product or service in the books. It carries exactly one account. */
export interface DocumentItem {
  /** The service's name, or the category's if the line has no service. */
  readonly name: string;
  /**
   * Identifies the item whatever it is called, so that a link survives a new name: `service:<id>`, then `/category:<name>` where the
   * category is not the service's own; without a service `category:<name>`, else `account:<name>`, else `name:<name>`. Absent in
   * documents of before 0.3.0: the name is the key.
   */
  readonly key?: string;
  /** The item's own, for creating it. */
  readonly description?: string;
  /** The income account, by its full name: the item's own in the books where that decides, else the mapping's. Absent: there is none. */
  readonly account?: string;
  /** The mapping's account, where the item's own is another and decides. Absent: they are the same, or nothing is mapped. */
  readonly mappedTo?: string;
}

/** One line of an invoice or credit memo. */
export interface DocumentLine {
  /** What was sold. */
  readonly item: DocumentItem;
  /** This line's, for the customer to read. */
  readonly description?: string;
  /** A decimal string with up to 5 fraction digits. */
  readonly quantity: string;
  /** A decimal string with up to 7 fraction digits, below zero for a promotion. */
  readonly unitPrice: string;
  /**
   * Minor units; negative for a promotion. It counts: it is quantity × unitPrice rounded half away from zero, unless the source sent
   * another amount. A push target then sends the amount alone; for files the quantity is 1.
   */
  readonly amount: Money;
  /** Whether the line is subject to tax: by the record, else as the document. Never where the document charges no tax, unless the books compute it. */
  readonly taxable: boolean;
  /** The class's full name. Absent if the books keep no classes, or none is known. */
  readonly class?: string;
  /** The line's part of the document's tax, if the record states it. All lines' parts add up to that tax. Never computed, never divided. */
  readonly tax?: LineTax;
}

/** The tax of one line, as the record states it. */
export interface LineTax {
  /** The tax code from the settings. Absent if the tax has none. */
  readonly code?: string;
  /** Minor units. */
  readonly amount: Money;
}

/** The tax of a whole invoice or credit memo. */
export interface DocumentTax {
  /** The tax's name in the source. */
  readonly name: string;
  /** The tax code from the settings. Absent if the tax has none. */
  readonly code?: string;
  /** Percent, as a decimal string. */
  readonly rate?: string;
  /** Minor units; part of the total. */
  readonly amount: Money;
  /** The parts of a combined tax. They add up to `amount`. */
  readonly parts?: readonly DocumentTaxPart[];
  /** In mode `line`: the item of the tax line. */
  readonly item?: DocumentItem;
}

/** One part of a combined tax. */
export interface DocumentTaxPart {
  /** The part's name in the source. */
  readonly name: string;
  /** Percent, as a decimal string. */
  readonly rate?: string;
  /** Minor units. */
  readonly amount: Money;
}

/** The part that every document has. */
export interface DocumentHead {
  /** The record that this document is for. */
  readonly record: BatchedRef;
  /** ISO 4217: the company's. */
  readonly currency: string;
  /** The day in the company's own calendar, YYYY-MM-DD. */
  readonly date: string;
  /** See `markerOf`. It is sent in the private note. */
  readonly marker: string;
  /** The job that the document belongs to. */
  readonly job?: { readonly id: string; readonly number?: string; readonly imported: boolean };
  /** The department that did the work. */
  readonly department?: { readonly id: string; readonly name: string };
}

/** The part that invoices and credit memos share. Lines + tax = total. */
export interface SalesForm extends DocumentHead {
  /** Absent only if the record has a problem that reports this. */
  readonly customer?: DocumentCustomer;
  /** Unique among invoices, and among credit memos. */
  readonly number: string;
  /** The source's memo, for the customer. */
  readonly message?: string;
  /** The place of the work: the record's own, else its job's. Sales tax is due there. */
  readonly shipTo?: Address;
  /** How the tax reaches the books. Absent: our tax is stated. */
  readonly taxMode?: Exclude<TaxMode, 'stated'>;
  /** Set if the books keep one class per transaction. The lines then have the same class. */
  readonly class?: string;
  /** At zero for a voided invoice that is updated to zero. */
  readonly lines: readonly DocumentLine[];
  /** Absent if no tax was charged. */
  readonly tax?: DocumentTax;
  /** Minor units, never below zero. */
  readonly total: Money;
}

/** An amount that a customer owes. */
export interface InvoiceDocument extends SalesForm {
  /** The kind of document. */
  readonly kind: 'invoice';
  /** An update sends the whole invoice in its new form. */
  readonly operation: 'invoice.insert' | 'invoice.update' | 'invoice.void';
  /** The invoice's current day in the books, if that differs. */
  readonly formerDate?: string;
  /** YYYY-MM-DD. */
  readonly dueDate?: string;
  /** The terms' name in the books: `Net 30`. */
  readonly terms?: string;
}

/** An amount that a customer need not pay, or gets back. */
export interface CreditMemoDocument extends SalesForm {
  /** The kind of document. */
  readonly kind: 'creditMemo';
  /** An update sends the whole memo in its new form. */
  readonly operation: 'creditMemo.insert' | 'creditMemo.update';
  /** The memo's current day in the books, if that differs. */
  readonly formerDate?: string;
  /** The invoice that it credits. By itself it applies nothing. */
  readonly invoiceId?: string;
  /**
   * The invoices that it is used for, in a `creditMemo.insert` at a push target: in the books or in the same batch, and no more than the
   * memo has. Absent: none. A target that can't apply memos leaves it unapplied.
   */
  readonly applied?: readonly AppliedPart[];
}

/** The part of a payment that pays one invoice. The invoice is in the books or in the same batch. */
export interface AppliedPart {
  /** The record's id. */
  readonly invoiceId: string;
  /** The invoice's number in the books. */
  readonly invoiceNumber: string;
  /** Minor units, above zero. */
  readonly amount: Money;
}

/** A part of a payment that stays unapplied, though the source allocates it to an invoice. */
export interface HeldPart {
  /** The record's id. */
  readonly invoiceId: string;
  /** Minor units, above zero. */
  readonly amount: Money;
  /**
   * - `not-sent`: the invoice is not in the books. The part is applied once it is
   * - `over`: more than the invoice takes. It is applied if the invoice's total rises
   * - `other-customer`: the invoice belongs to a customer that the payer can't pay for
   * - `unclear`: the allocations contradict the payment, so none is followed
   */
  readonly because: 'not-sent' | 'over' | 'other-customer' | 'unclear';
  /** Of `over`: the invoice's total at that time, in minor units. */
  readonly total?: Money;
  /** Of `other-customer`: the invoice's customer at that time, by the record's id. */
  readonly customerId?: string;
}

/** A member that an update can correct in the books. */
export type PaymentMember = 'date' | 'method' | 'reference' | 'amount';

/** A card processor's fee. It goes from the payment's account to that of the fees. */
export interface PaymentFee {
  /** Minor units, above zero, and not above what was paid. */
  readonly amount: Money;
  /** By its full name. */
  readonly account: string;
  /** Of the entry that posts the fee. Made by Ledgerpost, unique per payment. */
  readonly number: string;
}

/** A payment by a customer. */
export interface PaymentDocument extends DocumentHead {
  /** The kind of document. */
  readonly kind: 'payment';
  /** An update without `corrects` is a re-allocation: the same money, applied to other invoices. */
  readonly operation: 'payment.insert' | 'payment.update';
  /** What an update corrects beside the allocations. Absent: nothing. */
  readonly corrects?: readonly PaymentMember[];
  /** The payment's current day in the books, if that differs. */
  readonly formerDate?: string;
  /** Absent only if the record has a problem that reports this. */
  readonly customer?: DocumentCustomer;
  /** Unique per payment at this target: the reference if it is free, else the reference with a hash suffix. */
  readonly refNo: string;
  /** The reference that a person typed. */
  readonly reference?: string;
  /** The payment method's name in the books. */
  readonly method?: string;
  /** The account it is deposited to, by full name; absent: the books' own default (Undeposited Funds). */
  readonly depositTo?: string;
  /** The amount that is sent, in minor units: the payment less the refunds so far. */
  readonly amount: Money;
  /** The amount that the customer paid. */
  readonly gross: Money;
  /** The refunds that reduce `gross` to `amount`. */
  readonly netted: readonly { readonly refundId: string; readonly amount: Money }[];
  /** The invoices that it pays. */
  readonly applied: readonly AppliedPart[];
  /** What stays unapplied of the source's allocations, and why. Absent: nothing, or a document of an earlier release. */
  readonly held?: readonly HeldPart[];
  /** Posted beside a new payment; an update leaves it as it is. Absent: there is none, or the settings have no account for it. */
  readonly fee?: PaymentFee;
  /** amount − Σ applied; a job deposit is all unapplied. */
  readonly unapplied: Money;
}

/** One side of a journal entry. */
export interface JournalLine {
  /** By its full name. */
  readonly account: string;
  /** The side of the entry. */
  readonly side: 'debit' | 'credit';
  /** Minor units, above zero. */
  readonly amount: Money;
  /** For a bookkeeper. */
  readonly description?: string;
  /** The customer; mandatory on Accounts Receivable. */
  readonly customer?: DocumentCustomer;
  /** The class's full name. */
  readonly class?: string;
}

/** The refund of a payment that the books already hold. */
export interface JournalDocument extends DocumentHead {
  /** The kind of document. */
  readonly kind: 'journal';
  /** An update sends the whole journal in its new form. */
  readonly operation: 'journal.insert' | 'journal.update';
  /** The journal's current day in the books, if that differs. */
  readonly formerDate?: string;
  /** The customer who received the refund. */
  readonly customer?: DocumentCustomer;
  /** Made by Ledgerpost: a refund has no number of its own. */
  readonly number: string;
  /** The payment that it refunds, and the reason. */
  readonly memo: string;
  /** The record's id. */
  readonly paymentId: string;
  /** Debits equal credits. */
  readonly lines: readonly JournalLine[];
  /** Minor units: the sum of the debits. */
  readonly total: Money;
}

/** Not a document of the books: an entry in the Warnings file that a person acts on. */
export interface WarningDocument extends DocumentHead {
  /** The kind of document. */
  readonly kind: 'warning';
  /** Listed for a person; only at file targets. */
  readonly operation: 'warning.list';
  /** The customer who paid, or received the refund. */
  readonly customer?: DocumentCustomer;
  /** The payment's reference, or a substitute for it. */
  readonly number: string;
  /** The payment method's name in the books. */
  readonly method?: string;
  /** Minor units. */
  readonly amount: Money;
  /** Payments: the refunds that reduce `amount`. */
  readonly netted?: readonly { readonly refundId: string; readonly amount: Money }[];
  /** The instructions for the person. */
  readonly text: string;
}

/** What the books should hold because of a record. Core builds it once and freezes it in a batch. Nothing edits it after that. Plain JSON. */
export type Document = InvoiceDocument | PaymentDocument | JournalDocument | CreditMemoDocument | WarningDocument;

/** The amount that totals count for a document, in minor units. */
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

/** Whether the books compute the tax of a document, so that their total may be another than ours. */
export function isTaxedByBooks(document: Document): document is InvoiceDocument | CreditMemoDocument {
  return (document.kind === 'invoice' || document.kind === 'creditMemo') && document.taxMode === 'books';
}

/** The number that the books (or the file) show. */
export function numberOf(document: Document): string {
  return document.kind === 'payment' ? document.refNo : document.number;
}
