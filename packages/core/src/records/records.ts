/**
 * Source records, as the field-service system sends them: what domain.md §2 calls a record. Money, quantities
 * and dates stay the strings that came in (checked by the schemas); documents carry minor units.
 */
export interface Address {
  /** As it came. */
  readonly line1?: string | undefined;
  /** As it came. */
  readonly line2?: string | undefined;
  /** As it came. */
  readonly line3?: string | undefined;
  /** As it came. */
  readonly city?: string | undefined;
  /** As it came. */
  readonly region?: string | undefined;
  /** As it came. */
  readonly postalCode?: string | undefined;
  /** As it came. */
  readonly country?: string | undefined;
}

/** Who work was done for. */
export interface CustomerRecord {
  /** Tells the types of record apart. */
  readonly type: 'customer';
  /** The source’s own, opaque, 1 to 64 characters. */
  readonly id: string;
  /** The customer's name in the books, to the character; ":" means a sub-customer. */
  readonly accountingKey?: string | undefined;
  /** For people; the books go by the accounting key. */
  readonly name?: string | undefined;
  /** The business’s name, where it is one. */
  readonly company?: string | undefined;
  /** One address. */
  readonly email?: string | undefined;
  /** As people typed it. */
  readonly phone?: string | undefined;
  /** In parts. */
  readonly billingAddress?: Address | undefined;
  /** Pays no sales tax. */
  readonly taxExempt?: boolean | undefined;
}

/** A part of the company; lends lines its category and class. */
export interface DepartmentRecord {
  /** Tells the types of record apart. */
  readonly type: 'department';
  /** The source’s own, opaque, 1 to 64 characters. */
  readonly id: string;
  /** For people, and where books have departments. */
  readonly name: string;
  /** The category of its lines; the settings map categories to accounts, and one that is not mapped is itself an account’s name. */
  readonly accountingCategory?: string | undefined;
  /** The class of its lines, by its full name in the books. */
  readonly accountingClass?: string | undefined;
}

/** What is sold; a line's category and class come from it first. */
export interface ServiceRecord {
  /** Tells the types of record apart. */
  readonly type: 'service';
  /** The source’s own, opaque, 1 to 64 characters. */
  readonly id: string;
  /** Names the item in the books. */
  readonly name: string;
  /** For people to read. */
  readonly description?: string | undefined;
  /** The category of its lines; the settings map categories to accounts, and one that is not mapped is itself an account’s name. */
  readonly accountingCategory?: string | undefined;
  /** The class of its lines, by its full name in the books. */
  readonly accountingClass?: string | undefined;
  /** Whether sales tax is reckoned on it. */
  readonly taxable?: boolean | undefined;
}

/** One piece of work, which may have several invoices. */
export interface JobRecord {
  /** Tells the types of record apart. */
  readonly type: 'job';
  /** The source’s own, opaque, 1 to 64 characters. */
  readonly id: string;
  /** Shown on documents. */
  readonly number?: string | undefined;
  /** The customer’s record. Without it there is no document. */
  readonly customerId?: string | undefined;
  /** The department’s record: lends lines its category and class. */
  readonly departmentId?: string | undefined;
  /** Its invoices were made before the company used the field-service system: the books know them, we don't. */
  readonly imported?: boolean | undefined;
}

/** One line as it came; amounts and quantities are decimal strings. */
export interface SourceLine {
  /** The service’s record, whose item the line is on. */
  readonly serviceId?: string | undefined;
  /** Free text, which goes to the description. */
  readonly name?: string | undefined;
  /** For people to read. */
  readonly description?: string | undefined;
  /** A decimal string with up to 5 fraction digits. */
  readonly quantity: string;
  /** A decimal string with up to 5 fraction digits, below zero for a promotion. */
  readonly unitPrice: string;
  /** A decimal string: quantity × unit price, rounded half away from zero. Another one is a problem. */
  readonly amount: string;
  /** Whether sales tax is reckoned on it. */
  readonly taxable?: boolean | undefined;
  /** Goes before the service’s and the department’s. */
  readonly accountingCategory?: string | undefined;
  /** Goes before the service’s and the department’s. */
  readonly accountingClass?: string | undefined;
}

/** The tax of a whole invoice. */
export interface SourceTax {
  /** The settings map it to the books’ tax code. */
  readonly name: string;
  /** Percent, as a decimal string. */
  readonly rate?: string | undefined;
  /** A decimal string, part of the total. */
  readonly amount: string;
}

/** What a customer owes. Only `finalized` is sent. */
export interface InvoiceRecord {
  /** Tells the types of record apart. */
  readonly type: 'invoice';
  /** The source’s own, opaque, 1 to 64 characters. */
  readonly id: string;
  /** Unique among invoices. Empty, or longer than the target takes, is a problem. */
  readonly number?: string | undefined;
  /** The customer’s record. Without it there is no document. */
  readonly customerId?: string | undefined;
  /** The job’s record. An imported one makes a payment something for a person. */
  readonly jobId?: string | undefined;
  /** The department’s record: lends lines its category and class. */
  readonly departmentId?: string | undefined;
  /** A draft waits; a void one is never sent, or taken out again, as the settings say. */
  readonly status: 'draft' | 'finalized' | 'void';
  /** YYYY-MM-DD in the company’s own calendar. */
  readonly date: string;
  /** YYYY-MM-DD. */
  readonly dueDate?: string | undefined;
  /** The terms’ name in the books: `Net 30`. */
  readonly terms?: string | undefined;
  /** For the customer to read; reaches the books. */
  readonly memo?: string | undefined;
  /** None is a problem. */
  readonly lines: readonly SourceLine[];
  /** Absent where none was charged. */
  readonly tax?: SourceTax | undefined;
  /** A decimal string: lines and tax. One that does not add up is a problem. */
  readonly total: string;
}

/** The part of a payment that pays one invoice. */
export interface SourceAllocation {
  /** The invoice’s record. */
  readonly invoiceId: string;
  /** A decimal string, above zero. */
  readonly amount: string;
}

/** What a customer paid. Only `received` is sent. */
export interface PaymentRecord {
  /** Tells the types of record apart. */
  readonly type: 'payment';
  /** The source’s own, opaque, 1 to 64 characters. */
  readonly id: string;
  /** The payment's number in the books; people type it, so duplicates occur. */
  readonly reference?: string | undefined;
  /** The customer’s record. Without it there is no document. */
  readonly customerId?: string | undefined;
  /** The job’s record. An imported one makes a payment something for a person. */
  readonly jobId?: string | undefined;
  /** The department’s record: lends lines its category and class. */
  readonly departmentId?: string | undefined;
  /** As the source calls it; the settings map it to the books’ name. */
  readonly method?: string | undefined;
  /** YYYY-MM-DD in the company’s own calendar. */
  readonly date: string;
  /** A decimal string: what was received, refunds and all. */
  readonly amount: string;
  /** Only received money is sent. What is withdrawn after it was sent waits for a person. */
  readonly status: 'received' | 'disputed' | 'removed';
  /** None: a job deposit. */
  readonly allocations?: readonly SourceAllocation[] | undefined;
}

/** What a customer got back of a payment. */
export interface RefundRecord {
  /** Tells the types of record apart. */
  readonly type: 'refund';
  /** The source’s own, opaque, 1 to 64 characters. */
  readonly id: string;
  /** The payment’s record. */
  readonly paymentId: string;
  /** YYYY-MM-DD in the company’s own calendar. */
  readonly date: string;
  /** A decimal string in the company’s currency. */
  readonly amount: string;
  /** As the source calls it; the settings map it to the books’ name. */
  readonly method?: string | undefined;
  /** Goes into the journal’s memo. */
  readonly reason?: string | undefined;
  /** Issued, if nothing is said. */
  readonly status?: 'issued' | 'removed' | undefined;
}

/** What a customer need not pay. */
export interface CreditMemoRecord {
  /** Tells the types of record apart. */
  readonly type: 'creditMemo';
  /** The source’s own, opaque, 1 to 64 characters. */
  readonly id: string;
  /** Unique among credit memos. */
  readonly number?: string | undefined;
  /** The customer’s record. Without it there is no document. */
  readonly customerId?: string | undefined;
  /** The invoice that it is about; the memo is left unapplied all the same. */
  readonly invoiceId?: string | undefined;
  /** The job’s record. An imported one makes a payment something for a person. */
  readonly jobId?: string | undefined;
  /** The department’s record: lends lines its category and class. */
  readonly departmentId?: string | undefined;
  /** YYYY-MM-DD in the company’s own calendar. */
  readonly date: string;
  /** For the customer to read; reaches the books. */
  readonly memo?: string | undefined;
  /** None is a problem. */
  readonly lines: readonly SourceLine[];
  /** Absent where none was charged. */
  readonly tax?: SourceTax | undefined;
  /** A decimal string: lines and tax. One that does not add up is a problem. */
  readonly total: string;
  /** Issued, if nothing is said. */
  readonly status?: 'issued' | 'removed' | undefined;
}

/** Whatever comes in. */
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
