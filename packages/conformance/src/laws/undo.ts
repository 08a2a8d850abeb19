import {
  type AnyTarget,
  amountOf,
  formatMoney,
  numberOf,
  type PostedItem,
  type Receipt,
  type UndoAtTarget,
  type UndoOutcome,
} from '@ledgerpost/core';
import { expect, type Law, type Subject } from '../law.ts';
import { nameOf } from '../subject.ts';
import { exportable } from './documents.ts';
import { inserts, openBooks, receiptOf } from './push.ts';

const byHand = (target: AnyTarget) => target.undo.by === 'hand';
const atTarget = (target: AnyTarget) => target.undo.by === 'target';

export const instructionsNameTheDocument: Law = {
  id: 'instructions-name-the-document',
  sentence: 'what a person takes out is named with its number and amount',
  applies: byHand,
  check(subject) {
    const { undo } = subject.target;
    if (undo.by !== 'hand') return;
    expect(undo.instructions.trim().length > 20, 'The general instructions are empty.');
    for (const document of exportable(subject)) {
      const text = undo.instruction(document);
      const amount = formatMoney(amountOf(document), document.currency);
      expect(text.includes(numberOf(document)), `"${text}" does not name ${numberOf(document)} (${nameOf(document)}).`);
      expect(text.includes(amount), `"${text}" does not name the amount ${amount} (${nameOf(document)}).`);
    }
  },
};

export const insertsAreTakenBack: Law = {
  id: 'inserts-are-taken-back',
  sentence: 'what an insert put into the books is gone after an undo',
  applies: atTarget,
  async check(subject) {
    const { posted, takeBack } = await postedInserts(subject);
    const outcomes = await takeBack(posted);
    for (const [index, item] of posted.entries()) {
      expect(outcomes[index]?.status === 'undone', `${nameOf(item.document)} came back as ${String(outcomes[index]?.status)}.`);
      const held = await look(subject, item.receipt);
      expect(held === undefined, `${nameOf(item.document)} is still in the books as ${item.receipt.externalId}.`);
    }
  },
};

export const takingBackTwiceIsHarmless: Law = {
  id: 'taking-back-twice-is-harmless',
  sentence: 'an undo that is run again says that all is gone, and touches nothing',
  applies: atTarget,
  async check(subject) {
    const { posted, takeBack } = await postedInserts(subject);
    await takeBack(posted);
    for (const outcome of await takeBack(posted)) {
      expect(
        outcome.status === 'gone' || outcome.status === 'undone',
        `The second time, item ${outcome.seq} came back as ${outcome.status}.`,
      );
    }
  },
};

export const updatesAreRestored: Law = {
  id: 'updates-are-restored',
  sentence: 'an undone update leaves the former content, once and for all',
  applies: (target) => atTarget(target) && target.stages.some((stage) => stage.operations.includes('invoice.update')),
  async check(subject) {
    const documents = exportable(subject);
    const update = documents.find((document) => document.operation === 'invoice.update');
    const insert = documents.find(
      (document) => document.operation === 'invoice.insert' && document.record.id === update?.record.id,
    );
    expect(update !== undefined && insert !== undefined, 'There is no update with its insert among the documents.');
    const books = await openBooks(subject);
    const [first] = await books.callsFor([insert]);
    const before = receiptOf((await books.push(first!))[0]!);
    const second = await books.callFor(update, before);
    const after = receiptOf((await books.push(second))[0]!);
    const { seq, record, operation, key } = second.items[0]!;
    const posted = {
      seq,
      record,
      operation,
      key,
      document: update,
      receipt: after,
      former: { document: insert, receipt: before },
    };
    for (const time of ['first', 'second']) {
      const [outcome] = await undoOf(subject).takeBack(books.session, [posted]);
      expect(
        outcome?.status === 'undone' || outcome?.status === 'gone',
        `The ${time} time, it came back as ${String(outcome?.status)}.`,
      );
      const held = await look(subject, before);
      expect(
        held?.total === amountOf(insert),
        `After the ${time} undo the books hold ${String(held?.total)}, and held ${amountOf(insert)} before the update.`,
      );
    }
  },
};

async function postedInserts(subject: Subject) {
  const books = await openBooks(subject);
  const documents = inserts(subject);
  const byRecord = new Map(documents.map((document) => [document.record.type + document.record.id, document]));
  const posted: PostedItem[] = [];
  for (const call of await books.callsFor(documents)) {
    for (const [index, outcome] of (await books.push(call)).entries()) {
      const { seq, record, operation, key } = call.items[index]!;
      posted.push({ seq, record, operation, key, document: byRecord.get(record.type + record.id)!, receipt: receiptOf(outcome) });
    }
  }
  posted.reverse(); // newest first, as the engine does
  const takeBack = (items: readonly PostedItem[]): Promise<readonly UndoOutcome[]> =>
    undoOf(subject).takeBack(books.session, items);
  return { posted, takeBack };
}

function undoOf({ target }: Subject): UndoAtTarget<unknown> {
  expect(target.undo.by === 'target', 'Only for targets that undo by themselves.');
  return target.undo;
}

async function look({ told }: Subject, receipt: Receipt) {
  expect(told.look !== undefined, 'Tell the kit how to look into the books: the member `look`.');
  return told.look(receipt.externalId);
}
