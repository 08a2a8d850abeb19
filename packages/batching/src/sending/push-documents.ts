import {
  type AnyTarget,
  type Call,
  callLength,
  type Document,
  type ExportedItem,
  type Json,
  largestCall,
  openTarget,
  type PushOutcome,
  type TargetContext,
  TargetError,
} from '@ledgerpost/core';
import {
  announce,
  beginAttempt,
  endAttempt,
  exportedIn,
  externalsFor,
  hasExported,
  hashOf,
  lockCompany,
  movesOf,
  namesOf,
  type Range,
  relatedTo,
  type Sql,
  type Store,
  storeCall,
  type UnsettledCall,
  unsettledCalls,
  type WorkBatch,
} from '@ledgerpost/store';
import { chartOf } from '../judging/chart-of.ts';
import { blockPayments } from '../judging/cross-check.ts';
import { readRefusedNames } from '../linking/break-links.ts';
import { idsForItems, idsOf, sameIdsOf } from '../linking/posted-ids.ts';
import { sealItems } from '../recording/end-batch.ts';

import { settle } from './settle-call.ts';
import { TraceLog } from './trace-log.ts';
import { WriteLog } from './write-log.ts';

/** Thrown when a batch was fenced off during its push: another attempt, or the end of the batch, has taken over. */
export class FencedOff extends Error {
  constructor(batchId: string) {
    super(`The batch ${batchId} was fenced off: this attempt may send nothing more for it.`);
    this.name = 'FencedOff';
  }
}

export interface PushTerms {
  readonly stage: number;
  readonly fence: number;
  /** Asked before each call: true ends the push after the call in flight. */
  readonly stopRequested: () => boolean;
  /** Awaited before each call: throws if the call would only wait for its turn, so that other work can use the slot. */
  readonly mayWorkSoon: () => Promise<void>;
  /** Look in the books for every document before it is sent, as after a lost reply. */
  readonly checkFirst: boolean;
  /** Called after each call to the target. */
  readonly onProgress: (items: number) => Promise<void>;
}

/**
 * Sends the exported items of a range to a push target, call by call. Each call is stored before its first attempt. One
 * that has no outcome yet (a crash, a lost reply) is sent again as it was, before anything else.
 * @throws TargetError as the target throws it; everything settled so far stays settled
 */
export async function pushDocuments(
  store: Store,
  target: AnyTarget,
  context: TargetContext,
  batch: WorkBatch,
  range: Range,
  terms: PushTerms,
): Promise<{ sent: number }> {
  if (target.delivery.by !== 'push') throw new Error(`The target ${target.id} accepts files only.`);
  const sender = openSender(store, target, context, batch, range, terms);
  const lookAhead = lookingAhead(sender);
  let sent = 0;
  for (let calls = await unsettledCalls(store.sql, range); ; ) {
    sent += await settleCalls(sender, calls);
    await store.sql.begin((sql) => blockPayments(sql, range, batch.settings));
    while (!terms.stopRequested() && (await hasExported(store.sql, range))) {
      // Asked before the call is stored: a stored call is in doubt until it has an outcome.
      await terms.mayWorkSoon();
      await lookAhead();
      const call = await store.sql.begin((sql) => nextCall(sql, target, batch, range, terms.stage));
      if (call === undefined) break;
      sent += await send(sender, call);
    }
    // An attempt of this push that counts as dead may have stored a call meanwhile, and nobody waits for its end.
    calls = await unsettledCalls(store.sql, range);
    if (calls.length === 0) return { sent };
    const ms = stillWorking(calls);
    if (ms === undefined) continue;
    // What the target works on after a cancel is settled before the company's next batch, and before an undo.
    if (terms.stopRequested()) return { sent };
    throw working(target, calls, ms);
  }
}

/** Sends calls in doubt again, and asks for tickets that are due. */
async function settleCalls(sender: Sender, calls: readonly UnsettledCall[]): Promise<number> {
  let sent = 0;
  for (const one of calls) {
    if (one.askInMs > 0) continue;
    await sender.terms.mayWorkSoon();
    const expired = one.ageMs >= keyLifetime(sender.target);
    sent += await send(sender, expired ? { ...one.call, keysExpired: true } : one.call, one.tickets);
  }
  return sent;
}

/** How long the target's vendor keeps keys, in milliseconds. */
function keyLifetime({ delivery }: AnyTarget): number {
  return (delivery.by === 'push' ? delivery.keyLifetimeMs : undefined) ?? Number.POSITIVE_INFINITY;
}

/** How long the target still works on all of these calls, in milliseconds; undefined if there is something to do now. */
function stillWorking(calls: readonly UnsettledCall[]): number | undefined {
  const soonest = Math.min(...calls.map(({ askInMs }) => askInMs));
  return soonest > 0 ? soonest : undefined;
}

function working({ name }: AnyTarget, calls: readonly UnsettledCall[], ms: number): TargetError {
  const documents = calls.reduce((sum, { tickets }) => sum + tickets.size, 0);
  const what = documents === 1 ? '1 document' : `${documents} documents`;
  return new TargetError('transient', 'target-working', `${name} accepted ${what} and still works on them.`, ms);
}

/**
 * Settles the calls that an ended batch left in doubt: the batch was canceled while it was on hold, or it failed, so nobody knows
 * whether the books accepted them. Each call is sent again as it was; what is in the books already is found, and not sent twice.
 * @throws TargetError as the target throws it; everything settled so far stays settled
 */
export async function settleDoubts(
  store: Store,
  target: AnyTarget,
  context: TargetContext,
  batch: WorkBatch,
  mayWorkSoon: PushTerms['mayWorkSoon'],
): Promise<void> {
  const range = { batchId: batch.id, fromSeq: 1, toSeq: batch.plan?.items ?? 0 };
  const calls = await unsettledCalls(store.sql, range);
  if (calls.length === 0) return;
  const terms: PushTerms = {
    stage: 0,
    fence: batch.fence,
    checkFirst: true,
    mayWorkSoon,
    stopRequested: () => true,
    onProgress: async () => {},
  };
  await settleCalls(openSender(store, target, context, batch, range, terms), calls);
  const left = await unsettledCalls(store.sql, range);
  if (left.length > 0) throw working(target, left, stillWorking(left) ?? 0);
  await store.sql.begin(async (sql) => {
    await lockCompany(sql, batch.company.id);
    await sealItems(sql, batch.id);
    await announce(sql, batch.id);
  });
}

/** How many calls are looked ahead for at a time: some 300 documents at QuickBooks, which one question can name. */
const CALLS_AHEAD = 10;

/** To be awaited before each new call: shows the target the items of the calls that follow, some calls at a time. */
function lookingAhead({ store, target, session, batch, range, terms }: Sender): () => Promise<void> {
  const { delivery } = target;
  if (delivery.by !== 'push' || delivery.lookAhead === undefined || terms.checkFirst) return async () => {};
  const { lookAhead } = delivery;
  const itemsPerPush = largestCall(delivery.itemsPerPush);
  let left = 0;
  return async () => {
    if (left-- > 0) return;
    left = CALLS_AHEAD - 1;
    const { sql } = store;
    const rows = await exportedIn(sql, range, itemsPerPush * CALLS_AHEAD);
    // One call asks for itself.
    if (rows.length <= itemsPerPush) return;
    await lookAhead(session, await exportedItems(sql, target, batch, rows), await referencesFor(sql, target, batch, rows));
  };
}

/** Cuts the next call from the exported items of the range and stores it. */
async function nextCall(
  sql: Sql,
  target: AnyTarget,
  batch: WorkBatch,
  range: Range,
  stage: number,
): Promise<Call<Json> | undefined> {
  if (target.delivery.by !== 'push') return undefined;
  const { itemsPerPush } = target.delivery;
  const most = await exportedIn(sql, range, largestCall(itemsPerPush));
  if (most.length === 0) return undefined;
  const length = callLength(
    itemsPerPush,
    most.map(({ operation }) => operation),
  );
  const items = most.slice(0, length);
  const exported = await exportedItems(sql, target, batch, items);
  const requestId = hashOf(exported.map((item) => item.key).join('\n')).slice(0, 36);
  const references = await referencesFor(sql, target, batch, items);
  const sameIds = await sameIdsOf(sql, batch);
  const call: Call<Json> = {
    ...{ requestId, attempt: 1, items: exported, references },
    ...(sameIds === undefined ? {} : { sameIds }),
  };
  await storeCall(sql, batch.id, stage, call);
  return call;
}

async function exportedItems(
  sql: Sql,
  target: AnyTarget,
  batch: WorkBatch,
  items: Awaited<ReturnType<typeof exportedIn>>,
): Promise<ExportedItem[]> {
  const seqs = items.map((item) => item.seq);
  const { former, linked, paidBy } = await externalsFor(sql, batch.id, seqs);
  const ids = await idsForItems(sql, target, batch, seqs);
  const moves = await movesOf(sql, batch.id, seqs);
  const books = { companyId: batch.company.id, target: batch.target };
  const related = await relatedTo(sql, books, items);
  const formerOf = (seq: number) => {
    const references = ids.former.get(seq);
    return { ...former.get(seq)!, ...(references === undefined ? {} : { references }) };
  };
  return items.map((item) => ({
    seq: item.seq,
    record: { type: item.type, id: item.recordId },
    operation: item.operation,
    key: item.key,
    payload: item.payload,
    ...(former.has(item.seq) ? { former: formerOf(item.seq) } : {}),
    ...(moves.has(item.seq) ? { moves: moves.get(item.seq)! } : {}),
    ...(ids.own.has(item.seq) ? { references: ids.own.get(item.seq)! } : {}),
    ...(linked.has(item.seq) ? { linked: linked.get(item.seq)! } : {}),
    ...(paidBy.has(item.seq) ? { paidBy: paidBy.get(item.seq)! } : {}),
    ...(mayMove(item.operation) && related.has(item.seq) ? { versions: related.get(item.seq)!.versions! } : {}),
  }));
}

/** A new invoice moves nothing that is in the books. */
function mayMove(operation: ExportedItem['operation']): boolean {
  return operation !== 'invoice.insert';
}

async function referencesFor(
  sql: Sql,
  target: AnyTarget,
  batch: WorkBatch,
  items: readonly { document: Document }[],
): Promise<Record<string, string>> {
  const { delivery } = target;
  if (delivery.by !== 'push') return {};
  const chart = await chartOf(sql, target, batch);
  const needs = items.flatMap(({ document }) => delivery.needs(document, chart, batch.settings));
  const known = await namesOf(sql, batch.id, [...new Set(needs.map((need) => need.name))]);
  return idsOf(needs, known);
}

interface Sender {
  readonly store: Store;
  readonly target: AnyTarget;
  readonly session: unknown;
  readonly batch: WorkBatch;
  readonly range: Range;
  readonly terms: PushTerms;
  readonly traces: TraceLog;
  readonly writes: WriteLog;
}

function openSender(
  store: Store,
  target: AnyTarget,
  context: TargetContext,
  batch: WorkBatch,
  range: Range,
  terms: PushTerms,
): Sender {
  const traces = new TraceLog();
  const writes = new WriteLog(store.sql, terms.fence);
  const hooks = { trace: (id: string) => traces.add(id), beginWrite: () => writes.beginWrite() };
  const session = openTarget(target, batch.settings, { ...context, ...hooks });
  return { store, target, session, batch, range, terms, traces, writes };
}

/** Sends a call, or asks for its tickets if it has some. */
async function send(sender: Sender, call: Call<Json>, tickets: UnsettledCall['tickets'] = NO_TICKETS): Promise<number> {
  const { store, target, session, batch, range, terms, traces, writes } = sender;
  if (target.delivery.by !== 'push') return 0;
  const attempt = await beginAttempt(store, { batchId: batch.id, requestId: call.requestId, fence: terms.fence });
  if (attempt === 'fenced-off') throw new FencedOff(batch.id);
  if (attempt === 'settled') return 0;
  const { requestId } = call;
  writes.begin(attempt);
  let answered: readonly PushOutcome[] = [];
  try {
    // Targets look for all documents of a call from its second attempt on, since the first may have reached the books.
    const asked = terms.checkFirst ? Math.max(attempt.attempt, 2) : attempt.attempt;
    // A restored database doesn't know when a call was sent first.
    const forgotten = terms.checkFirst && Number.isFinite(keyLifetime(target)) ? { keysExpired: true } : {};
    const sentNow = call.items.filter(({ seq }) => tickets.size === 0 || tickets.has(seq));
    const outcomes =
      tickets.size === 0
        ? await target.delivery.push(session, { ...call, ...forgotten, attempt: asked, round: attempt.round })
        : await askFor(target, session, call, tickets);
    const missing = sentNow.find((item) => !outcomes.some((outcome: PushOutcome) => outcome.seq === item.seq));
    if (missing !== undefined)
      throw new Error(`The target ${target.id} gave no outcome for item ${missing.seq} of call ${requestId}.`);
    await store.sql.begin(async (sql) => {
      await settle(sql, target, batch, range, call, outcomes);
      const outcome = outcomes.some(({ status }) => status === 'pending') ? 'target-working' : 'answered';
      await endAttempt(sql, attempt, { outcome, traces: traces.taken, open: writes.isOpen });
    });
    answered = outcomes;
  } catch (error) {
    const outcome = error instanceof TargetError ? error.code : 'engine-defect';
    // The first error is the one to report. If this write fails too, the attempt only stays without an outcome.
    await endAttempt(store.sql, attempt, { outcome, traces: traces.taken, open: writes.isOpen }).catch(() => {});
    throw error;
  } finally {
    traces.clear();
  }
  await readRefusedNames(sender, call, answered);
  const done = answered.filter(({ status }) => status !== 'pending').length;
  await terms.onProgress(done);
  return done;
}

const NO_TICKETS: UnsettledCall['tickets'] = new Map();

async function askFor(
  target: AnyTarget,
  session: unknown,
  { items, references }: Call<Json>,
  tickets: UnsettledCall['tickets'],
): Promise<readonly PushOutcome[]> {
  if (target.delivery.by !== 'push' || target.delivery.poll === undefined)
    throw new Error(`The target ${target.id} gave a ticket and has no \`poll\` to ask for it.`);
  const pending = items.flatMap((item) => {
    const ticket = tickets.get(item.seq);
    return ticket === undefined ? [] : [{ ticket, item, references }];
  });
  return target.delivery.poll(session, pending);
}
