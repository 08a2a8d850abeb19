import type { RecordType } from '@ledgerpost/core';

/**
 * Which columns of which files make which records. Plain JSON: an admin saves one per company, and a preset is one that we ship.
 */
export interface Mapping {
  /** kebab-case: `jobber-invoices`. */
  readonly name: string;
  /** For people: `Jobber: invoices`. */
  readonly title: string;
  /** The field-service system, kebab-case. Begins the ids of records for which it has none: `jobber:invoice:1041`. */
  readonly source: string;
  /** The files that it reads, by role. A role that is not `optional` must be there. */
  readonly files: Readonly<Record<string, FileMapping>>;
  /** The records that it makes, in any order. */
  readonly records: readonly RecordMapping[];
  /** Values that mean something to us, by table: `status` → `Past Due` → `finalized`. A value that a table lacks stops its record. */
  readonly values?: Readonly<Record<string, ValueTable>>;
  /** What no file says, by name: `taxName` → `Sales tax`. */
  readonly constants?: Readonly<Record<string, string>>;
  /** How columns of dates are read where two readings fit, by `role.field`, once a person answered. */
  readonly dates?: Readonly<Record<string, DateReading>>;
  /** How this system writes days where the values leave two readings. Absent: a person is asked. */
  readonly usualDates?: DateReading;
  /** The same as `dates` for amounts. */
  readonly numbers?: Readonly<Record<string, NumberReading>>;
  /** IANA name: of times that carry no offset. Absent: the company's. */
  readonly zone?: string;
}

/** From what a file says to what we say. The key `*` stands for every other value, which is kept as it is. */
export type ValueTable = Readonly<Record<string, string>>;

export interface FileMapping {
  readonly title: string;
  readonly optional?: boolean;
  /** The headers by which the file is known, as it writes them. All must be there; more may be. */
  readonly known: readonly string[];
  /** Our name of a column → its header, or several that different versions write. */
  readonly columns: Readonly<Record<string, string | readonly string[]>>;
  /** Cells that mean the same as empty ones, by our name of the column: `customer` → `0.0`, for a sale to nobody. */
  readonly empty?: Readonly<Record<string, readonly string[]>>;
  /** Rows that make no record: listed, with the rest left out. */
  readonly leaveOut?: readonly Condition[];
  /** The column whose sum the file's own totals row states. */
  readonly total?: string;
}

/** True where the field has one of the values; case and blanks around it aside. */
export interface Condition {
  readonly field: string;
  readonly is?: readonly string[];
  readonly isNot?: readonly string[];
  /** Whether it begins with one of the letters, case aside: credit memos numbered C536379. */
  readonly begins?: { readonly with: readonly string[]; readonly not?: boolean };
  /** By the amount's sign. */
  readonly sign?: 'negative' | 'not-negative';
}

/** One kind of record that rows become. */
export interface RecordMapping {
  readonly type: RecordType;
  /** The role of the file whose rows begin it. */
  readonly from: string;
  readonly when?: readonly Condition[];
  readonly id: IdRule;
  /** The record's members by name. */
  readonly members: Readonly<Record<string, Value>>;
  /** Invoices and credit memos. */
  readonly lines?: LinesRule;
  readonly tax?: TaxRule;
  /** Payments: one per row of the same payment. */
  readonly allocations?: AllocationRule;
}

export type IdRule =
  /** The system's own id. */
  | { readonly by: 'system'; readonly field: string }
  /** `source:type:number`. */
  | { readonly by: 'number'; readonly field: string }
  /** A name that stands for a thing, as customers do in most exports. */
  | { readonly by: 'name'; readonly field: string }
  /** A hash of what the row says, and an ordinal among equals: for payments that have no id. */
  | { readonly by: 'content'; readonly fields: readonly string[] };

/** Where a member's value comes from. */
export type Value =
  | {
      /** Of several, the first that is not empty. */
      readonly field: string | readonly string[];
      readonly as: ValueKind;
      readonly negate?: boolean;
      /** Which of the mapping's tables says what the value means. */
      readonly table?: string;
      /** Where the cell is empty. */
      readonly otherwise?: string;
      /** Put before what the cell has: `Customer ` and `17850` name a customer whom the file only numbers. */
      readonly before?: string;
    }
  /** The amounts of all rows of the record. */
  | { readonly sum: string }
  | { readonly constant: string }
  | { readonly is: string | boolean }
  /** The id of another record, by that record's own rule. */
  | { readonly idOf: RecordType; readonly by: 'system' | 'number' | 'name'; readonly field: string }
  | { readonly object: Readonly<Record<string, Value>> };

export type ValueKind = 'text' | 'money' | 'decimal' | 'date' | 'boolean';

export type LinesRule =
  /** Each row of that role is a line. `total`: a column of the first role that proves the record whole. */
  | {
      readonly by: 'rows';
      readonly from: string;
      readonly name: string;
      readonly description?: string;
      readonly quantity?: string;
      readonly unitPrice?: string;
      readonly amount?: string;
      readonly taxable?: string;
      readonly service?: string;
      readonly category?: string;
      readonly negate?: boolean;
    }
  /**
   * `name (qty, $x), …` in one cell, only if the parts add up to `sum`; else one line. `tip`: a tip outside the invoice's total. It is
   * left out, and the tips of all rows are added up for people; if the constant `tipLine` is set, it is a line of that name.
   */
  | {
      readonly by: 'cell';
      readonly field: string;
      readonly sum: string;
      readonly discount?: string;
      readonly tip?: string;
      readonly otherwise: string;
    }
  /** One line of the whole amount before tax. */
  | { readonly by: 'total'; readonly field: string; readonly less?: string; readonly name: string };

export interface TaxRule {
  readonly amount: string;
  readonly rate?: string;
  /** A field, or the constant `taxName`. */
  readonly name?: string;
  readonly negate?: boolean;
}

export interface AllocationRule {
  readonly invoice: string;
  readonly by: 'system' | 'number';
  readonly amount: string;
  readonly negate?: boolean;
  /** A part of the amount that pays no invoice, as a tip. */
  readonly less?: string;
}

/** How a day is written. `mdy` is 11/03/2026 for the third of November. */
export type DateReading = 'iso' | 'mdy' | 'dmy' | 'month-name';
export type NumberReading = 'point' | 'comma';
