/** The part of a company's settings that every target understands; a target's own settings extend it. Names are exact to the character. */
export interface BooksSettings {
  /** Default accounts by role, each by its full name in the books. */
  readonly accounts: {
    /** For invoice lines without a category. */
    readonly income?: string | undefined;
    /** For lines below zero without a category. */
    readonly discount?: string | undefined;
    /** Where payments go; absent: the books' own default. */
    readonly depositTo?: string | undefined;
    /** What refunds are paid from: a bank, other current asset or credit card account. */
    readonly refund?: string | undefined;
    /** Accounts Receivable; a role for journals only. */
    readonly receivable?: string | undefined;
  };
  /** Accounting category → account. A category that is not listed is itself the account's name. */
  readonly categories: Readonly<Record<string, string>>;
  /** The source's tax name → the books' tax code. */
  readonly taxCodes: Readonly<Record<string, string>>;
  /** The source's payment method → the books' payment method. One that is not listed goes as it is. */
  readonly paymentMethods: Readonly<Record<string, string>>;
  /** How documents are sorted in the books. */
  readonly classes: {
    /** As the books have it: none, one per transaction, one per line. */
    readonly mode: 'none' | 'transaction' | 'line';
    /** The company's default, after line, service and department. */
    readonly default?: string | undefined;
  };
  /** What the company has decided. */
  readonly policy: {
    /** `skip`: the good ones go, the bad stay unbatched; `stop`: nothing goes. */
    readonly onProblem: 'skip' | 'stop';
    readonly approval: { readonly required: boolean; readonly lapsesAfterHours: number };
    /** What becomes of a posted invoice that was voided. */
    readonly voids: 'update' | 'void' | 'credit-memo';
    /** Differences up to this many minor units between ours and the books' totals are no `differs`. */
    readonly tolerance: number;
  };
  /** The chart as an admin declares it, for a target that can't be asked. Absent: names can't be checked. */
  readonly chart?: Chart | undefined;
}

/** An account of the books. */
export interface ChartAccount {
  /** The target's own id; a declared chart has none. */
  readonly id?: string | undefined;
  /** With its parents: `Services:HVAC`. */
  readonly name: string;
  /** The books' own word: Income, Bank, Other Current Asset, Accounts Receivable… */
  readonly type: string;
  /** The books' own finer word, where they have one: UndepositedFunds, SalesOfProductIncome… */
  readonly subtype?: string | undefined;
  /** Inactive ones can't be used. */
  readonly active: boolean;
}

/** A class, a payment method, a term or a tax code of the books. Inactive ones can't be used. */
export interface ChartName {
  /** The target's own id; a declared chart has none. */
  readonly id?: string | undefined;
  /** Exact to the character, with its parents. */
  readonly name: string;
  /** Inactive ones can't be used. */
  readonly active: boolean;
}

/** What one company's books offer at a target. */
export interface Chart {
  /** A document that names another is stopped. */
  readonly accounts: readonly ChartAccount[];
  /** A document that names another is stopped. */
  readonly classes: readonly ChartName[];
  /** `Check`, `Credit Card`. */
  readonly paymentMethods: readonly ChartName[];
  /** `Net 30`. */
  readonly terms: readonly ChartName[];
  /** What the settings map taxes to. */
  readonly taxCodes: readonly ChartName[];
  /** Where the books keep one per transaction (QuickBooks: locations). */
  readonly departments?: readonly ChartName[] | undefined;
  /** The last day of the closed period, YYYY-MM-DD. */
  readonly closedThrough?: string | undefined;
  /** What the books are set to, as far as it changes how documents are sent or seen. */
  readonly preferences?:
    | {
        readonly classMode: BooksSettings['classes']['mode'];
        /** The books apply open credits to new invoices by themselves. */
        readonly automaticCredit: boolean;
        readonly salesTax: 'none' | 'manual' | 'automated';
        /** Document numbers of our own are kept. */
        readonly customNumbers: boolean;
        readonly departments: boolean;
      }
    | undefined;
}

/** What a company is to the documents made for it. */
export interface CompanyFacts {
  /** Chosen by whoever installed it; never changes. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** IANA name; decides what day it is there. */
  readonly timeZone: string;
  /** ISO 4217. */
  readonly currency: string;
}
