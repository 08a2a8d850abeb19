import {
  type AnyTarget,
  amountOf,
  formatMoney,
  numberOf,
  type PostedItem,
  showMoney,
  type UndoAtTarget,
  type UndoOutcome,
} from '@ledgerpost/core';
import { count, edit, look, openBooks, receiptOf } from '../books.ts';
import { demand, expect, type Law, type Subject } from '../law.ts';
import { nameOf, sameJson } from '../subject.ts';
import { anUpdate, exportable, inserts, type UpdateOperation, updatesOf } from './documents.ts';

const byHand = (target: AnyTarget) => target.undo.by === 'hand';
const atTarget = (target: AnyTarget) => target.undo.by === 'target';

export const instructionsNameTheDocument: Law = {
  id: 'instructions-name-the-document',
  sentence: 'the instructions for an undo name each document with its number and amount',
  applies: byHand,
  check(subject) {
    const { undo } = subject.target;
    if (undo.by !== 'hand') return;
    expect(
      undo.instructions.trim().length > 20,
      'The text of `undo.instructions` is not written yet. Read docs/guides/add-a-target.md#instructions.',
    );
    for (const document of exportable(subject)) {
      const text = undo.instruction(document);
      const amount = amountOf(document);
      const spellings = [showMoney(amount, document.currency), formatMoney(amount, document.currency)];
      expect(text.includes(numberOf(document)), `"${text}" does not name ${numberOf(document)} (${nameOf(document)}).`);
      expect(
        spellings.some((spelling) => text.includes(spelling)),
        `"${text}" does not name the amount ${spellings[0]} (${nameOf(document)}).`,
      );
    }
  },
};

export const insertsAreTakenBack: Law = {
  id: 'inserts-are-taken-back',
  sentence: 'an inserted document is no longer in the books after an undo',
  applies: atTarget,
  async check(subject) {
    const before = await count(subject);
    const { posted, takeBack } = await postedInserts(subject);
    const outcomes = await takeBack(posted);
    for (const [index, item] of posted.entries()) {
      expect(outcomes[index]?.status === 'undone', `${nameOf(item.document)} came back as ${String(outcomes[index]?.status)}.`);
      const held = await look(subject, item.receipt.externalId);
      expect(held === undefined, `${nameOf(item.document)} is still in the books as ${item.receipt.externalId}.`);
    }
    const more = (await count(subject)) - before;
    if (posted.length > 0) expect(more === 0, `After the undo the books have ${more} documents more than before the batch.`);
  },
};

export const takingBackTwiceIsHarmless: Law = {
  id: 'taking-back-twice-is-harmless',
  sentence: 'a repeated undo reports that everything is undone, and changes nothing',
  applies: atTarget,
  async check(subject) {
    const { posted, takeBack } = await postedInserts(subject);
    await takeBack(posted);
    const held = await count(subject);
    for (const outcome of await takeBack(posted)) {
      expect(
        outcome.status === 'gone' || outcome.status === 'undone',
        `The second time, item ${outcome.seq} came back as ${outcome.status}.`,
      );
    }
    const now = await count(subject);
    if (posted.length > 0) expect(now === held, `The second undo found ${held} documents in the books and left ${now}.`);
  },
};

export const updatesAreRestored: Law = {
  id: 'updates-are-restored',
  sentence: 'an undone update restores the former content, and a repeated undo keeps it',
  applies: (target) => atTarget(target) && updatesOf(target).length > 0,
  async check(subject) {
    for (const operation of updatesOf(subject.target)) {
      const { books, posted, before } = await updated(subject, operation);
      for (const time of ['first', 'second']) {
        const [outcome] = await undoOf(subject).takeBack(books.session, [posted], subject.chart);
        expect(
          outcome?.status === 'undone' || outcome?.status === 'gone',
          `The ${time} time, the ${operation} came back as ${String(outcome?.status)}.`,
        );
        const held = await look(subject, posted.receipt.externalId);
        expect(
          sameJson(held, before),
          `After the ${time} undo of the ${operation} the books have ${JSON.stringify(held)}, and had ${JSON.stringify(before)} before it.`,
        );
      }
    }
  },
};

export const unknownFormerIsLeft: Law = {
  id: 'unknown-former-is-left',
  sentence: 'an undo leaves an update alone if the former content was not kept',
  applies: (target) => atTarget(target) && updatesOf(target).includes('invoice.update'),
  async check(subject) {
    const { insert, update } = anUpdate(subject);
    const books = await openBooks(subject);
    const [first] = await books.callsFor([insert]);
    const before = receiptOf((await books.push(first!))[0]!);
    const second = await books.callFor(update, before);
    const receipt = receiptOf((await books.push(second))[0]!);
    const { seq, record, operation, key } = second.items[0]!;
    const [outcome] = await undoOf(subject).takeBack(
      books.session,
      [{ seq, record, operation, key, document: update, receipt }],
      subject.chart,
    );
    const held = await look(subject, before.externalId);
    expect(held !== undefined, 'The document is no longer in the books, although it was there before the update.');
    expect(outcome?.status === 'left', `It came back as ${String(outcome?.status)}.`);
  },
};

export const oneUndoOutcomePerItem: Law = {
  id: 'one-undo-outcome-per-item',
  sentence: 'an undo answers one outcome per item, in order',
  applies: atTarget,
  async check(subject) {
    const { posted, takeBack } = await postedInserts(subject);
    if (posted.length === 0) return;
    const outcomes = await takeBack(posted);
    expect(
      sameJson(
        outcomes.map(({ seq }) => seq),
        posted.map(({ seq }) => seq),
      ),
      `The items ${posted.map(({ seq }) => seq).join(', ')} were answered as ${outcomes.map(({ seq }) => seq).join(', ')}.`,
    );
  },
};

export const whatAnUndoRestoredReadsTheSame: Law = {
  id: 'what-an-undo-restored-reads-the-same',
  sentence: 'an undone update or re-allocation is read back as the former content',
  applies: (target) => updatesAreRestored.applies(target) && target.readback.by === 'target',
  async check(subject) {
    const { readback } = subject.target;
    for (const operation of updatesOf(subject.target)) {
      const { books, posted } = await updated(subject, operation);
      const [outcome] = await books.takeBack([posted]);
      expect(outcome?.status === 'undone', `The ${operation} came back as ${String(outcome?.status)}.`);
      const [read] = readback.by === 'target' ? await readback.read(books.session, [books.standing(posted.document)]) : [];
      expect(
        read?.status === 'same',
        `After the undone ${operation} the former document is read back as ${String(read?.status)}: the next batch would treat it as a person’s change.`,
      );
    }
  },
};

export const aPersonsChangeStopsTheUndo: Law = {
  id: 'a-persons-change-stops-the-undo',
  sentence: 'an undo leaves a document alone that a person changed in the books, and reports it',
  applies: atTarget,
  async check(subject) {
    const { posted, takeBack } = await postedInserts(subject);
    for (const { receipt } of posted) await edit(subject, receipt.externalId);
    for (const [index, outcome] of (await takeBack(posted)).entries()) {
      const { document, receipt } = posted[index]!;
      expect(
        outcome.status === 'left',
        `${nameOf(document)} came back as ${outcome.status}, although a person had changed it. That person’s work is lost.`,
      );
      expect(/[.!?]$/.test(outcome.problem.message), `“${outcome.problem.message}” is not a sentence with the next step.`);
      expect((await look(subject, receipt.externalId)) !== undefined, `${nameOf(document)} is no longer in the books.`);
    }
  },
};

export const undonePostsAgain: Law = {
  id: 'what-was-taken-back-posts-anew',
  sentence: 'after an undo the same document is posted again with a new key, and is not found as the old one',
  applies: atTarget,
  async check(subject) {
    const documents = inserts(subject);
    const books = await openBooks(subject);
    await undoOf(subject).takeBack(books.session, await books.post(documents));
    const before = await count(subject);
    const again = await books.post(documents);
    if (documents.length === 0) return;
    const more = (await count(subject)) - before;
    expect(more === documents.length, `${documents.length} documents were posted again, and the books have ${more} more.`);
    for (const { document, receipt } of again) {
      expect(
        (await look(subject, receipt.externalId)) !== undefined,
        `${nameOf(document)} was answered as ${receipt.externalId}, which is not in the books. An old answer was returned for a new key.`,
      );
    }
  },
};

/** A document that was posted and then updated, as an undo gets it, and what the books held before; with the invoices of a payment. */
async function updated(subject: Subject, operation: UpdateOperation) {
  const { insert, update, invoices } = anUpdate(subject, operation);
  const books = await openBooks(subject);
  await books.post([...invoices, insert]);
  const before = await look(subject, books.standing(insert).receipt.externalId);
  await books.post([update]);
  return { books, posted: books.standing(update), before };
}

async function postedInserts(subject: Subject) {
  const books = await openBooks(subject);
  const posted = await books.post(inserts(subject));
  const takeBack = (items: readonly PostedItem[]): Promise<readonly UndoOutcome[]> =>
    undoOf(subject).takeBack(books.session, items, subject.chart);
  return { posted, takeBack };
}

function undoOf({ target }: Subject): UndoAtTarget<unknown> {
  demand(target.undo.by === 'target', 'Only for targets that undo documents themselves.');
  return target.undo;
}
