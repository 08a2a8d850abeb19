import type { AnyTarget, Call, Document, ExportedItem, PushOutcome, Receipt, TargetContext } from '@ledgerpost/core';
import { expect, type Law, type Subject } from '../law.ts';
import { frozen, sameJson } from '../subject.ts';
import { exportable } from './documents.ts';

const byPush = (target: AnyTarget) => target.delivery.by === 'push';

export const oneOutcomePerItem: Law = {
  id: 'one-outcome-per-item',
  sentence: 'a call is answered with one outcome per item, in order',
  applies: byPush,
  async check(subject) {
    const books = await openBooks(subject);
    for (const call of await books.callsFor(inserts(subject))) {
      const outcomes = await books.push(call);
      expect(
        sameJson(
          outcomes.map((outcome) => outcome.seq),
          call.items.map((item) => item.seq),
        ),
        `The items ${call.items.map((item) => item.seq).join(', ')} were answered as ${outcomes.map((outcome) => outcome.seq).join(', ')}.`,
      );
      for (const outcome of outcomes) receiptOf(outcome);
    }
  },
};

export const sameCallPostsOnce: Law = {
  id: 'same-call-posts-once',
  sentence: 'the same call sent again posts nothing twice',
  applies: byPush,
  async check(subject) {
    const books = await openBooks(subject);
    for (const call of await books.callsFor(inserts(subject))) {
      const first = (await books.push(call)).map(receiptOf);
      const again = (await books.push({ ...call, attempt: 2 })).map(receiptOf);
      for (const [index, receipt] of first.entries()) {
        expect(
          again[index]!.externalId === receipt.externalId,
          `Item ${call.items[index]!.seq} is ${receipt.externalId} the first time and ${again[index]!.externalId} the second: it is in the books twice.`,
        );
      }
    }
  },
};

export const keysDecide: Law = {
  id: 'keys-decide',
  sentence: 'two documents with two keys are two postings',
  applies: byPush,
  async check(subject) {
    const books = await openBooks(subject);
    const receipts: Receipt[] = [];
    for (const call of await books.callsFor(inserts(subject))) receipts.push(...(await books.push(call)).map(receiptOf));
    const ids = receipts.map((receipt) => receipt.externalId);
    expect(new Set(ids).size === ids.length, `Different documents came back with one external id: ${ids.join(', ')}.`);
  },
};

export const badItemSinksNobody: Law = {
  id: 'bad-item-sinks-nobody',
  sentence: 'an item that is refused does not take its neighbours along',
  applies: byPush,
  async check(subject) {
    const { refused } = subject.told;
    expect(refused !== undefined, 'Tell the kit a document that the target refuses: the member `refused`.');
    const books = await openBooks(subject);
    const [first, second, ...others] = inserts(subject);
    expect(first !== undefined && second !== undefined, 'There are fewer than two documents to try.');
    const bad = frozen(refused(second));
    const [call] = await books.callsFor([first, bad, ...others]);
    const outcomes = await books.push(call!);
    const verdicts = outcomes.map((outcome) => outcome.status);
    if (call!.items.length > 1) expect(verdicts[1] === 'refused', `The bad item came back as ${String(verdicts[1])}.`);
    expect(
      verdicts.every((verdict, index) => index === 1 || verdict === 'created' || verdict === 'existed'),
      `Its neighbours came back as ${verdicts.join(', ')}.`,
    );
  },
};

export const createdNamesAreFound: Law = {
  id: 'created-names-are-found',
  sentence: 'find reads only, and finds what create made',
  applies: byPush,
  async check(subject) {
    const { target, settings } = subject;
    const delivery = pushOf(target);
    const session = target.open(settings, contextOf(subject));
    const needs = inserts(subject).flatMap((document) => delivery.needs(document, subject.chart, settings));
    const before = await delivery.find(session, needs);
    const again = await delivery.find(session, needs);
    expect(before.length === needs.length, `${needs.length} names were asked for and ${before.length} answered.`);
    expect(sameJson(before, again), 'Asking twice gives two answers: a preview would change the books.');
    expect(
      before.every((outcome) => outcome.status !== 'created'),
      'find answered that it created a name; it may only look, since a preview asks it.',
    );
    const missing = before.filter((outcome) => outcome.status === 'missing').map((outcome) => outcome.need);
    await delivery.create(session, missing);
    const after = await delivery.find(session, missing);
    expect(
      after.every((outcome) => outcome.status === 'found'),
      'A name that create made is not found: it would be created again and again.',
    );
  },
};

/** Fresh documents that need nothing in the books before them. */
export function inserts(subject: Subject): readonly Document[] {
  return exportable(subject).filter((document) => document.operation.endsWith('.insert'));
}

/** A session with what pushing takes. */
export async function openBooks(subject: Subject) {
  const { target, settings, chart } = subject;
  const delivery = pushOf(target);
  const session = target.open(settings, contextOf(subject));
  const references: Record<string, string> = {};
  const linked: Record<string, string> = {};
  let seq = 0;

  async function refer(documents: readonly Document[]): Promise<void> {
    const needs = documents.flatMap((document) => delivery.needs(document, chart, settings));
    const found = await delivery.find(session, needs);
    const missing = found.filter((outcome) => outcome.status === 'missing').map((outcome) => outcome.need);
    for (const outcome of [...found, ...(await delivery.create(session, missing))]) {
      if (outcome.status === 'found' || outcome.status === 'created')
        references[`${outcome.need.kind}/${outcome.need.name}`] = outcome.externalId;
    }
  }
  function item(document: Document, former?: Receipt): ExportedItem {
    seq += 1;
    const payload = JSON.parse(JSON.stringify(target.export(document, chart, settings)));
    const key = `${document.record.id}-${seq}`.slice(-36);
    const own = { seq, record: document.record, operation: document.operation, key, payload, linked };
    return former ? { ...own, former } : own;
  }
  return {
    session,
    /** One item by itself, as an update or void that follows `former`. */
    async callFor(document: Document, former: Receipt): Promise<Call> {
      await refer([document]);
      const own = item(document, former);
      return { requestId: `r-${own.key}`.slice(0, 36), attempt: 1, items: [own], references };
    },
    /** Calls as the engine makes them: in the order of the stages, no larger than the target takes. */
    async callsFor(documents: readonly Document[]): Promise<readonly Call[]> {
      await refer(documents);
      const ordered = target.stages.flatMap((stage) =>
        documents.filter((document) => stage.operations.includes(document.operation)),
      );
      const items = ordered.map((document) => item(document));
      const calls: Call[] = [];
      for (let at = 0; at < items.length; at += delivery.itemsPerPush) {
        const own = items.slice(at, at + delivery.itemsPerPush);
        calls.push({ requestId: `r-${own[0]!.key}`.slice(0, 36), attempt: 1, items: own, references });
      }
      return calls;
    },
    async push(call: Call): Promise<readonly PushOutcome[]> {
      const outcomes = await delivery.push(session, call);
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome.status === 'created' || outcome.status === 'existed')
          linked[call.items[index]!.record.id] = outcome.receipt.externalId;
      }
      return outcomes;
    },
  };
}

export function receiptOf(outcome: PushOutcome): Receipt {
  if (outcome.status === 'conflict' || outcome.status === 'refused')
    throw new Error(`A sound document came back as ${outcome.status}: ${outcome.problem.message}`);
  return outcome.receipt;
}

function pushOf(target: AnyTarget): Extract<AnyTarget['delivery'], { by: 'push' }> {
  expect(target.delivery.by === 'push', 'Only for push targets.');
  return target.delivery;
}

export function contextOf({ told }: Subject): TargetContext {
  return {
    connectionId: 'kit',
    fetch: () => Promise.reject(new Error('The kit has no network; give it one as the member `context`.')),
    signal: new AbortController().signal,
    now: () => Date.UTC(2026, 9, 3),
    log: () => {},
    access: () => Promise.reject(new Error('The kit has no access to give; give it one as the member `context`.')),
    renew: () => Promise.reject(new Error('The kit has no access to renew; give it one as the member `context`.')),
    permit: async () => ({ release: () => {} }),
    pause: async () => {},
    ...told.context,
  };
}
