import { type AnyTarget, callLength, type Document, largestCall, type Receipt } from '@ledgerpost/core';
import { count, edit, look, openBooks, pushOf, receiptOf } from '../books.ts';
import { demand, expect, type Law } from '../law.ts';
import { frozen, nameOf, sameJson } from '../subject.ts';
import { anUpdate, inserts, updatesOf } from './documents.ts';

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
      const held = await count(subject);
      const again = (await books.push({ ...call, attempt: 2 })).map(receiptOf);
      const more = (await count(subject)) - held;
      expect(more === 0, `The second time, ${more} more documents reached the books.`);
      for (const [index, receipt] of first.entries()) {
        expect(
          again[index]!.externalId === receipt.externalId,
          `Item ${call.items[index]!.seq} is ${receipt.externalId} the first time and ${again[index]!.externalId} the second, so it is in the books twice.`,
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
    const before = await count(subject);
    const receipts: Receipt[] = [];
    for (const call of await books.callsFor(inserts(subject))) receipts.push(...(await books.push(call)).map(receiptOf));
    const ids = receipts.map((receipt) => receipt.externalId);
    if (ids.length === 0) return;
    expect(new Set(ids).size === ids.length, `Different documents came back with one external id: ${ids.join(', ')}.`);
    const more = (await count(subject)) - before;
    expect(more === ids.length, `${ids.length} documents were sent, and the books hold ${more} more.`);
  },
};

export const badItemSinksNobody: Law = {
  id: 'bad-item-sinks-nobody',
  sentence: 'a refused item does not affect the items next to it',
  applies: byPush,
  async check(subject) {
    const { refused } = subject.given;
    demand(refused !== undefined, 'Give the kit a document that the target refuses: the member `refused`.');
    const books = await openBooks(subject);
    const [first, second, ...others] = inserts(subject);
    demand(first !== undefined && second !== undefined, 'There are fewer than two documents to test with.');
    const bad = frozen(refused(second));
    const [call] = await books.callsFor([first, bad, ...others]);
    const outcomes = await books.push(call!);
    const verdicts = outcomes.map((outcome) => outcome.status);
    if (call!.items.length > 1) expect(verdicts[1] === 'refused', `The bad item came back as ${String(verdicts[1])}.`);
    expect(
      verdicts.every((verdict, index) => index === 1 || verdict === 'created' || verdict === 'existed'),
      `The items next to it came back as ${verdicts.join(', ')}.`,
    );
  },
};

export const refusalsCarryTheReason: Law = {
  id: 'refusals-carry-the-reason',
  sentence: 'a refusal has the vendor’s own reason, so that a person can act on it',
  applies: byPush,
  async check(subject) {
    const { refused, reason } = subject.given;
    demand(refused !== undefined, 'Give the kit a document that the target refuses: the member `refused`.');
    demand(
      reason !== undefined && reason.trim().length > 3,
      'Give the kit words of the vendor’s reason for that refusal: the member `reason`.',
    );
    const books = await openBooks(subject);
    const [first] = inserts(subject);
    demand(first !== undefined, 'There is no document to push.');
    const [call] = await books.callsFor([frozen(refused(first))]);
    const [outcome] = await books.push(call!);
    expect(outcome?.status === 'refused', `The bad item came back as ${String(outcome?.status)}.`);
    expect(
      outcome.problem.message.toLowerCase().includes(reason.toLowerCase()),
      `“${outcome.problem.message}” does not have the vendor’s reason “${reason}”, so nobody knows what to correct.`,
    );
  },
};

export const callsFitTheVendor: Law = {
  id: 'calls-fit-the-vendor',
  sentence: 'a full call is no larger than the vendor accepts, and posts all of its items',
  applies: byPush,
  async check(subject) {
    const { maxPerRequest: most } = subject.given;
    const { itemsPerPush } = pushOf(subject.target);
    demand(
      most !== undefined,
      'Tell the kit how many documents the vendor accepts in one request, or null for any number: the member `maxPerRequest`.',
    );
    for (const operation of subject.target.stages.flatMap((stage) => stage.operations)) {
      const ours = callLength(
        itemsPerPush,
        Array.from({ length: 10_000 }, () => operation),
      );
      const theirs = typeof most === 'number' ? most : most === null ? Number.POSITIVE_INFINITY : (most[operation] ?? 1);
      expect(ours >= 1 && ours <= theirs, `A call may hold ${ours} of ${operation}, and the vendor accepts ${theirs}.`);
    }
    const wanted = Math.min(largestCall(itemsPerPush), FULL_CALL);
    const documents: Document[] = [];
    while (documents.length < wanted) {
      const more = inserts(subject).filter(
        ({ operation }) => operation === 'invoice.insert' || operation === 'creditMemo.insert',
      );
      demand(more.length > 0, 'There is no document to push.');
      documents.push(...more);
    }
    const books = await openBooks(subject);
    const before = await count(subject);
    for (const call of await books.callsFor(documents.slice(0, wanted))) {
      for (const outcome of await books.push(call)) receiptOf(outcome);
    }
    const now = (await count(subject)) - before;
    expect(now === wanted, `${wanted} documents were sent in full calls, and the books hold ${now} of them.`);
  },
};

/** Larger calls are not tried: they would only cost time. */
const FULL_CALL = 120;

export const receiptsSayWhatIsHeld: Law = {
  id: 'receipts-say-what-is-held',
  sentence: 'a receipt has the number and total that the books hold',
  applies: byPush,
  async check(subject) {
    const books = await openBooks(subject);
    for (const call of await books.callsFor(inserts(subject))) {
      for (const outcome of await books.push(call)) {
        const { externalId, number, total } = receiptOf(outcome);
        const held = await look(subject, externalId);
        expect(held !== undefined, `The receipt has the id ${externalId}, and the books have no such document.`);
        expect(
          (number ?? held.number) === held.number && (total ?? held.total) === held.total,
          `The receipt of ${externalId} has ${number} and ${total}, and the books hold ${held.number} and ${held.total}. The difference would not be noticed.`,
        );
      }
    }
  },
};

export const aPersonsChangeIsAConflict: Law = {
  id: 'a-persons-change-is-a-conflict',
  sentence: 'an update of a document that a person changed in the books writes nothing, and reports a conflict',
  applies: (target) => byPush(target) && updatesOf(target).length > 0,
  async check(subject) {
    for (const operation of updatesOf(subject.target)) {
      const { insert, update, invoices } = anUpdate(subject, operation);
      const books = await openBooks(subject);
      await books.post([...invoices, insert]);
      const { receipt } = books.standing(insert);
      await edit(subject, receipt.externalId);
      const held = await look(subject, receipt.externalId);
      const [call] = await books.callsFor([update]);
      const [outcome] = await books.push(call!);
      expect(
        outcome?.status === 'conflict',
        `${nameOf(update)} came back as ${String(outcome?.status)}. A person’s work would be overwritten.`,
      );
      expect(outcome.externalId === receipt.externalId, `The conflict names ${outcome.externalId}, not ${receipt.externalId}.`);
      expect(
        sameJson(await look(subject, receipt.externalId), held),
        'The books hold something else after the conflict, so it was overwritten.',
      );
    }
  },
};
