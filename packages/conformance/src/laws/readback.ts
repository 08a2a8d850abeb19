import type { AnyTarget, PostedItem, ReadbackAtTarget } from '@ledgerpost/core';
import { edit, openBooks } from '../books.ts';
import { demand, expect, type Law, type Subject } from '../law.ts';
import { nameOf, sameJson } from '../subject.ts';
import { inserts } from './documents.ts';

const atTarget = (target: AnyTarget) => target.readback.by === 'target';

export const readbackFindsTheSame: Law = {
  id: 'readback-finds-the-same',
  sentence: 'what nobody touched is read back as the same, one outcome per item in order',
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
  sentence: 'what a person changed is read back as changed, with a sentence',
  applies: atTarget,
  async check(subject) {
    const books = await openBooks(subject);
    const posted = await books.post(inserts(subject));
    for (const { receipt } of posted) await edit(subject, receipt.externalId);
    await reads(subject, books.session, posted, 'changed');
  },
};

export const readbackMissesWhatIsGone: Law = {
  id: 'readback-misses-what-is-gone',
  sentence: 'what was taken out of the books is read back as gone',
  applies: (target) => atTarget(target) && target.undo.by === 'target',
  async check(subject) {
    const books = await openBooks(subject);
    const posted = await books.post(inserts(subject));
    const { undo } = subject.target;
    if (undo.by === 'target') await undo.takeBack(books.session, posted);
    await reads(subject, books.session, posted, 'gone');
  },
};

export const readbackByHandIsExplained: Law = {
  id: 'readback-by-hand-is-explained',
  sentence: 'where it can’t be asked what became of a document, it says how a person finds out',
  applies: (target) => target.readback.by === 'hand',
  check({ target: { readback } }) {
    if (readback.by !== 'hand') return;
    expect(
      readback.instructions.trim().length > 20,
      'How a person finds out what became of a document is not written yet. Read docs/guides/add-a-target.md#instructions.',
    );
  },
};

async function reads(
  subject: Subject,
  session: unknown,
  posted: readonly PostedItem[],
  wanted: 'same' | 'changed' | 'gone',
): Promise<void> {
  const outcomes = await readbackOf(subject).read(session, posted);
  if (posted.length === 0) return;
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
    if (outcome.status !== 'same') expect(/[.!?]$/.test(outcome.problem.message), `${name}: “${outcome.problem.message}”`);
  }
}

function readbackOf({ target }: Subject): ReadbackAtTarget<unknown> {
  demand(target.readback.by === 'target', 'Only for targets that can be asked.');
  return target.readback;
}
