import { type AnyTarget, ERROR_CODES, TargetError, type TargetErrorKind } from '@ledgerpost/core';
import { contextOf, count, openBooks, receiptOf } from '../books.ts';
import { demand, expect, type Law, type Subject, type Trouble } from '../law.ts';
import { sameJson } from '../subject.ts';
import { inserts } from './documents.ts';

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
  sentence: 'too many requests are thrown as transient, with how long to wait',
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
    const wait = Math.max(paused, failure.retryAfterMs ?? 0);
    expect(wait > 0, 'It does not report how long to wait: neither pause(ms) nor retryAfterMs.');
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
