/**
 * Source records, as the field-service system sends them: what domain.md §2 calls a record. Money, quantities
 * and dates stay the strings that came in (checked by the schemas); documents carry minor units.
 */
export interface Address {
  /** Exactly as sent. */
  readonly line1?: string | undefined;
  /** Exactly as sent. */
  readonly line2?: string | undefined;
  /** Exactly as sent. */
  readonly line3?: string | undefined;
  /** Exactly as sent. */
  readonly city?: string | undefined;
  /** Exactly as sent. */
  readonly region?: string | undefined;
  /** Exactly as sent. */
  readonly postalCode?: string | undefined;
  /** Exactly as sent. */
  readonly country?: string | undefined;
}

/** A customer that work was done for. */
export interface CustomerRecord {
  /** The type of record. */
  readonly type: 'customer';
  /** The source’s own, opaque, 1 to 64 characters. */
  readonly id: string;
  /** The customer's exact name in the books; ":" means a sub-customer. */
  readonly accountingKey?: string | undefined;
  /** For people; the books use the accounting key. */
  readonly name?: string | undefined;
  /** The business’s name, if the customer is a business. */
  readonly company?: string | undefined;
  /** One address. */
  readonly email?: string | undefined;
  /** As people typed it. */
  readonly phone?: string | undefined;
  /** The address in parts. */
  readonly billingAddress?: Address | undefined;
  /** Pays no sales tax. */
  readonly taxExempt?: boolean | undefined;
}

/** A part of the company. It gives lines its category and class. */
export interface DepartmentRecord {
  /** The type of record. */
  readonly type: 'department';
  /** The source’s own, opaque, 1 to 64 characters. */
  readonly id: string;
  /** For people, and for books that have departments. */
  readonly name: string;
  /** The category of its lines. The settings map categories to accounts; a category without a mapping is itself an account’s name. */
  readonly accountingCategory?: string | undefined;
  /** The class of its lines, by its full name in the books. */
  readonly accountingClass?: string | undefined;
}

/** A product or service that is sold. Lines get their category and class from it first. */
export interface ServiceRecord {
  /** The type of record. */
  readonly type: 'service';
  /** The source’s own, opaque, 1 to 64 characters. */
  readonly id: string;
  /** Names the item in the books. */
  readonly name: string;
  /** For people to read. */
  readonly description?: string | undefined;
  /** The category of its lines. The settings map categories to accounts; a category without a mapping is itself an account’s name. */
  readonly accountingCategory?: string | undefined;
  /** The class of its lines, by its full name in the books. */
  readonly accountingClass?: string | undefined;
  /** Whether it is subject to sales tax. Absent: it follows the document. */
  readonly taxable?: boolean | undefined;
}

/** One piece of work, which may have several invoices. */
export interface JobRecord {
  /** The type of record. */
  readonly type: 'job';
  /** The source’s own, opaque, 1 to 64 characters. */
  readonly id: string;
  /** Shown on documents. */
  readonly number?: string | undefined;
  /** The customer’s record. Without it there is no document. */
  readonly customerId?: string | undefined;
  /** The department’s record. It gives lines its category and class. */
  readonly departmentId?: string | undefined;
  /** Its invoices were made before the company used the field-service system. Only the books have them. */
  readonly imported?: boolean | undefined;
  /** The place of the work. It decides where sales tax is due, unless the invoice has its own. */
  readonly serviceAddress?: Address | undefined;
}

/** One line as sent. Amounts and quantities are decimal strings. */
export interface SourceLine {
  /** The service’s record; the line uses its item. */
  readonly serviceId?: string | undefined;
  /** Free text, used in the description. */
  readonly name?: string | undefined;
  /** For people to read. */
  readonly description?: string | undefined;
  /** A decimal string with up to 5 fraction digits. */
  readonly quantity: string;
  /** A decimal string with up to 7 fraction digits, below zero for a promotion. */
  readonly unitPrice: string;
  /** A decimal string: quantity × unit price, rounded half away from zero. Any other amount is a problem. */
  readonly amount: string;
  /** Whether it is subject to sales tax. Absent: it follows the service, else the document: taxable if the document charges tax. */
  readonly taxable?: boolean | undefined;
  /** Used before the service’s and the department’s. */
  readonly accountingCategory?: string | undefined;
  /** Used before the service’s and the department’s. */
  readonly accountingClass?: string | undefined;
  /** The line’s part of the document’s tax. If one line states it, the lines’ parts add up to the document’s tax. Never computed here. */
  readonly tax?: SourceLineTax | undefined;
}

/** The tax of one line, where the source states it. */
export interface SourceLineTax {
  /** The settings map it to the books’ tax code. Absent: the document’s tax. */
  readonly name?: string | undefined;
  /** A decimal string. */
  readonly amount: string;
}

/** The tax of a whole invoice. */
export interface SourceTax {
  /** The settings map it to the books’ tax code. */
  readonly name: string;
  /** Percent, as a decimal string. */
  readonly rate?: string | undefined;
  /** A decimal string, part of the total. */
  readonly amount: string;
  /** The parts of a combined tax. The amounts add up to `amount`. */
  readonly parts?: readonly SourceTaxPart[] | undefined;
}

/** One part of a combined tax: of the state, of the city. */
export interface SourceTaxPart {
  /** The part’s name in the source. */
  readonly name: string;
  /** Percent, as a decimal string. */
  readonly rate?: string | undefined;
  /** A decimal string. */
  readonly amount: string;
}

/** An amount that a customer owes. Only `finalized` invoices are sent. */
export interface InvoiceRecord {
  /** The type of record. */
  readonly type: 'invoice';
  /** The source’s own, opaque, 1 to 64 characters. */
  readonly id: string;
  /** Unique among invoices. An empty number, or one longer than the target accepts, is a problem. */
  readonly number?: string | undefined;
  /** The customer’s record. Without it there is no document. */
  readonly customerId?: string | undefined;
  /** The job’s record. A person applies payments on an imported job. */
  readonly jobId?: string | undefined;
  /** The department’s record. It gives lines its category and class. */
  readonly departmentId?: string | undefined;
  /** A draft waits. A void invoice is never sent; one that was posted is voided as the settings choose. */
  readonly status: 'draft' | 'finalized' | 'void';
  /** YYYY-MM-DD in the company’s own calendar. */
  readonly date: string;
  /** YYYY-MM-DD. */
  readonly dueDate?: string | undefined;
  /** The terms’ name in the books: `Net 30`. */
  readonly terms?: string | undefined;
  /** For the customer; sent to the books. */
  readonly memo?: string | undefined;
  /** The place of the work, where it is not its job’s. It decides where sales tax is due. */
  readonly serviceAddress?: Address | undefined;
  /** No lines is a problem. */
  readonly lines: readonly SourceLine[];
  /** Absent where none was charged. */
  readonly tax?: SourceTax | undefined;
  /** A decimal string: lines plus tax. A total that does not add up is a problem. */
  readonly total: string;
}

/** The part of a payment that pays one invoice. */
export interface SourceAllocation {
  /** The invoice’s record. */
  readonly invoiceId: string;
  /** A decimal string, above zero. */
  readonly amount: string;
}

/** A payment by a customer. Only `received` payments are sent. */
export interface PaymentRecord {
  /** The type of record. */
  readonly type: 'payment';
  /** The source’s own, opaque, 1 to 64 characters. */
  readonly id: string;
  /** The payment's number in the books. People type it, so duplicates occur. */
  readonly reference?: string | undefined;
  /** The customer’s record. Without it there is no document. */
  readonly customerId?: string | undefined;
  /** The job’s record. A person applies payments on an imported job. */
  readonly jobId?: string | undefined;
  /** The department’s record. It gives lines its category and class. */
  readonly departmentId?: string | undefined;
  /** The source’s name. The settings map it to the books’ name. */
  readonly method?: string | undefined;
  /** YYYY-MM-DD in the company’s own calendar. */
  readonly date: string;
  /** A decimal string: the amount that the customer paid, before fees and refunds. */
  readonly amount: string;
  /** A decimal string: what the card processor kept of the amount. It is not posted, because it belongs to the bank deposit. */
  readonly fee?: string | undefined;
  /** Only received money is sent. A payment withdrawn after it was sent waits for a person. */
  readonly status: 'received' | 'disputed' | 'removed';
  /** Without allocations it is a job deposit. */
  readonly allocations?: readonly SourceAllocation[] | undefined;
}

/** A refund of a payment, or of part of it. */
export interface RefundRecord {
  /** The type of record. */
  readonly type: 'refund';
  /** The source’s own, opaque, 1 to 64 characters. */
  readonly id: string;
  /** The payment’s record. */
  readonly paymentId: string;
  /** YYYY-MM-DD in the company’s own calendar. */
  readonly date: string;
  /** A decimal string in the company’s currency. */
  readonly amount: string;
  /** The source’s name. The settings map it to the books’ name. */
  readonly method?: string | undefined;
  /** Part of the journal’s memo. */
  readonly reason?: string | undefined;
  /** Issued if absent. */
  readonly status?: 'issued' | 'removed' | undefined;
}

/** An amount that a customer need not pay. */
export interface CreditMemoRecord {
  /** The type of record. */
  readonly type: 'creditMemo';
  /** The source’s own, opaque, 1 to 64 characters. */
  readonly id: string;
  /** Unique among credit memos. */
  readonly number?: string | undefined;
  /** The customer’s record. Without it there is no document. */
  readonly customerId?: string | undefined;
  /** The invoice that it credits. By itself it applies nothing; see `allocations`. */
  readonly invoiceId?: string | undefined;
  /** The invoices that it is used for. A target that applies memos does so when the memo is new there; later changes of this are not sent. */
  readonly allocations?: readonly SourceAllocation[] | undefined;
  /** The job’s record. A person applies payments on an imported job. */
  readonly jobId?: string | undefined;
  /** The department’s record. It gives lines its category and class. */
  readonly departmentId?: string | undefined;
  /** YYYY-MM-DD in the company’s own calendar. */
  readonly date: string;
  /** For the customer; sent to the books. */
  readonly memo?: string | undefined;
  /** The place of the work, where it is not its job’s. It decides where sales tax is due. */
  readonly serviceAddress?: Address | undefined;
  /** No lines is a problem. */
  readonly lines: readonly SourceLine[];
  /** Absent where none was charged. */
  readonly tax?: SourceTax | undefined;
  /** A decimal string: lines plus tax. A total that does not add up is a problem. */
  readonly total: string;
  /** Issued if absent. */
  readonly status?: 'issued' | 'removed' | undefined;
}

/** Any record that is sent to us. */
export type SourceRecord =
  | CustomerRecord
  | DepartmentRecord
  | ServiceRecord
  | JobRecord
  | InvoiceRecord
  | PaymentRecord
  | RefundRecord
  | CreditMemoRecord;

/** A record that reaches the books by itself. */
export type BatchedRecord = InvoiceRecord | PaymentRecord | RefundRecord | CreditMemoRecord;
