import type { ApprovalPolicy } from '../batch/approval.ts';

/** The part of a company's settings that every target understands; a target's own settings extend it. Names are exact to the character. */
export interface BooksSettings {
  /** Default accounts by role, each by its full name in the books. */
  readonly accounts: {
    /** For invoice lines without a category. */
    readonly income?: string | undefined;
    /** For lines below zero without a category. */
    readonly discount?: string | undefined;
    /** The account that payments are deposited to. Absent: the books' own default. */
    readonly depositTo?: string | undefined;
    /** The account that refunds are paid from: a bank, other current asset or credit card account. */
    readonly refund?: string | undefined;
    /** Accounts Receivable; a role for journals only. */
    readonly receivable?: string | undefined;
    /** What card processors keep of payments. Only targets that post fees offer it. Absent: fees are reported, and not posted. */
    readonly fees?: string | undefined;
  };
  /** Accounting category → account. A category that is not listed is itself the account's name. */
  readonly categories: Readonly<Record<string, string>>;
  /** The source's tax name → the books' tax code. */
  readonly taxCodes: Readonly<Record<string, string>>;
  /** The source's payment method → the books' payment method. A method that is not listed is sent unchanged. */
  readonly paymentMethods: Readonly<Record<string, string>>;
  /** The source's payment method → the account that its payments are deposited to. A method that is not listed goes to `accounts.depositTo`. */
  readonly paymentAccounts?: Readonly<Record<string, string>> | undefined;
  /** The source's payment terms → the books' terms. Terms that are not listed are sent unchanged. */
  readonly terms?: Readonly<Record<string, string>> | undefined;
  /** The source's department → what the books keep one of per transaction (QuickBooks: locations), at targets that have it. */
  readonly departments?: Readonly<Record<string, string>> | undefined;
  /** How sales tax is posted, where the target offers a choice. Absent: our tax is stated. */
  readonly tax?: TaxSettings | undefined;
  /** How the books use classes. */
  readonly classes: {
    /** As in the books: none, one per transaction, one per line. */
    readonly mode: 'none' | 'transaction' | 'line';
    /** The company's default, after line, service and department. */
    readonly default?: string | undefined;
  };
  /** Names of customers and items, at targets that have ids for them. */
  readonly names?:
    | {
        /** Whose name wins when a linked customer or item gets a new one here: the books keep theirs, or it is renamed there. */
        readonly follow: 'books' | 'source';
        /** How new names with characters outside Latin-1 are written: as they are, in plain letters, or by what the books have. */
        readonly nonLatin1: 'auto' | 'kept' | 'plain';
        /** What tells a second customer of one name from the first. */
        readonly another: 'number' | 'address' | 'phone';
      }
    | undefined;
  /** Products and services, at targets that have their own accounts for them. */
  readonly items?:
    | {
        /** Which account counts where the item's own differs from the mapping. Absent: `mapping`, which stops the document. */
        readonly account: 'books' | 'mapping';
      }
    | undefined;
  /** The company's decisions. */
  readonly policy: {
    /** `skip`: sound documents are sent, the others stay unbatched. `stop`: with one problem, nothing is sent. */
    readonly onProblem: 'skip' | 'stop';
    /** Without limits, as in batches of before 0.3.0, `required` alone decides. */
    readonly approval: ApprovalPolicy;
    /** How a posted invoice that was voided is sent. */
    readonly voids: 'update' | 'void' | 'credit-memo';
    /**
     * A payment whose invoice is stopped or refused: `unapplied` sends the money, and applies it once the invoice is posted; `wait` keeps
     * the payment back. Absent in batches of before 0.3.0: `wait`.
     */
    readonly paymentsOfStoppedInvoices?: 'unapplied' | 'wait' | undefined;
    /** Differences of up to this many minor units between our total and the books' total do not count as `differs`. */
    readonly tolerance: number;
  };
  /** The chart as an admin declares it, for a target that can't be asked for it. Absent: names can't be checked. */
  readonly chart?: Chart | undefined;
}

/**
 * How sales tax reaches the books.
 * - `stated`: our amount of tax is sent, and the books keep it
 * - `books`: the books compute the tax from the place and the lines
 * - `line`: nothing is taxable in the books, and our tax is a line on a liability account
 */
export const TAX_MODES = ['stated', 'books', 'line'] as const;

/** See `TAX_MODES`. */
export type TaxMode = (typeof TAX_MODES)[number];

/** The settings about sales tax that documents depend on. */
export interface TaxSettings {
  /** How sales tax reaches the books. Absent: `stated`. */
  readonly mode?: TaxMode | undefined;
  /** The tax code for a tax without a mapping, in books with automated sales tax. */
  readonly code?: string | undefined;
  /** In mode `line`: the name of the product or service on the tax line. */
  readonly item?: string | undefined;
  /** In mode `line`: the liability account of that line. */
  readonly account?: string | undefined;
}

/** An account of the books. */
export interface ChartAccount {
  /** The target's own id; a declared chart has none. */
  readonly id?: string | undefined;
  /** With its parents: `Services:HVAC`. */
  readonly name: string;
  /** The books' own term: Income, Bank, Other Current Asset, Accounts Receivable… */
  readonly type: string;
  /** The books' own subtype, if they have one: UndepositedFunds, SalesOfProductIncome… */
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

/** The lists of one company's books at a target. */
export interface Chart {
  /** A document that uses another name is stopped. */
  readonly accounts: readonly ChartAccount[];
  /** A document that uses another name is stopped. */
  readonly classes: readonly ChartName[];
  /** `Check`, `Credit Card`. */
  readonly paymentMethods: readonly ChartName[];
  /** `Net 30`. */
  readonly terms: readonly ChartName[];
  /** The settings map taxes to these. */
  readonly taxCodes: readonly ChartName[];
  /** If the books keep one per transaction (QuickBooks: locations). */
  readonly departments?: readonly ChartName[] | undefined;
  /** The custom fields of sales forms, if the books have any. */
  readonly customFields?: readonly ChartName[] | undefined;
  /** The last day of the closed period, YYYY-MM-DD. */
  readonly closedThrough?: string | undefined;
  /** The books' own preferences that change how documents are sent or shown. */
  readonly preferences?:
    | {
        readonly classMode: BooksSettings['classes']['mode'];
        /** The books apply open credits to new invoices automatically. */
        readonly automaticCredit: boolean;
        readonly salesTax: SalesTax;
        /** The books keep our document numbers. */
        readonly customNumbers: boolean;
        readonly departments: boolean;
        /** The books' own currency, if customers there may have another. */
        readonly homeCurrency?: string | undefined;
      }
    | undefined;
}

/** Whether the books keep sales tax, and who maintains its rates: a person, or the books themselves. */
export type SalesTax = 'none' | 'manual' | 'automated';

/** The facts about a company that its documents need. */
export interface CompanyFacts {
  /** Chosen at installation. Never changes. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** IANA name. It decides which day it is for the company. */
  readonly timeZone: string;
  /** ISO 4217. */
  readonly currency: string;
}
