import { createHash } from 'node:crypto';
import { type Call, type PushOutcome, TargetError } from '@ledgerpost/core';
import { throwIfWhole, verdictOf } from '../api/classify.ts';
import { answersTo, type OrderAnswer, type WholeFault } from '../api/client.ts';
import { refusalOf } from '../payload/explain.ts';
import type { QboPayload } from '../payload/payload.ts';
import type { QboSession } from '../session.ts';
import { adopt, adoptWhatIsThere } from './adopt.ts';
import { nameBrokenLinks } from './broken-links.ts';
import { giveBack } from './give-back.ts';
import { giveUp, isTriedOut } from './give-up.ts';
import { nameMoved } from './name-moved.ts';
import { planChanges } from './plan-changes.ts';
import { planPayments } from './plan-payments.ts';
import { postFees } from './post-fees.ts';
import { tellApplied } from './tell-applied.ts';
import { begin, conflict, create, pending, refuse, settle, type Work } from './work.ts';

/**
 * Sends one stored call: one outcome per item, in order.
 *
 * Before anything is sent, documents that may already be in the books are looked for, every time. QuickBooks does not document how
 * long it keeps a request id, may be set to accept two invoices with one number, and has no unique numbers for payments. What is sent
 * carries the call's request id and the item's own bId, so that an attempt that is still running is not carried out twice.
 */
export async function pushCall(session: QboSession, call: Call<QboPayload>): Promise<readonly PushOutcome[]> {
  const works = call.items.map((item) => begin(item, call));
  await adoptWhatIsThere(session, works, call.attempt > 1);
  await planChanges(session, works, call.attempt > 1);
  await planPayments(session, works, call.attempt > 1);
  for (const work of pending(works)) work.order ??= create(work);
  await send(session, works, requestIdFor(call, works), isTriedOut(call));
  await giveUp(session, works);
  await lookAgain(session, works);
  await mergeAgain(session, works, call);
  await nameBrokenLinks(session, works);
  await giveBack(session, works);
  await tellApplied(session, works);
  await postFees(session, works, call, variantOf(call.requestId, `fees ${call.round ?? 1}`));
  await nameMoved(session, works);
  return works.map(({ outcome, title }) => {
    if (outcome === undefined) throw new Error(`${title} was left without an outcome.`);
    return outcome;
  });
}

/**
 * Sends items that have an order and no outcome. Good answers become outcomes; items that must be checked again keep their fault.
 * @param isLast a failure of QuickBooks is kept as well, and not thrown
 */
async function send({ api }: QboSession, works: readonly Work[], requestId: string, isLast = false): Promise<void> {
  const ordered = pending(works).filter(({ order }) => order !== undefined);
  if (ordered.length === 0) return;
  const orders = ordered.map(({ order }) => order!);
  const answers = await (isLast ? answersTo(api, orders, requestId, isAnswered) : api.batch(orders, requestId));
  for (const work of ordered) judgeAnswer(work, answers.get(work.order!.bId)!, isLast);
}

/** An outage (5xx) ends by itself, and stays an error. */
function isAnswered({ status, kind }: WholeFault): boolean {
  return status < 500 && kind === 'transient';
}

function judgeAnswer(work: Work, answer: OrderAnswer, isLast: boolean): void {
  if ('entity' in answer) {
    settle(work, answer.entity, 'created', answer.tid);
    return;
  }
  const verdict = verdictOf(answer.fault);
  const fails = verdict === 'transient' && isLast;
  if (!fails) throwIfWhole(answer.fault, `write ${work.title}`);
  const changes = work.payload.act !== 'create';
  if (fails) work.fault = answer.fault;
  else if (verdict === 'number-taken' || verdict === 'stale' || work.isSeenAhead) work.fault = answer.fault;
  else if (verdict === 'gone' && changes && work.payload.entity !== 'Payment') {
    conflict(work, work.item.former?.externalId ?? '', `${work.title} was deleted in QuickBooks since it was posted.`);
  } else {
    if (verdict === 'gone' || verdict === 'bad-reference') work.fault = answer.fault;
    refuse(work, refusalOf(work.title, work.record, answer.fault));
  }
}

/** Looks again where the number is taken: perhaps by this same document, from an attempt whose answer was lost. */
async function lookAgain(session: QboSession, works: readonly Work[]): Promise<void> {
  const taken = pending(works).filter((work) => {
    return work.fault !== undefined && verdictOf(work.fault) === 'number-taken';
  });
  if (taken.length === 0) return;
  await adopt(
    session,
    taken.filter(({ payload }) => payload.act === 'create'),
  );
  for (const work of pending(taken)) refuse(work, refusalOf(work.title, work.record, work.fault!));
}

/** Someone else wrote first: reads once more, and writes once more if the content is still ours (a payment may have raised the version). */
async function mergeAgain(session: QboSession, works: readonly Work[], call: Call<QboPayload>): Promise<void> {
  const stale = pending(works);
  if (stale.length === 0) return;
  // An update can't be carried out twice, because it names the version that it replaces. Another id for a create could.
  const created = stale.find(({ payload }) => payload.act === 'create');
  if (created !== undefined) {
    throw new TargetError(
      'transient',
      'target-unreachable',
      `QuickBooks did not post ${created.title} yet, because something that belongs to it was being changed.`,
    );
  }
  for (const work of stale) {
    work.warnings = [];
    delete work.order;
  }
  await planChanges(session, stale, true);
  await planPayments(session, stale, true);
  // QuickBooks would repeat the old fault for the old request id.
  await send(session, stale, variantOf(call.requestId, `stale ${call.attempt}`));
  for (const work of pending(stale)) {
    conflict(work, work.item.former?.externalId ?? '', `${work.title} is being changed in QuickBooks right now.`, work.fault);
  }
}

/**
 * The stored id in the first round, since earlier attempts may still be running, and another one in each later round, since QuickBooks
 * may have kept a failure of its own as the answer to the old id. An update needs no round: it names the version that it replaces, so
 * it can't be carried out twice.
 */
function requestIdFor({ requestId, attempt, round = 1 }: Call<QboPayload>, works: readonly Work[]): string {
  const creates = pending(works).some(({ order }) => order?.operation === 'create');
  const first = creates ? round : attempt > 2 ? attempt : 1;
  return first === 1 ? requestId : variantOf(requestId, `attempt ${first}`);
}

function variantOf(requestId: string, what: string): string {
  return createHash('sha256').update(`${requestId}\n${what}`).digest('base64url').slice(0, 36);
}
