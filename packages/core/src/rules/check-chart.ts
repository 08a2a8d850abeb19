import type { ProblemCode } from '../codes/problem-codes.ts';
import { type Problem, problem } from '../codes/problems.ts';
import type { Document, DocumentLine, JournalLine } from '../documents/documents.ts';
import { DEPOSIT_TYPES, NEVER_ON_LINES, RECEIVABLE_TYPES, REFUND_TYPES, sameType, TAX_TYPES } from '../settings/account-roles.ts';
import type { BooksSettings, Chart, ChartName } from '../settings/settings.ts';
import { nearest } from '../values/nearest.ts';
import { naming } from './words.ts';

/**
 * Whether the chart has every name that the document uses, and whether the books are open on its day. A list that the chart
 * leaves empty is unknown, and nothing is checked against it. Warnings are not documents of the books.
 */
export function checkAgainstChart(document: Document, chart: Chart, settings: BooksSettings): readonly Problem[] {
  const found = new Findings(document, indexOf(chart));
  if (document.kind !== 'warning' && chart.closedThrough !== undefined) checkPeriod(document, chart.closedThrough, found);
  switch (document.kind) {
    case 'invoice':
    case 'creditMemo':
      checkLines(document.lines, found, settings);
      if (document.tax?.code !== undefined) found.name('taxCodes', document.tax.code, 'tax.name');
      if (document.tax?.item?.account !== undefined && document.tax.amount !== 0)
        found.account(document.tax.item.account, TAX_TYPES, 'tax.account');
      if (document.kind === 'invoice' && document.terms !== undefined) found.name('terms', document.terms, 'terms');
      return found.problems;
    case 'payment':
      if (document.depositTo !== undefined) found.account(document.depositTo, DEPOSIT_TYPES, 'accounts.depositTo');
      if (document.method !== undefined) found.name('paymentMethods', document.method, 'method');
      return found.problems;
    case 'journal':
      checkJournal(document.lines, found);
      return found.problems;
    case 'warning':
      return found.problems;
    default:
      return document satisfies never;
  }
}

/** A document in a closed period can't be moved out of it either. */
function checkPeriod(document: Document, closedThrough: string, found: Findings): void {
  const former = document.kind === 'warning' ? undefined : document.formerDate;
  if (document.date <= closedThrough) {
    const text = `is dated ${document.date}, and the books are closed through ${closedThrough}. Use a later date, or reopen the period.`;
    found.add('closed-period', text, 'date');
  } else if (former !== undefined && former <= closedThrough) {
    const text = `is dated ${former} in the books, and the books are closed through ${closedThrough}, so it can’t be changed there. ${document.kind === 'invoice' ? 'Reopen the period, or correct it with a credit memo and a new invoice.' : 'Reopen the period, or correct it in the books.'}`;
    found.add('closed-period', text, 'date');
  }
}

function checkLines(lines: readonly DocumentLine[], found: Findings, settings: BooksSettings): void {
  for (const [i, line] of lines.entries()) {
    if (line.item.account !== undefined)
      found.account(line.item.account, undefined, `lines[${i}].accountingCategory`, NEVER_ON_LINES);
    if (settings.classes.mode !== 'none' && line.class !== undefined)
      found.name('classes', line.class, `lines[${i}].accountingClass`);
  }
}

function checkJournal(lines: readonly JournalLine[], found: Findings): void {
  for (const { side, account, class: own } of lines) {
    const debit = side === 'debit';
    if (account !== '')
      found.account(account, debit ? RECEIVABLE_TYPES : REFUND_TYPES, debit ? 'accounts.receivable' : 'accounts.refund');
    if (own !== undefined) found.name('classes', own, 'classes.default');
  }
}

type NameList = 'classes' | 'paymentMethods' | 'terms' | 'taxCodes';

const NAMES: Readonly<Record<NameList, { readonly code: ProblemCode; readonly what: string }>> = {
  classes: { code: 'unknown-class', what: 'class' },
  paymentMethods: { code: 'unknown-payment-method', what: 'payment method' },
  terms: { code: 'unknown-terms', what: 'terms' },
  taxCodes: { code: 'unknown-tax-code', what: 'tax code' },
};

interface ChartIndex {
  readonly accounts: ReadonlyMap<string, { readonly type: string; readonly active: boolean }>;
  readonly names: Readonly<Record<NameList, ReadonlyMap<string, boolean>>>;
}

/** The problems of one document; a name that is wrong on ten lines is reported once. */
class Findings {
  readonly problems: Problem[] = [];
  readonly #document: Document;
  readonly #index: ChartIndex;
  readonly #reported = new Set<string>();

  constructor(document: Document, index: ChartIndex) {
    this.#document = document;
    this.#index = index;
  }

  add(code: ProblemCode, text: string, field: string): void {
    this.problems.push(problem(code, this.#document.record, `${naming(this.#document)} ${text}`, field));
  }

  account(name: string, types: readonly string[] | undefined, field: string, never: readonly string[] = []): void {
    const { accounts } = this.#index;
    if (accounts.size === 0 || this.#isReported(`account/${name}`)) return;
    const account = accounts.get(name);
    if (!account) {
      this.add(
        'unknown-account',
        `needs account “${name}”, which is not in the chart of accounts.${meant(name, accounts.keys())} Map it to another account, or add it in the books first.`,
        field,
      );
    } else if (!account.active) {
      this.add(
        'unknown-account',
        `needs account “${name}”, which is inactive. Map another account, or activate this one in the books first.`,
        field,
      );
    } else if (types && !types.some((type) => sameType(type, account.type))) {
      this.add(
        'wrong-account-type',
        `needs account “${name}” to be ${either(types)}, but it is ${account.type}. Map another account.`,
        field,
      );
    } else if (never.some((type) => sameType(type, account.type))) {
      this.add('wrong-account-type', `posts a line to account “${name}”, which is ${account.type}. Map another account.`, field);
    }
  }

  name(list: NameList, name: string, field: string): void {
    const names = this.#index.names[list];
    if (names.size === 0 || this.#isReported(`${list}/${name}`)) return;
    const { code, what } = NAMES[list];
    const active = names.get(name);
    if (active === true) return;
    if (list === 'terms') {
      const why = active === undefined ? `are not in the books.${meant(name, names.keys())}` : 'are inactive in the books.';
      this.add(
        code,
        `has terms “${name}”, which ${why} It is sent without terms. Map the terms in the settings, or add them in the books.`,
        field,
      );
    } else if (list === 'paymentMethods') {
      const why = active === undefined ? `is not in the books.${meant(name, names.keys())}` : 'is inactive in the books.';
      const cure = 'It is sent without a method. Map the method in the settings, or add it in the books.';
      this.add(code, `has payment method “${name}”, which ${why} ${cure}`, field);
    } else if (active === undefined) {
      this.add(
        code,
        `needs ${what} “${name}”, which is not in the books.${meant(name, names.keys())} Correct the name, or add it in the books first.`,
        field,
      );
    } else {
      this.add(
        code,
        `needs ${what} “${name}”, which is inactive. Choose another ${what}, or activate it in the books first.`,
        field,
      );
    }
  }

  #isReported(key: string): boolean {
    if (this.#reported.has(key)) return true;
    this.#reported.add(key);
    return false;
  }
}

function meant(name: string, names: Iterable<string>): string {
  const near = nearest(name, names);
  return near.length === 0 ? '' : ` Did you mean ${near.map((n) => `“${n}”`).join(' or ')}?`;
}

function either(types: readonly string[]): string {
  return types.length === 1 ? types[0]! : `${types.slice(0, -1).join(', ')} or ${types.at(-1)}`;
}
/** One index per chart: a batch checks 100,000s of documents against the same one. */
const INDEXES = new WeakMap<Chart, ChartIndex>();

function indexOf(chart: Chart): ChartIndex {
  let index = INDEXES.get(chart);
  if (!index) {
    const names = (list: readonly ChartName[]) => new Map(list.map(({ name, active }) => [name, active]));
    index = {
      accounts: new Map(chart.accounts.map((account) => [account.name, account])),
      names: {
        classes: names(chart.classes),
        paymentMethods: names(chart.paymentMethods),
        terms: names(chart.terms),
        taxCodes: names(chart.taxCodes),
      },
    };
    INDEXES.set(chart, index);
  }
  return index;
}
