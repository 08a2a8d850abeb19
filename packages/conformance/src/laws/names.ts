import type { AnyTarget, ReferenceNeed, ReferenceOutcome } from '@ledgerpost/core';
import { contextOf, pushOf } from '../books.ts';
import { expect, type Law, type Subject } from '../law.ts';
import { sameJson } from '../subject.ts';
import { inserts } from './documents.ts';

const byPush = (target: AnyTarget) => target.delivery.by === 'push';

export const createdNamesAreFound: Law = {
  id: 'created-names-are-found',
  sentence: 'find only reads, and finds what create made',
  applies: byPush,
  async check(subject) {
    const { delivery, session, needs } = deskOf(subject);
    if (needs.length === 0) return;
    const before = await delivery.find(session, needs);
    const again = await delivery.find(session, needs);
    answersEach('find', needs, before);
    expect(sameJson(before, again), 'Asking twice returns two answers, so a preview would change the books.');
    expect(
      before.every((outcome) => outcome.status !== 'created'),
      'find answered that it created a name. It may only read, because a preview calls it.',
    );
    const missing = missingIn(before);
    answersEach('create', missing, await delivery.create(session, missing));
    const after = await delivery.find(session, missing);
    expect(
      after.every((outcome) => outcome.status === 'found'),
      'A name that create made is not found, so it would be created again and again.',
    );
  },
};

export const creatingTwiceCreatesOnce: Law = {
  id: 'creating-twice-creates-once',
  sentence: 'a name that is created again after a lost answer is the existing one',
  applies: byPush,
  async check(subject) {
    const { delivery, session, needs } = deskOf(subject);
    if (needs.length === 0) return;
    const unknown = needs.map((need) => ({ ...need, name: `${need.name} ${runs}`, requestKey: `kit-name-${runs++}` }));
    const first = idsOf(await delivery.create(session, unknown));
    const second = idsOf(await delivery.create(session, unknown));
    expect(
      first.length > 0 && sameJson(first, second),
      `Created twice, ${unknown[0]!.name} and others are ${first.join(', ')} and then ${second.join(', ')}: so the books have them twice.`,
    );
  },
};

// A name that no earlier run of a law made.
let runs = 1;

function deskOf(subject: Subject) {
  const { target, settings, chart } = subject;
  const delivery = pushOf(target);
  const session = target.open(settings, contextOf(subject));
  const needs = inserts(subject).flatMap((document) => delivery.needs(document, chart, settings));
  return { delivery, session, needs: [...new Map(needs.map((need) => [`${need.kind}/${need.name}`, need])).values()] };
}

function answersEach(verb: string, needs: readonly ReferenceNeed[], outcomes: readonly ReferenceOutcome[]): void {
  const asked = needs.map(({ kind, key, name }) => `${kind}/${key ?? ''}/${name}`);
  const answered = outcomes.map(({ need: { kind, key, name } }) => `${kind}/${key ?? ''}/${name}`);
  expect(
    sameJson(asked, answered),
    `${verb} was asked for ${asked.length} names and answered ${answered.length}, or in another order. Return one outcome per name, in order.`,
  );
}

function missingIn(outcomes: readonly ReferenceOutcome[]): readonly ReferenceNeed[] {
  return outcomes.filter((outcome) => outcome.status === 'missing').map((outcome) => outcome.need);
}

function idsOf(outcomes: readonly ReferenceOutcome[]): readonly string[] {
  return outcomes.flatMap((outcome) => (outcome.status === 'found' || outcome.status === 'created' ? [outcome.externalId] : []));
}
