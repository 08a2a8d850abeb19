import {
  type AnyTarget,
  type Document,
  formatMoney,
  type InvoiceDocument,
  type Money,
  type Operation,
  type PaymentDocument,
  type PostedItem,
  type PushOutcome,
  type TargetContext,
} from '@ledgerpost/core';
import { type Books, count, edit, look, openBooks, receiptOf } from '../books.ts';
import { failureAt } from '../failure-at.ts';
import { demand, expect, type Law, type Subject } from '../law.ts';
import { frozen } from '../subject.ts';
import { losing, watch } from '../watch.ts';
import { exportable, withOwnCustomers } from './documents.ts';

const accepts = (target: AnyTarget, ...operations: readonly Operation[]) =>
  target.delivery.by === 'push' &&
  operations.every((operation) => target.stages.some((stage) => stage.operations.includes(operation)));
const money = (amount: number) => amount as Money;

export const anUpdateKeepsItsPayments: Law = {
  id: 'an-update-keeps-its-payments',
  sentence: 'an invoice that is lowered and raised again keeps its payments up to its total, also at one item a call',
  applies: (target) => accepts(target, 'invoice.insert', 'invoice.update', 'payment.insert'),
  async check(subject) {
    for (const perCall of [undefined, 1]) {
      const { books, invoice, payment, full } = await paidInvoice(subject, perCall);
      for (const total of [full + 1000, full / 2, full + 500]) {
        const { externalVersion } = books.standing(invoice).receipt;
        const [outcome] = await change(books, { ...resized(invoice, total), operation: 'invoice.update' });
        expect(
          externalVersion === undefined || externalVersion !== books.standing(invoice).receipt.externalVersion,
          `An update kept the version ${externalVersion}, so a person’s change in between would not be noticed.`,
        );
        const held = await look(subject, books.standing(invoice).receipt.externalId);
        expect(held?.total === total, `After an update to ${total} the books hold ${String(held?.total)}.`);
        const wanted = Math.min(full, total);
        const applied = await appliedTo(subject, books, payment, invoice);
        const said =
          outcome !== undefined && 'warnings' in outcome && outcome.warnings?.some(({ code }) => code === 'credit-to-apply');
        expect(
          applied === wanted || (said === true && applied < wanted),
          `An invoice of ${full} was paid in full and then changed to ${total}: ${applied} of its payment is applied to it, and should be ${wanted}. The customer would get a reminder.`,
        );
        await readsTheSame(subject, books, [payment, invoice], `after an update to ${total}`);
      }
    }
  },
};

export const aLostUpdateIsFoundAgain: Law = {
  id: 'a-lost-update-is-found-again',
  sentence: 'whichever answer of an update is lost, the next attempt ends with the update in the books, and knows what it moved',
  applies: (target) => anUpdateKeepsItsPayments.applies(target),
  async check(subject) {
    for (let nth = 1; nth <= MOST_REQUESTS; nth += 1) {
      const watched = watch(subject);
      const { books, invoice, payment, full } = await paidInvoice(subject, undefined, watched.context);
      const total = full / 2;
      const [call] = await books.callsFor([frozen({ ...resized(invoice, total), operation: 'invoice.update' })]);
      const failure = await failureAt(subject, watched, losing(nth), nth, () => books.push(call!));
      if (failure !== undefined) for (const outcome of await books.push({ ...call!, attempt: 2 })) receiptOf(outcome);
      const held = await look(subject, books.standing(invoice).receipt.externalId);
      const applied = await appliedTo(subject, books, payment, invoice);
      expect(
        held?.total === total && applied === total,
        `The answer to request ${nth} of an update to ${total} was lost and the call was sent again: the invoice has ${String(held?.total)}, and ${applied} of its payment is applied to it.`,
      );
      await readsTheSame(subject, books, [payment, invoice], `after the answer to request ${nth} of an update was lost`);
      if (failure === undefined) break;
    }
  },
};

/** An update that needs more requests than these is not tried further. */
const MOST_REQUESTS = 8;

export const aWholeLifeIsTakenBack: Law = {
  id: 'a-whole-life-is-taken-back',
  sentence: 'an invoice that was inserted, paid, lowered and raised is taken back step by step, with nothing left of it',
  applies: (target) => anUpdateKeepsItsPayments.applies(target) && target.undo.by === 'target',
  async check(subject) {
    const before = await count(subject);
    const { books, invoice, payment, full } = await paidInvoice(subject);
    const steps: PostedItem[][] = [[books.standing(payment)], [books.standing(invoice)]];
    for (const total of [full / 2, full + 500]) {
      await change(books, { ...resized(invoice, total), operation: 'invoice.update' });
      steps.unshift([books.standing(invoice)]);
    }
    const totals = [full / 2, full];
    while (steps.length > 0) {
      const [step] = steps.shift()!;
      // The version is that of today: an earlier undo may have restored it.
      const item = { ...step!, receipt: { ...step!.receipt, ...versionOf(books.standing(step!.document)) } };
      const [outcome] = await books.takeBack([item]);
      expect(
        outcome?.status === 'undone',
        `The undo of the ${step!.operation} came back as ${String(outcome?.status)}${outcome?.status === 'left' ? `: ${outcome.problem.message}` : ''}`,
      );
      const total = totals.shift();
      if (total === undefined) continue;
      const held = await look(subject, step!.receipt.externalId);
      expect(
        held?.total === total,
        `After the undo of an update the invoice has ${String(held?.total)}, and had ${total} before it.`,
      );
      const applied = await appliedTo(subject, books, payment, invoice);
      expect(
        applied === Math.min(full, total),
        `After the undo of an update ${applied} of the payment is applied to the invoice, and was ${Math.min(full, total)} before it.`,
      );
      await readsTheSame(subject, books, [payment, invoice], 'after the undo of an update');
    }
    const more = (await count(subject)) - before;
    expect(more === 0, `After all was taken back, the books have ${more} documents more than before.`);
  },
};

export const aVoidVoids: Law = {
  id: 'a-void-voids',
  sentence: 'a voided invoice asks for nothing any more, and an undo of the void brings it back with its payments',
  applies: (target) => accepts(target, 'invoice.insert', 'invoice.void'),
  async check(subject) {
    const { books, invoice, payment, full } = await paidInvoice(subject);
    const lines = invoice.lines.map((line) => ({ ...line, quantity: '0', unitPrice: '0', amount: money(0) }));
    await change(books, { ...invoice, operation: 'invoice.void', lines, total: money(0) });
    const { receipt } = books.standing(invoice);
    const held = await look(subject, receipt.externalId);
    expect((held?.total ?? 0) === 0, `After the void the invoice is still there with ${String(held?.total)}.`);
    const applied = await appliedTo(subject, books, payment, invoice);
    expect(applied === 0, `After the void ${applied} of a payment is still applied to the invoice.`);
    if (subject.target.undo.by !== 'target') return;
    const [outcome] = await books.takeBack([books.standing(invoice)]);
    if (outcome?.status === 'left') {
      expect(/[.!?]$/.test(outcome.problem.message), `“${outcome.problem.message}” is not a sentence with the next step.`);
      return;
    }
    const after = await look(subject, receipt.externalId);
    expect(
      after?.total === full,
      `After the undo of the void the invoice has ${String(after?.total)}, and had ${full} before it.`,
    );
  },
};

export const aPersonsChangeBesideOursIsDrift: Law = {
  id: 'a-persons-change-beside-ours-is-drift',
  sentence: 'a payment that a person changed, and that our update of its invoice moves, is still read back as changed',
  applies: (target) => anUpdateKeepsItsPayments.applies(target) && target.readback.by === 'target',
  async check(subject) {
    const { readback } = subject.target;
    const { books, invoice, payment, full } = await paidInvoice(subject);
    await edit(subject, books.standing(payment).receipt.externalId);
    const [outcome] = await change(books, { ...resized(invoice, full / 2), operation: 'invoice.update' }, false);
    const [read] = readback.by === 'target' ? await readback.read(books.session, [books.standing(payment)]) : [];
    expect(
      read?.status === 'changed',
      `A person changed a payment, and then the update of its invoice came back as ${String(outcome?.status)}: the payment is read back as ${String(read?.status)}. Name a document as moved only if it was at the version in \`versions\` just before.`,
    );
  },
};

/** An invoice without tax that one payment of one customer pays in full. */
export async function paidInvoice(subject: Subject, perCall?: number, context?: TargetContext) {
  const documents = withOwnCustomers(exportable(subject));
  const found = documents.find((one) => one.operation === 'invoice.insert' && one.total > 0 && one.customer !== undefined);
  const model = documents.find(({ operation }) => operation === 'payment.insert');
  demand(found?.kind === 'invoice' && model?.kind === 'payment', 'There is no document to test with: an invoice and a payment.');
  const full = 20_000;
  const invoice = frozen(resized(found, full));
  const payment: PaymentDocument = frozen({
    ...{ ...model, customer: found.customer!, amount: money(full), gross: money(full), netted: [], unapplied: money(0) },
    applied: [{ invoiceId: found.record.id, invoiceNumber: found.number, amount: money(full) }],
  });
  const books = await openBooks(subject, context, perCall);
  await books.post([invoice, payment]);
  const applied = await appliedTo(subject, books, payment, invoice);
  expect(applied === full, `A payment of ${full} pays an invoice in full, and ${applied} of it is applied to that invoice.`);
  return { books, invoice, payment, full };
}

/** The invoice with one line of that total, and no tax. */
export function resized({ tax: _, ...invoice }: InvoiceDocument, total: number): InvoiceDocument {
  const [first] = invoice.lines;
  const unitPrice = formatMoney(money(total), invoice.currency);
  const lines = [{ ...first!, quantity: '1', unitPrice, amount: money(total), taxable: false }];
  return { ...invoice, lines, total: money(total) };
}

async function change(books: Books, document: Document, sound = true): Promise<readonly PushOutcome[]> {
  const [call] = await books.callsFor([frozen(document)]);
  const outcomes = await books.push(call!);
  if (sound) for (const outcome of outcomes) receiptOf(outcome);
  return outcomes;
}

async function appliedTo(subject: Subject, books: Books, payment: Document, invoice: Document): Promise<number> {
  const held = await look(subject, books.standing(payment).receipt.externalId);
  expect(held !== undefined, 'The payment is no longer in the books.');
  demand(held.applied != null, 'Tell the kit what a payment pays in the books: `look` has to report `applied`.');
  const { externalId } = books.standing(invoice).receipt;
  return held.applied.filter((part) => part.externalId === externalId).reduce((sum, { amount }) => sum + amount, 0);
}

async function readsTheSame({ target }: Subject, books: Books, documents: readonly Document[], when: string): Promise<void> {
  if (target.readback.by !== 'target') return;
  const posted = documents.map((document) => books.standing(document));
  for (const [at, outcome] of (await target.readback.read(books.session, posted)).entries()) {
    expect(
      outcome.status === 'same',
      `The ${posted[at]!.document.kind} is read back as ${outcome.status} ${when}, and nobody else changed it. Name what a write moved as \`moved\`.`,
    );
  }
}

function versionOf({ receipt }: PostedItem) {
  return receipt.externalVersion === undefined ? {} : { externalVersion: receipt.externalVersion };
}
