import { type AnyTarget, ERROR_CODES, TargetError, type TargetErrorKind } from '@ledgerpost/core';
import { contextOf, count, openBooks, receiptOf } from '../books.ts';
import { failureAt } from '../failure-at.ts';
import { demand, expect, type Law, type Subject, type Trouble } from '../law.ts';
import { sameJson } from '../subject.ts';
import { cutting, gateway, losing, watch } from '../watch.ts';
import { verbs } from './context.ts';
import { inserts, oneOfEach, withOwnCustomers } from './documents.ts';
import { isInPlace } from './places.ts';

const byPush = (target: AnyTarget) => target.delivery.by === 'push';

export const aLostReplyPostsOnce: Law = {
  id: 'a-lost-reply-posts-once',
  sentence: 'a call whose reply was lost finds its documents in the books the next time, and posts none twice',
  applies: byPush,
  async check(subject) {
    const books = await openBooks(subject);
    const before = await count(subject);
    const [call] = await books.callsFor(inserts(subject));
    demand(call !== undefined, 'There is no document to push.');
    const failure = await failureIn(subject, 'lost-reply', () => books.push(call));
    const held = (await count(subject)) - before;
    demand(held > 0, 'The fault “lost-reply” left no document in the books, so nothing could be posted twice.');
    if (failure !== undefined) isFor(failure, 'transient');
    const outcomes = await books.push({ ...call, attempt: 2 });
    for (const outcome of outcomes) receiptOf(outcome);
    const now = (await count(subject)) - before;
    expect(now === call.items.length, `${call.items.length} documents were sent twice, and the books hold ${now} of them.`);
    const again = await books.push({ ...call, attempt: 3 });
    expect(
      sameJson(
        again.map((outcome) => receiptOf(outcome).externalId),
        outcomes.map((outcome) => receiptOf(outcome).externalId),
      ),
      'The second and the third attempt return different documents, so one of them was not posted.',
    );
  },
};

export const aThrottleWaits: Law = {
  id: 'a-throttle-is-mended-by-time',
  sentence: 'too many requests are thrown as transient, and pause the connection',
  applies: byPush,
  async check(subject) {
    let paused = 0;
    const context = contextOf(subject);
    const pause = async (ms: number) => {
      paused = Math.max(paused, ms);
      await context.pause(ms);
    };
    const failure = await nothingPosted(subject, 'throttled', { ...context, pause });
    isFor(failure, 'transient');
    expect(failure.code === 'target-throttled', `It was thrown as "${failure.code}", not as "target-throttled".`);
    expect(
      paused > 0,
      'It does not call `pause(ms)`, so other workers go on sending on this connection, and the vendor goes on refusing.',
    );
    expect(
      failure.retryAfterMs === undefined || failure.retryAfterMs > 0,
      `It asks to try again after ${failure.retryAfterMs} ms.`,
    );
  },
};

export const lostAccessIsForAnAdmin: Law = {
  id: 'lost-access-is-for-an-admin',
  sentence: 'lost access is thrown as access, for an admin to fix, and is not tried further',
  applies: byPush,
  async check(subject) {
    isFor(await nothingPosted(subject, 'access-lost', contextOf(subject)), 'access');
  },
};

export const anyLostReplyPostsOnce: Law = {
  id: 'any-lost-reply-posts-once',
  sentence: 'whichever answer of a call is lost, the next attempt ends with each document once, in its place',
  applies: byPush,
  async check(subject) {
    for (const lose of [losing, gateway]) {
      for (let nth = 1; nth <= MOST_REQUESTS; nth += 1) {
        const before = await count(subject);
        const watched = watch(subject);
        const books = await openBooks(subject, watched.context);
        const documents = withOwnCustomers(oneOfEach(subject));
        let lost = 0;
        for (const call of await books.callsFor(documents)) {
          const failure = await failureAt(subject, watched, lose(nth), nth, () => books.push(call));
          if (failure === undefined) continue;
          lost += 1;
          isFor(failure, 'transient');
          for (const outcome of await books.push({ ...call, attempt: 2 })) receiptOf(outcome);
          // In a later round another key is allowed, so only a look finds what is there.
          for (const outcome of await books.push({ ...call, attempt: 3, round: 3 })) receiptOf(outcome);
        }
        const now = (await count(subject)) - before;
        expect(
          now === documents.length,
          `The answer to request ${nth} of each call was lost and the calls were sent again: of ${documents.length} documents, the books hold ${now}.`,
        );
        for (const document of lost > 0 ? documents : []) await isInPlace(subject, books, document);
        if (lost === 0) break;
      }
      // Without `fetch` there is one kind of loss.
      if (subject.given.context?.fetch === undefined) break;
    }
  },
};

export const anUndoSurvivesLostReplies: Law = {
  id: 'an-undo-survives-lost-replies',
  sentence: 'whichever answer of an undo is lost, the next attempt takes back the rest, and reports all of it',
  applies: (target) => byPush(target) && target.undo.by === 'target',
  async check(subject) {
    for (let nth = 1; nth <= MOST_REQUESTS; nth += 1) {
      const before = await count(subject);
      const watched = watch(subject);
      const books = await openBooks(subject, watched.context);
      const posted = await books.post(oneOfEach(subject));
      const failure = await failureAt(subject, watched, losing(nth), nth, () => books.takeBack(posted));
      if (failure !== undefined) isFor(failure, 'transient');
      for (const outcome of await books.takeBack(posted)) {
        expect(
          outcome.status !== 'left',
          `The answer to request ${nth} of an undo was lost, and item ${outcome.seq} came back as left from the next attempt.`,
        );
      }
      const more = (await count(subject)) - before;
      expect(
        more === 0,
        `The answer to request ${nth} of an undo was lost: after the next attempt the books have ${more} documents more.`,
      );
      if (failure === undefined) break;
    }
  },
};

export const aFailedQuestionIsNoAnswer: Law = {
  id: 'a-failed-question-is-no-answer',
  sentence: 'a question that the books don’t answer is thrown as a failure, and never taken for an answer',
  applies: byPush,
  async check(subject) {
    const watched = watch(subject);
    for (const [verb, run] of await verbs(subject, watched.context)) {
      const [permits, requests] = [watched.taken.length, watched.requests()];
      const failure = await failureAt(subject, watched, cutting(1), 1, run, 'access-lost');
      // A verb that asks nobody can't fail.
      if (failure === undefined && watched.taken.length === permits && watched.requests() === requests) continue;
      expect(
        failure !== undefined,
        `The books did not answer, and ${verb} answered all the same. Unread content would count as known.`,
      );
      expect(Object.hasOwn(ERROR_CODES, failure.code), `"${failure.code}" is not a code of docs/errors.md.`);
      expect(
        failure.kind === 'transient' || failure.kind === 'access',
        `The books did not answer, and ${verb} threw it as ${failure.kind}, so the batch would stop for a person.`,
      );
    }
  },
};

/** A call that needs more requests than these is not tried further. */
const MOST_REQUESTS = 8;

/** Pushes with that fault, which lets nothing reach the books. */
async function nothingPosted(subject: Subject, trouble: Trouble, context: ReturnType<typeof contextOf>): Promise<TargetError> {
  const books = await openBooks(subject, context);
  const before = await count(subject);
  const [call] = await books.callsFor(inserts(subject));
  demand(call !== undefined, 'There is no document to push.');
  const failure = await failureIn(subject, trouble, () => books.push(call));
  const more = (await count(subject)) - before;
  demand(more === 0, `With the fault “${trouble}”, ${more} documents reached the books.`);
  expect(
    failure !== undefined,
    `With the fault “${trouble}”, push returned outcomes. Throw a TargetError for a failed call, or the batch counts documents that nobody sent.`,
  );
  return failure;
}

/** The error of a push with that fault; undefined if it did not fail. */
async function failureIn({ given }: Subject, kind: Trouble, push: () => Promise<unknown>): Promise<TargetError | undefined> {
  demand(given.trouble !== undefined, 'Give the kit a way to make calls fail: the member `trouble`.');
  const error = await given.trouble(kind, () =>
    push().then(
      () => undefined,
      (thrown: unknown) => ({ thrown }),
    ),
  );
  if (error === undefined) return undefined;
  expect(
    error.thrown instanceof TargetError,
    `With the fault “${kind}”, push threw ${String(error.thrown)}. Throw a TargetError, whose kind decides who fixes it.`,
  );
  return error.thrown;
}

function isFor({ kind, code, message }: TargetError, who: TargetErrorKind): void {
  expect(kind === who, `“${message}” is thrown as ${kind}, not as ${who}: the wrong person would be asked to fix it.`);
  expect(Object.hasOwn(ERROR_CODES, code), `"${code}" is not a code of docs/errors.md.`);
  expect(/[.!?]/.test(message), `“${message}” is not a sentence, and a person reads it.`);
}
