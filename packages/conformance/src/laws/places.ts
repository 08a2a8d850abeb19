import {
  type AnyTarget,
  amountOf,
  type Document,
  formatMoney,
  isTaxedByBooks,
  type Money,
  numberOf,
  stops,
} from '@ledgerpost/core';
import { type Books, look, openBooks } from '../books.ts';
import { demand, expect, type HeldDocument, type HeldLine, type Law, type Subject } from '../law.ts';
import { frozen, nameOf, sameJson } from '../subject.ts';
import { exportable, inserts, withOwnCustomers } from './documents.ts';

const byPush = (target: AnyTarget) => target.delivery.by === 'push';

export const eachDocumentLandsInItsPlace: Law = {
  id: 'each-document-lands-in-its-place',
  sentence: 'each document has its own customer, day, due day, accounts, classes, amounts, words and invoices in the books',
  applies: byPush,
  async check(subject) {
    const books = await openBooks(subject);
    const documents = withOwnCustomers(exportable(subject));
    const first = documents.filter(({ operation }) => operation.endsWith('.insert'));
    for (const { document } of await books.post(first)) await isInPlace(subject, books, document);
    const later = documents.filter(({ operation }) => operation.endsWith('.update'));
    for (const { document } of await books.post(later)) await isInPlace(subject, books, document);
  },
};

/** Compares a posted document with what the books hold of it. */
export async function isInPlace(subject: Subject, books: Books, document: Document): Promise<void> {
  const { receipt, references } = books.standing(document);
  const held = await look(subject, receipt.externalId);
  const name = nameOf(document);
  expect(held !== undefined, `${name} is not in the books.`);
  const has = <T>(what: keyof HeldDocument, expected: T, said: unknown): void => {
    demand(
      said !== undefined,
      `Tell the kit what the books hold of ${name}: \`look\` has to report \`${what}\`, or null if these books keep none.`,
    );
    if (said === null) return;
    expect(
      sameJson(said, expected),
      `${name}: its ${what} in the books is ${JSON.stringify(said)}, and should be ${JSON.stringify(expected)}.`,
    );
  };
  if (!isTaxedByBooks(document)) has('total', amountOf(document), held.total);
  if (document.customer !== undefined) {
    const { id, name: called } = document.customer;
    has('customer', references?.[`customer/${id}`] ?? references?.[`customer/${called}`] ?? 'among its `needs`', held.customer);
  }
  has('date', document.date, held.date);
  if (document.kind === 'invoice' && document.dueDate !== undefined) has('dueDate', document.dueDate, held.dueDate);
  if (document.kind === 'payment') {
    const linked = books.standing(document).linked ?? {};
    const expected = document.applied.map(({ invoiceId, amount }) => ({ externalId: linked[invoiceId], amount }));
    const order = (parts: readonly { externalId?: string | undefined; amount: number }[] | null | undefined) =>
      parts?.map(({ externalId, amount }) => `${externalId} ${amount}`).sort();
    has('applied', order(expected), held.applied === null ? null : order(held.applied));
  }
  if (document.kind === 'creditMemo' && document.applied !== undefined && document.operation === 'creditMemo.insert') {
    const linked = books.standing(document).linked ?? {};
    const expected = document.applied.map(({ invoiceId, amount }) => ({ externalId: linked[invoiceId], amount }));
    has('applied', expected, held.applied);
  }
  const words = wordsOf(document);
  const said =
    held.words === null
      ? null
      : held.words === undefined
        ? undefined
        : words.filter((text) => held.words!.some((one) => one.includes(text)));
  if (words.length > 0) has('words', words, said);
  linesAreInPlace(name, document, held);
}

function linesAreInPlace(name: string, document: Document, held: HeldDocument): void {
  if (document.kind === 'payment' || document.kind === 'warning') return;
  demand(
    held.lines !== undefined,
    `Tell the kit what the books hold of ${name}: \`look\` has to report \`lines\`, or null if these books keep none.`,
  );
  if (held.lines === null) return;
  const ours =
    document.kind === 'journal'
      ? document.lines.map((line) => ({
          account: line.account,
          class: line.class,
          amount: line.side === 'debit' ? line.amount : -line.amount,
        }))
      : document.lines.map(({ item, class: own, amount, tax }) => ({
          account: item.account,
          class: document.class ?? own,
          amount,
          tax: tax?.amount ?? null,
        }));
  const spelled = (lines: readonly HeldLine[]) =>
    lines.map((line, at) => {
      // What the books don't keep is not compared.
      const { account, class: kept, tax } = held.lines?.[at] ?? {};
      const to = account === undefined ? '' : ` to ${line.account ?? 'no account'}`;
      return `${line.amount}${to}${kept === undefined ? '' : ` in ${line.class ?? 'no class'}`}${tax === undefined ? '' : ` with a tax of ${line.tax ?? 'nothing'}`}`;
    });
  const [wanted, there] = [spelled(ours as readonly HeldLine[]), spelled(held.lines)];
  expect(sameJson(wanted, there), `${name}: its lines in the books are ${there.join('; ')}, and should be ${wanted.join('; ')}.`);
}

/** What people read in it, as far as every system can write it. */
function wordsOf(document: Document): readonly string[] {
  const own = document.kind === 'journal' ? [document.memo] : 'message' in document ? [document.message] : [];
  const lines =
    document.kind === 'invoice' || document.kind === 'creditMemo' ? document.lines.map(({ description }) => description) : [];
  return [...own, ...lines].filter((text): text is string => text !== undefined && /^[\x20-\x7e]+$/.test(text));
}

export const currenciesKeepTheirDecimals: Law = {
  id: 'currencies-keep-their-decimals',
  sentence: 'an amount in a currency without decimals, or with three, keeps its size',
  applies: () => true,
  check(subject) {
    const { target, settings, chart, given } = subject;
    for (const currency of ['JPY', 'KWD']) {
      for (const one of inserts(subject)) {
        const document = frozen({ ...one, currency }) as Document;
        // A target may refuse other currencies. It may not change their amounts.
        const refused = stops(target.validate(document, chart, settings));
        if (refused) {
          expect(refused, 'It refuses the currency.');
          continue;
        }
        const payload = target.export(document, chart, settings);
        const amount = given.amountOf(payload as never, currency);
        expect(
          amount === amountOf(document),
          `The payload of ${nameOf(document)} in ${currency} holds ${amount} minor units, the document ${amountOf(document)}.`,
        );
        if (document.kind !== 'payment' && document.kind !== 'journal') continue;
        const total = amountOf(document);
        const numbers = new Set([...numbersIn(payload)].map(Math.abs));
        const isThere = (part: Money) => numbers.has(part) || numbers.has(Number(formatMoney(part, currency)));
        // A payment may be there in parts: one for each invoice, and the rest.
        const parts = document.kind === 'payment' ? [...document.applied.map((part) => part.amount), document.unapplied] : [];
        const inParts = parts.length > 1 && parts.every((part) => part === 0 || isThere(part));
        expect(
          isThere(total) || inParts,
          `${numberOf(document)} is about ${formatMoney(total, currency)} ${currency}, and that amount is nowhere in its payload ${JSON.stringify(payload).slice(0, 300)}.`,
        );
      }
    }
  },
};

function* numbersIn(value: unknown): Generator<number> {
  if (typeof value === 'number') yield value;
  else if (typeof value === 'string') {
    for (const [text] of value.matchAll(/-?\d+(?:[.,]\d{3})*(?:\.\d+)?/g)) yield Number(text.replaceAll(',', ''));
  } else if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) yield* numbersIn(member);
  }
}
