import type { AnyTarget, Candidate, ReferenceNeed } from '@ledgerpost/core';
import { contextOf, openBooks, pushOf } from '../books.ts';
import { demand, expect, type Law, type Subject } from '../law.ts';
import { sameJson } from '../subject.ts';
import { inserts } from './documents.ts';

type Kind = ReferenceNeed['kind'];
type Verb = 'list' | 'fetchNames' | 'rename';

/** Whether the target promises all of these verbs. */
const promises =
  (...verbs: readonly Verb[]) =>
  ({ delivery }: AnyTarget) =>
    delivery.by === 'push' && verbs.every((verb) => delivery[verb] !== undefined);

export const namesAreListed: Law = {
  id: 'names-are-listed',
  sentence: 'the list of names has each one of the asked kinds once, with its id, and also with an instant before it was made',
  applies: promises('list'),
  async check(subject) {
    const { session, made } = await newNames(subject);
    const before = contextOf(subject).now() - 3_600_000;
    for (const since of [undefined, before]) {
      const listed = await allNames(subject, session, ['customer', 'item'], since);
      for (const { kind, externalId } of made) {
        const found = listed.filter((one) => one.kind === kind && one.externalId === externalId);
        const asked = since === undefined ? '' : ', asked for what changed since an hour ago';
        expect(
          found.length === 1 && found[0]!.active,
          `${kind} ${externalId} was made a moment ago, and is ${found.length} times among the names${asked}.`,
        );
      }
    }
    for (const kind of new Set(made.map((one) => one.kind))) {
      const others = (await allNames(subject, session, [kind])).filter((one) => one.kind !== kind);
      expect(others.length === 0, `Asked for names of the kind ${kind}, list gave ${others[0]?.kind} ${others[0]?.name}.`);
    }
  },
};

export const idsHaveTheirNames: Law = {
  id: 'ids-have-their-names',
  sentence: 'asked for names by their ids, it gives these and no others, and leaves out what does not exist',
  applies: promises('fetchNames'),
  async check(subject) {
    const { delivery, session, made } = await newNames(subject);
    for (const [kind, ones] of Map.groupBy(made, (one) => one.kind)) {
      const ids = ones.map(({ externalId }) => externalId).sort();
      const got = await delivery.fetchNames!(session, kind, [...ids, '999999999']);
      expect(
        sameJson(got.map(({ externalId }) => externalId).sort(), ids),
        `Asked for ${kind} ${ids.join(', ')} and one that does not exist, it gave ${got.map(({ externalId }) => externalId).join(', ')}.`,
      );
      expect(
        got.every(({ active, name }) => active && name !== ''),
        `A ${kind} that was made a moment ago has no name, or is not active.`,
      );
    }
  },
};

export const aNewNameKeepsItsId: Law = {
  id: 'a-new-name-keeps-its-id',
  sentence: 'a name that is changed is found by its new name under the same id, and a name that is taken changes nothing',
  applies: promises('rename'),
  async check(subject) {
    const { delivery, session, made } = await newNames(subject);
    for (const { kind, need, externalId } of made) {
      const name = `${need.name} renamed`;
      const order = [{ kind, externalId, name }];
      for (const _ of ['first', 'again']) {
        const [outcome] = await delivery.rename!(session, order);
        expect(outcome?.status === 'renamed', `${kind} ${externalId} was not renamed: ${JSON.stringify(outcome)}.`);
      }
      const [found] = await delivery.find(session, [{ ...need, name }]);
      const [former] = await delivery.find(session, [need]);
      expect(
        found?.status === 'found' && found.externalId === externalId,
        `“${name}” is ${JSON.stringify(found)} after ${kind} ${externalId} was given that name.`,
      );
      expect(former?.status === 'missing', `The former name “${need.name}” is ${former?.status} after a rename.`);
      const [other] = idsOf(await delivery.create(session, [{ ...need, requestKey: `${need.requestKey}o` }]));
      const [taken] = await delivery.rename!(session, [{ kind, externalId: other!.externalId, name }]);
      expect(taken?.status === 'taken', `“${name}” is taken by another ${kind}, and rename answers ${taken?.status}.`);
      const [still] = await delivery.find(session, [{ ...need, name }]);
      expect(
        still?.status === 'found' && still.externalId === externalId,
        `“${name}” is ${JSON.stringify(still)} after another ${kind} was refused that name.`,
      );
    }
  },
};

export const documentsGoByIds: Law = {
  id: 'documents-go-by-ids',
  sentence: 'a document goes to the customer of its id, whatever that one is called by now, and makes no other',
  applies: promises('list', 'rename'),
  async check(subject) {
    const books = await openBooks(subject);
    const delivery = pushOf(subject.target);
    const document = inserts(subject).find(({ kind, customer }) => kind === 'invoice' && customer !== undefined);
    if (document === undefined) return;
    const [call] = await books.callsFor([document]);
    const need = delivery.needs(document, subject.chart, subject.settings).find(({ kind }) => kind === 'customer');
    const externalId = call!.references[`customer/${need?.key ?? need?.name}`];
    demand(need !== undefined && externalId !== undefined, 'There is no document whose customer the target needs.');
    await delivery.rename!(books.session, [{ kind: 'customer', externalId, name: `Kit customer ${runs++}` }]);
    try {
      const before = await idsListed(subject, books.session);
      const [outcome] = await books.push(call!);
      expect(
        outcome?.status === 'created',
        `A document whose customer has another name by now came back as ${JSON.stringify(outcome)}.`,
      );
      const after = await idsListed(subject, books.session);
      expect(
        sameJson(before, after),
        'A push made a customer, though the call has the id of the customer, which has another name by now.',
      );
    } finally {
      await delivery.rename!(books.session, [{ kind: 'customer', externalId, name: need.name }]);
    }
  },
};

// A name that no earlier run of a law made.
let runs = 1;

/** One new name of each kind that the documents need, made as the engine makes it. */
async function newNames(subject: Subject) {
  const { target, settings, chart } = subject;
  const delivery = pushOf(target);
  const session = target.open(settings, contextOf(subject));
  const needs = inserts(subject).flatMap((document) => delivery.needs(document, chart, settings));
  const fresh = [...new Map(needs.map((need) => [need.kind, need])).values()].map(
    (need): ReferenceNeed => ({ ...need, key: `kit-${runs}`, name: `Kit ${need.kind} ${runs}`, requestKey: `kit-${runs++}` }),
  );
  return { delivery, session, made: fresh.length === 0 ? [] : idsOf(await delivery.create(session, fresh)) };
}

function idsOf(outcomes: Awaited<ReturnType<ReturnType<typeof pushOf>['create']>>) {
  return outcomes.map((outcome) => {
    const made = outcome.status === 'created' || outcome.status === 'found';
    expect(made, `The new name “${outcome.need.name}” was not created: ${JSON.stringify(outcome)}.`);
    return { kind: outcome.need.kind, need: outcome.need, externalId: outcome.externalId };
  });
}

async function allNames(subject: Subject, session: unknown, kinds: readonly Kind[], since?: number) {
  const all: (Candidate & { readonly kind: Kind })[] = [];
  const { list } = pushOf(subject.target);
  for await (const { kind, names } of list!(session, kinds, since)) all.push(...names.map((name) => ({ ...name, kind })));
  return all;
}

async function idsListed(subject: Subject, session: unknown): Promise<readonly string[]> {
  return (await allNames(subject, session, ['customer'])).map(({ externalId }) => externalId).sort();
}
