/**
 * Source records, as the field-service system sends them: what domain.md §2 calls a record. Money, quantities
 * and dates stay the strings that came in (checked by the schemas); documents carry minor units.
 */
export interface Address {
  readonly line1?: string | undefined;
  readonly line2?: string | undefined;
  readonly line3?: string | undefined;
  readonly city?: string | undefined;
  readonly region?: string | undefined;
  readonly postalCode?: string | undefined;
  readonly country?: string | undefined;
}

/** Who work was done for. */
export interface CustomerRecord {
  readonly type: 'customer';
  readonly id: string;
  /** The customer's name in the books, to the character; ":" means a sub-customer. */
  readonly accountingKey?: string | undefined;
  readonly name?: string | undefined;
  readonly company?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly billingAddress?: Address | undefined;
  readonly taxExempt?: boolean | undefined;
}

/** A part of the company; lends lines its category and class. */
export interface DepartmentRecord {
  readonly type: 'department';
  readonly id: string;
  readonly name: string;
  readonly accountingCategory?: string | undefined;
  readonly accountingClass?: string | undefined;
}

/** What is sold; a line's category and class come from it first. */
export interface ServiceRecord {
  readonly type: 'service';
  readonly id: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly accountingCategory?: string | undefined;
  readonly accountingClass?: string | undefined;
  readonly taxable?: boolean | undefined;
}

/** One piece of work, which may have several invoices. */
export interface JobRecord {
  readonly type: 'job';
  readonly id: string;
  readonly number?: string | undefined;
  readonly customerId?: string | undefined;
  readonly departmentId?: string | undefined;
  /** Its invoices were made before the company used the field-service system: the books know them, we don't. */
  readonly imported?: boolean | undefined;
}

/** One line as it came; amounts and quantities are decimal strings. */
export interface SourceLine {
  readonly serviceId?: string | undefined;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly amount: string;
  readonly taxable?: boolean | undefined;
  readonly accountingCategory?: string | undefined;
  readonly accountingClass?: string | undefined;
}

/** The tax of a whole invoice. */
export interface SourceTax {
  readonly name: string;
  /** Percent, as a decimal string. */
  readonly rate?: string | undefined;
  readonly amount: string;
}

/** What a customer owes. Only `finalized` is sent. */
export interface InvoiceRecord {
  readonly type: 'invoice';
  readonly id: string;
  readonly number?: string | undefined;
  readonly customerId?: string | undefined;
  readonly jobId?: string | undefined;
  readonly departmentId?: string | undefined;
  readonly status: 'draft' | 'finalized' | 'void';
  readonly date: string;
  readonly dueDate?: string | undefined;
  readonly terms?: string | undefined;
  readonly memo?: string | undefined;
  readonly lines: readonly SourceLine[];
  readonly tax?: SourceTax | undefined;
  readonly total: string;
}

/** The part of a payment that pays one invoice. */
export interface SourceAllocation {
  readonly invoiceId: string;
  readonly amount: string;
}

/** What a customer paid. Only `received` is sent. */
export interface PaymentRecord {
  readonly type: 'payment';
  readonly id: string;
  /** The payment's number in the books; people type it, so duplicates occur. */
  readonly reference?: string | undefined;
  readonly customerId?: string | undefined;
  readonly jobId?: string | undefined;
  readonly departmentId?: string | undefined;
  readonly method?: string | undefined;
  readonly date: string;
  readonly amount: string;
  readonly status: 'received' | 'disputed' | 'removed';
  /** None: a job deposit. */
  readonly allocations?: readonly SourceAllocation[] | undefined;
}

/** What a customer got back of a payment. */
export interface RefundRecord {
  readonly type: 'refund';
  readonly id: string;
  readonly paymentId: string;
  readonly date: string;
  readonly amount: string;
  readonly method?: string | undefined;
  readonly reason?: string | undefined;
  readonly status?: 'issued' | 'removed' | undefined;
}

/** What a customer need not pay. */
export interface CreditMemoRecord {
  readonly type: 'creditMemo';
  readonly id: string;
  readonly number?: string | undefined;
  readonly customerId?: string | undefined;
  readonly invoiceId?: string | undefined;
  readonly jobId?: string | undefined;
  readonly departmentId?: string | undefined;
  readonly date: string;
  readonly memo?: string | undefined;
  readonly lines: readonly SourceLine[];
  readonly tax?: SourceTax | undefined;
  readonly total: string;
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
