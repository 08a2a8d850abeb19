import type { AnyTarget, Changes, PostedItem, ReadbackAtTarget, ReadOutcome } from '@ledgerpost/core';
import { contextOf, edit, openBooks } from '../books.ts';
import { demand, expect, type Law, type Subject } from '../law.ts';
import { nameOf, sameJson } from '../subject.ts';
import { inserts } from './documents.ts';
import { paidInvoice } from './life.ts';

const atTarget = (target: AnyTarget) => target.readback.by === 'target';

export const readbackFindsTheSame: Law = {
  id: 'readback-finds-the-same',
  sentence: 'an untouched document is read back as the same, one outcome per item in order, and its entries add up to zero',
  applies: atTarget,
  async check(subject) {
    const books = await openBooks(subject);
    const posted = await books.post(inserts(subject));
    await reads(subject, books.session, posted, 'same');
    await reads(subject, books.session, posted, 'same');
  },
};

export const readbackSeesAPersonsChange: Law = {
  id: 'readback-sees-a-persons-change',
  sentence: 'a document that a person changed is read back as changed, with a sentence',
  applies: atTarget,
  async check(subject) {
    const books = await openBooks(subject);
    const posted = await books.post(inserts(subject));
    for (const { receipt } of posted) await edit(subject, receipt.externalId);
    await reads(subject, books.session, posted, 'changed');
  },
};

export const readbackReportsDeletions: Law = {
  id: 'readback-misses-what-is-gone',
  sentence: 'a document that was removed from the books is read back with the status `gone`',
  applies: (target) => atTarget(target) && target.undo.by === 'target',
  async check(subject) {
    const books = await openBooks(subject);
    const posted = await books.post(inserts(subject));
    const { undo } = subject.target;
    if (undo.by === 'target') await undo.takeBack(books.session, posted);
    await reads(subject, books.session, posted, 'gone');
  },
};

export const aReallocationIsSeen: Law = {
  id: 'a-reallocation-is-seen',
  sentence: 'a payment that a person took off its invoices is read back as changed, or the target states that it can’t see that',
  applies: (target) => atTarget(target) && target.stages.some(({ operations }) => operations.includes('payment.insert')),
  async check(subject) {
    const { readback } = subject.target;
    const { reallocate } = subject.given;
    if (readback.by !== 'target') return;
    if (readback.unseen?.includes('allocations')) {
      expect(true, 'It states that it can’t see it.');
      return;
    }
    demand(
      reallocate !== undefined,
      'If the target can’t see that a person took a payment off its invoices, say so in `readback.unseen`. Else give the kit a way to do it: the member `reallocate`.',
    );
    const { books, payment } = await paidInvoice(subject);
    await reallocate(books.standing(payment).receipt.externalId);
    const [outcome] = await readback.read(books.session, [books.standing(payment)]);
    expect(
      outcome?.status === 'changed',
      `A person took a payment off its invoice, and it was read back as ${String(outcome?.status)}. If the target can’t see that, say so in \`readback.unseen\`.`,
    );
  },
};

export const aKeptChangeReadsTheSame: Law = {
  id: 'a-kept-change-reads-the-same',
  sentence: 'a change that is read back with a receipt is the same when it is read with that receipt',
  applies: atTarget,
  async check(subject) {
    const books = await openBooks(subject);
    const posted = await books.post(inserts(subject));
    for (const { receipt } of posted) await edit(subject, receipt.externalId);
    const outcomes = await reads(subject, books.session, posted, 'changed');
    const kept = posted.flatMap((item, index) => {
      const outcome = outcomes[index];
      return outcome?.status === 'changed' && outcome.receipt !== undefined ? [{ ...item, receipt: outcome.receipt }] : [];
    });
    await reads(subject, books.session, kept, 'same');
  },
};

const reportsChanges = (target: AnyTarget) => target.readback.by === 'target' && target.readback.changes !== undefined;

export const changesNameWhatChanged: Law = {
  id: 'changes-name-what-changed',
  sentence:
    'asked what changed since an instant, it names every document that changed after it, or reports that it can’t name that kind',
  applies: reportsChanges,
  async check(subject) {
    const context = contextOf(subject);
    const books = await openBooks(subject, context);
    const before = await changesOf(subject, books.session, context.now() - 3_600_000);
    const posted = await books.post(inserts(subject));
    areNamed(await changesOf(subject, books.session, before.through), posted, 'posted');
    const { through } = await changesOf(subject, books.session, before.through);
    if (posted.length === 0) return;
    expect(through >= before.through, `Changes were reported through ${before.through}, and later only through ${through}.`);
    for (const { receipt } of posted) await edit(subject, receipt.externalId);
    areNamed(await changesOf(subject, books.session, through), posted, 'changed');
    // Windows overlap, and a check may run again: the same question has the same answer, or a longer one.
    areNamed(await changesOf(subject, books.session, through), posted, 'changed');
  },
};

export const changesNameDeletions: Law = {
  id: 'changes-name-what-is-gone',
  sentence: 'asked what changed since an instant, it names the documents that were removed from the books after it',
  applies: (target) => reportsChanges(target) && target.undo.by === 'target',
  async check(subject) {
    const context = contextOf(subject);
    const books = await openBooks(subject, context);
    const posted = await books.post(inserts(subject));
    const { through } = await changesOf(subject, books.session, context.now() - 3_600_000);
    const { undo } = subject.target;
    if (undo.by === 'target') await undo.takeBack(books.session, posted);
    areNamed(await changesOf(subject, books.session, through), posted, 'removed');
  },
};

export const changesOfLongAgoAreNotLeftOut: Law = {
  id: 'changes-of-long-ago-are-not-left-out',
  sentence: 'asked for changes from before it can remember, it reports that it can’t name them, and leaves none out',
  applies: reportsChanges,
  async check(subject) {
    const books = await openBooks(subject);
    const posted = await books.post(inserts(subject));
    areNamed(await changesOf(subject, books.session, 0), posted, 'posted');
  },
};

function areNamed({ documents, untold }: Changes, posted: readonly PostedItem[], what: string): void {
  for (const { document, receipt } of posted) {
    const named = documents.some((one) => one.kind === document.kind && one.externalId === receipt.externalId);
    expect(
      named || untold.includes(document.kind),
      `${nameOf(document)} was ${what} after that instant, and is not among the changes, so a person’s change would never be found.`,
    );
  }
}

async function changesOf(subject: Subject, session: unknown, since: number): Promise<Changes> {
  const { changes } = readbackOf(subject);
  demand(changes !== undefined, 'Only for targets that report what changed.');
  return changes(session, since);
}

export const readbackByHandIsExplained: Law = {
  id: 'readback-by-hand-is-explained',
  sentence: 'if it can’t report what became of a document, it has instructions for a person',
  applies: (target) => target.readback.by === 'hand',
  check({ target: { readback } }) {
    if (readback.by !== 'hand') return;
    expect(
      readback.instructions.trim().length > 20,
      'The text of `readback.instructions` is not written yet. Read docs/guides/add-a-target.md#instructions.',
    );
  },
};

async function reads(
  subject: Subject,
  session: unknown,
  posted: readonly PostedItem[],
  wanted: 'same' | 'changed' | 'gone',
): Promise<readonly ReadOutcome[]> {
  const outcomes = await readbackOf(subject).read(session, posted);
  if (posted.length === 0) return outcomes;
  expect(
    sameJson(
      outcomes.map(({ seq }) => seq),
      posted.map(({ seq }) => seq),
    ),
    `The items ${posted.map(({ seq }) => seq).join(', ')} were read back as ${outcomes.map(({ seq }) => seq).join(', ')}.`,
  );
  for (const [index, outcome] of outcomes.entries()) {
    const name = nameOf(posted[index]!.document);
    expect(outcome.status === wanted, `${name} was read back as ${outcome.status}; it is ${wanted}.`);
    if (outcome.status !== 'gone' && outcome.holds !== undefined) {
      const sum = outcome.holds.entries.reduce((all, { amount }) => all + amount, 0);
      expect(
        sum === 0,
        `${name}: its entries in the books add up to ${sum}, not to zero. Leave \`holds\` out unless all entries are known.`,
      );
    }
    if (outcome.status !== 'same') expect(/[.!?]$/.test(outcome.problem.message), `${name}: “${outcome.problem.message}”`);
  }
  return outcomes;
}

function readbackOf({ target }: Subject): ReadbackAtTarget<unknown> {
  demand(target.readback.by === 'target', 'Only for targets that can be asked.');
  return target.readback;
}
