import {
  type Chart,
  type Document,
  formatMoney,
  type Money,
  numberOf,
  type PaymentDocument,
  parseMoney,
  type SalesForm,
  sum,
} from '@ledgerpost/core';
import { journalAccount, linkOf, type Use } from './accounts.ts';
import type { PlaintextSettings } from './settings.ts';

/** One side of an entry. Debits are above zero, as both programs have it. */
export type Posting = {
  readonly account: string;
  /** What the books call the account. */
  readonly name: string;
  /** A decimal string with the currency's digits. */
  readonly amount: string;
  readonly tags: Tags;
};

/** Names with their values. A list, since a stored object may return its members in another order. */
export type Tags = readonly (readonly [string, string])[];

/** A balanced entry, or a note that has no postings. */
export type PlaintextPayload = {
  readonly kind: Document['kind'];
  readonly date: string;
  /** `!`: a person has to do something about it. */
  readonly flag: '*' | '!';
  readonly payee: string;
  /** As the books and the file show it. */
  readonly number: string;
  readonly narration: string;
  /** Links that it shares with other entries. The first is its own. */
  readonly links: readonly string[];
  readonly tags: Tags;
  /** The first is the document's own amount, the others are where the amount comes from. Of a payment the last is its own amount. */
  readonly postings: readonly Posting[];
  readonly currency: string;
  /** A note's amount, as it is written into it. */
  readonly noted?: string;
};

/** The accounts for payments and for what customers owe, if the settings name none. */
const UNDEPOSITED = 'Undeposited Funds';
const RECEIVABLE = 'Accounts Receivable';

/** The entry of a document. */
export function payloadOf(document: Document, chart: Chart | undefined, settings: PlaintextSettings): PlaintextPayload {
  const side = (name: string, use: Use, amount: number, tags: Tags = []): Posting => ({
    account: journalAccount(name, use, chart, settings.journalAccounts),
    name,
    amount: formatMoney(amount as Money, document.currency),
    tags,
  });
  const receivable = settings.accounts.receivable || RECEIVABLE;
  switch (document.kind) {
    case 'invoice': {
      const update = document.operation === 'invoice.update';
      const what = `Invoice ${document.number}`;
      return {
        ...headOf(document),
        flag: update ? '!' : '*',
        narration: update ? `${what}, new version; delete the entry that it replaces` : what,
        postings: [side(receivable, 'receivable', document.total), ...formSides(document, -1, side)],
      };
    }
    case 'creditMemo':
      return {
        ...headOf(document),
        narration: `Credit memo ${document.number}`,
        links: linksOf(document, document.invoiceId === undefined ? [] : [document.invoiceId]),
        postings: [side(receivable, 'receivable', -document.total), ...formSides(document, 1, side)],
      };
    case 'payment': {
      const applied = document.applied.map(({ invoiceId }) => invoiceId);
      const head = { ...headOf(document), narration: narrationOf(document), links: linksOf(document, applied) };
      const owed = side(receivable, 'receivable', -document.amount);
      // The same money on other invoices: it comes from and goes to what the customer owes.
      if (document.operation === 'payment.update')
        return { ...head, postings: [side(receivable, 'receivable', document.amount), owed] };
      const { fee } = document;
      const deposit = (amount: number) => side(document.depositTo || UNDEPOSITED, 'deposit', amount);
      if (fee === undefined) return { ...head, postings: [deposit(document.amount), owed] };
      return { ...head, postings: [deposit(document.amount - fee.amount), side(fee.account, 'fee', fee.amount), owed] };
    }
    case 'journal':
      return {
        ...headOf(document),
        narration: `${document.number}: ${document.memo}`,
        links: [...linksOf(document, []), linkOf('payment', document.paymentId)],
        postings: document.lines.map((line) =>
          side(line.account, 'journal', line.side === 'debit' ? line.amount : -line.amount, given({ class: line.class })),
        ),
      };
    case 'warning':
      return {
        ...headOf(document),
        flag: '!',
        narration: document.text,
        postings: [],
        noted: formatMoney(document.amount, document.currency),
      };
    default:
      return document satisfies never;
  }
}

/** The amount of the entry, in minor units: its first side, what a payment takes off the customer's debt, or all debits of a refund journal. */
export function moneyIn(payload: PlaintextPayload, currency: string): Money {
  const amounts = payload.postings.map(({ amount }) => parseMoney(amount, currency)!);
  if (payload.noted !== undefined) return parseMoney(payload.noted, currency)!;
  if (payload.kind === 'journal') return sum(amounts.filter((amount) => amount > 0))!;
  return Math.abs(amounts.at(payload.kind === 'payment' ? -1 : 0)!) as Money;
}

type Side = (name: string, use: Use, amount: number, tags?: Tags) => Posting;

function headOf(document: Document): Omit<PlaintextPayload, 'narration' | 'postings'> {
  const { record, customer, department, job } = document;
  return {
    kind: document.kind,
    date: document.date,
    flag: '*',
    payee: customer?.name ?? '',
    number: numberOf(document),
    links: linksOf(document, []),
    tags: given({
      record: `${record.type}/${record.id}`,
      number: numberOf(document),
      customer: customer?.name,
      department: department?.name,
      job: job?.number ?? job?.id,
      method: document.kind === 'payment' || document.kind === 'warning' ? document.method : undefined,
    }),
    currency: document.currency,
  };
}

/** The accounts that an invoice's amount comes from, or that a credit memo's goes to. */
function formSides(form: SalesForm, sign: 1 | -1, side: Side): readonly Posting[] {
  const lines = form.lines.map((line) =>
    side(line.item.account ?? '', 'line', sign * line.amount, given({ item: line.item.name, class: line.class })),
  );
  const { tax } = form;
  return tax === undefined ? lines : [...lines, side(tax.code ?? tax.name, 'tax', sign * tax.amount)];
}

function narrationOf({ operation, refNo, applied, unapplied, fee, currency }: PaymentDocument): string {
  const what = applied.length === 0 ? 'Deposit' : 'Payment';
  const parts = applied.map((part) => `${formatMoney(part.amount, currency)} to invoice ${part.invoiceNumber}`);
  if (fee !== undefined && operation === 'payment.insert') parts.push(`${formatMoney(fee.amount, currency)} card fee`);
  if (unapplied > 0) parts.push(`${formatMoney(unapplied, currency)} unapplied`);
  return `${what} ${refNo}${operation === 'payment.update' ? ' re-applied' : ''}: ${parts.join(', ')}`;
}

function linksOf({ record }: Document, invoiceIds: readonly string[]): readonly string[] {
  return [linkOf(record.type, record.id), ...new Set(invoiceIds.map((id) => linkOf('invoice', id)))];
}

function given(tags: Readonly<Record<string, string | undefined>>): Tags {
  return Object.entries(tags).filter((one): one is [string, string] => one[1] !== undefined && one[1] !== '');
}
