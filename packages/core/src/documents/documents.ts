import type { Address } from '../records/records.ts';
import type { BatchedRef } from '../values/ids.ts';
import type { Money } from '../values/money.ts';

/** Who a document is for, as the books name them. */
export interface DocumentCustomer {
  /** The record's id. */
  readonly id: string;
  /** The accounting key: the display name in the books; `Parent:Sub` for a sub-customer. */
  readonly name: string;
  /** The business's name, where it is one. */
  readonly company?: string;
  /** One address. */
  readonly email?: string;
  /** As people typed it. */
  readonly phone?: string;
  /** As it came, in parts. */
  readonly billingAddress?: Address;
  /** Pays no sales tax; a document that taxes it all the same carries a warning. */
  readonly taxExempt: boolean;
}

/** A product or service in the books. It carries exactly one account. */
export interface DocumentItem {
  /** The service's name, or the category's where the line names none. */
  readonly name: string;
  /** The item's own, for creating it. */
  readonly description?: string;
  /** The income account that the mapping wants, by its full name; absent if nothing is mapped. */
  readonly account?: string;
}

/** One line of an invoice or credit memo. */
export interface DocumentLine {
  /** What was sold. */
  readonly item: DocumentItem;
  /** This line's, for the customer to read. */
  readonly description?: string;
  /** A decimal string with up to 5 fraction digits. */
  readonly quantity: string;
  /** A decimal string with up to 5 fraction digits, below zero for a promotion. */
  readonly unitPrice: string;
  /** Minor units: quantity × unitPrice rounded half away from zero. Negative for a promotion. */
  readonly amount: Money;
  /** Whether tax was reckoned on it. Only said: the tax's amount is the document's. */
  readonly taxable: boolean;
  /** The class's full name; absent where the books keep none, or none is known. */
  readonly class?: string;
}

/** The tax of a whole invoice or credit memo. */
export interface DocumentTax {
  /** The tax's name in the source. */
  readonly name: string;
  /** The tax code that the settings map it to; absent if they map none. */
  readonly code?: string;
  /** Percent, as a decimal string. */
  readonly rate?: string;
  /** Minor units; part of the total. */
  readonly amount: Money;
}

/** What every document has. */
export interface DocumentHead {
  /** The record that this document says to the books. */
  readonly record: BatchedRef;
  /** ISO 4217: the company's. */
  readonly currency: string;
  /** The day in the company's own calendar, YYYY-MM-DD. */
  readonly date: string;
  /** How a person, or a look-up after a lost reply, recognises our document: source type and id. Goes to the private note. */
  readonly marker: string;
  /** The job that it is about. */
  readonly job?: { readonly id: string; readonly number?: string; readonly imported: boolean };
  /** The department that did it. */
  readonly department?: { readonly id: string; readonly name: string };
}

/** What invoices and credit memos share. Lines + tax = total. */
export interface SalesForm extends DocumentHead {
  /** Absent only while the record has a problem that says so. */
  readonly customer?: DocumentCustomer;
  /** Unique among invoices, and among credit memos; as long as the target allows. */
  readonly number: string;
  /** The source's memo, for the customer to read. */
  readonly message?: string;
  /** Set where the books keep one class per transaction; the lines then have the same. */
  readonly class?: string;
  /** None for a voided invoice that is updated to zero. */
  readonly lines: readonly DocumentLine[];
  /** Absent where none was charged. */
  readonly tax?: DocumentTax;
  /** Minor units, never below zero. */
  readonly total: Money;
}

/** What a customer owes. */
export interface InvoiceDocument extends SalesForm {
  /** Tells the kinds of document apart. */
  readonly kind: 'invoice';
  /** An update is the whole invoice as it should stand from now on. */
  readonly operation: 'invoice.insert' | 'invoice.update' | 'invoice.void';
  /** The day under which the books hold it until now, where that is another one. */
  readonly formerDate?: string;
  /** YYYY-MM-DD. */
  readonly dueDate?: string;
  /** The terms' name in the books: `Net 30`. */
  readonly terms?: string;
}

/** What a customer need not pay, or gets back. */
export interface CreditMemoDocument extends SalesForm {
  /** Tells the kinds of document apart. */
  readonly kind: 'creditMemo';
  /** Only ever inserted. */
  readonly operation: 'creditMemo.insert';
  /** The invoice it is about; the memo is left unapplied all the same. */
  readonly invoiceId?: string;
}

/** The part of a payment that pays one invoice, which stands in the books or goes in the same batch. */
export interface AppliedPart {
  /** The record's id. */
  readonly invoiceId: string;
  /** The number under which the books have it. */
  readonly invoiceNumber: string;
  /** Minor units, above zero. */
  readonly amount: Money;
}

/** What a customer paid. */
export interface PaymentDocument extends DocumentHead {
  /** Tells the kinds of document apart. */
  readonly kind: 'payment';
  /** An update is a re-allocation: the same money, applied to other invoices. */
  readonly operation: 'payment.insert' | 'payment.update';
  /** Absent only while the record has a problem that says so. */
  readonly customer?: DocumentCustomer;
  /** Unique per payment at this target: the reference if it is free, else shortened with a hash suffix. */
  readonly refNo: string;
  /** What the person typed. */
  readonly reference?: string;
  /** The payment method's name in the books. */
  readonly method?: string;
  /** The account it is deposited to, by full name; absent: the books' own default (Undeposited Funds). */
  readonly depositTo?: string;
  /** What is sent, in minor units: the payment less the refunds made so far. */
  readonly amount: Money;
  /** What the customer paid. */
  readonly gross: Money;
  /** The refunds by which `amount` is less than `gross`. */
  readonly netted: readonly { readonly refundId: string; readonly amount: Money }[];
  /** What it pays. */
  readonly applied: readonly AppliedPart[];
  /** amount − Σ applied; a job deposit is all unapplied. */
  readonly unapplied: Money;
}

/** One side of a journal entry. */
export interface JournalLine {
  /** By its full name. */
  readonly account: string;
  /** Which side it stands on. */
  readonly side: 'debit' | 'credit';
  /** Minor units, above zero. */
  readonly amount: Money;
  /** For a bookkeeper to read. */
  readonly description?: string;
  /** The customer; mandatory on Accounts Receivable. */
  readonly customer?: DocumentCustomer;
  /** The class's full name. */
  readonly class?: string;
}

/** The refund of a payment that the books already hold. */
export interface JournalDocument extends DocumentHead {
  /** Tells the kinds of document apart. */
  readonly kind: 'journal';
  /** Only ever inserted. */
  readonly operation: 'journal.insert';
  /** Who got the money back. */
  readonly customer?: DocumentCustomer;
  /** Made by us: a refund has none of its own. */
  readonly number: string;
  /** Which payment it refunds, and why. */
  readonly memo: string;
  /** The record's id. */
  readonly paymentId: string;
  /** Debits equal credits. */
  readonly lines: readonly JournalLine[];
  /** Minor units: the sum of the debits. */
  readonly total: Money;
}

/** Not a document of the books: a line for a person to read and act on. */
export interface WarningDocument extends DocumentHead {
  /** Tells the kinds of document apart. */
  readonly kind: 'warning';
  /** Listed for a person; for file targets alone. */
  readonly operation: 'warning.list';
  /** Who paid, or got money back. */
  readonly customer?: DocumentCustomer;
  /** The payment's reference, or what stands for it. */
  readonly number: string;
  /** The payment method's name in the books. */
  readonly method?: string;
  /** Minor units. */
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
