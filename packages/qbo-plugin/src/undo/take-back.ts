import {
  type Money,
  markerOf,
  numberOf,
  type PaymentDocument,
  type PostedItem,
  type Problem,
  type ProblemCode,
  problem,
  type UndoOutcome,
} from '@ledgerpost/core';
import { verdictOf } from '../api/classify.ts';
import type { Order, OrderAnswer } from '../api/client.ts';
import type { Body, Entity, Kind } from '../api/entities.ts';
import { ITEMS_PER_BATCH } from '../api/limits.ts';
import { throwIfWhole } from '../api/order-names.ts';
import { offWire } from '../api/wire-money.ts';
import { applyAgain, releasedIn } from '../applying/apply-again.ts';
import { applyPayment, isApplied, openBalances } from '../applying/apply-payment.ts';
import { type Move, makeRoom } from '../applying/make-room.ts';
import { type Hold, isDeposited, release } from '../applying/release.ts';
import { coversOf, holds, isUnchanged, readVersion, versionOf } from '../books/content.ts';
import { byId, lookUp, type Sought } from '../books/look-up.ts';
import { linkOf, merged, reapplied } from '../books/merge.ts';
import { kindIn } from '../books/read-back.ts';
import { readClosedThrough } from '../names/chart.ts';
import { findNames, needsOf } from '../names/names.ts';
import { byWhom, refusalOf, titleOf } from '../payload/explain.ts';
import { filled } from '../payload/fill-references.ts';
import { moneyIn, payloadOf } from '../payload/payload.ts';
import { isMarked, isOurs, storedMarker } from '../payload/texts.ts';
import type { QboSession } from '../session.ts';

/** One posted item on its way out: it gets an order to send or an outcome. */
interface Work {
  readonly item: PostedItem;
  readonly kind: Kind;
  readonly title: string;
  readonly restores: boolean;
  /** What an undone update leaves: the former content. */
  former?: Body;
  order?: Order;
  outcome?: UndoOutcome;
}

/**
 * Takes posted items back, newest first: inserts are deleted, updates get their former content. Left alone is whatever a person
 * touched, linked, deposited or closed. Whether a transaction is reconciled QuickBooks does not tell; it refuses by itself.
 */
export async function takeBack(session: QboSession, items: readonly PostedItem[]): Promise<readonly UndoOutcome[]> {
  const works = items.map(begin);
  const closedThrough = works.length === 0 ? undefined : await readClosedThrough(session.api);
  for (const run of runsOf(works)) await takeBackRun(session, run, closedThrough);
  return works.map(({ outcome, title }) => {
    if (outcome === undefined) throw new Error(`${title} was left without an outcome.`);
    return outcome;
  });
}

function begin(item: PostedItem): Work {
  const kind = kindIn(item.document);
  const restores = item.operation === 'invoice.update' || item.operation === 'payment.update';
  const work: Work = { item, kind, title: titleOf({ entity: kind, number: numberOf(item.document) }), restores };
  if (item.operation === 'invoice.void') {
    left(
      work,
      'refused-by-target',
      'was voided, and a void can’t be taken back. Enter it again in QuickBooks if it should stand.',
    );
  }
  return work;
}

/** Payments must be gone before their invoices: items of one kind go together, in the order in which they came. */
function runsOf(works: readonly Work[]): readonly (readonly Work[])[] {
  const runs: Work[][] = [];
  for (const work of works) {
    const run = runs.at(-1);
    if (run !== undefined && run[0]!.kind === work.kind && run[0]!.restores === work.restores && run.length < ITEMS_PER_BATCH) {
      run.push(work);
    } else runs.push([work]);
  }
  return runs;
}

async function takeBackRun(session: QboSession, run: readonly Work[], closedThrough: string | undefined): Promise<void> {
  const { api } = session;
  const kind = run[0]!.kind;
  const read = () =>
    byId(
      api,
      kind,
      run.map(({ item }) => item.receipt.externalId),
    );
  const fresh = await read();
  const changed = pending(run).filter(
    (work) => guard(work, fresh.get(work.item.receipt.externalId), closedThrough) === 'changed',
  );
  await judgeChanged(session, changed, fresh);
  if (run[0]!.restores && kind === 'Invoice') await formerBodies(session, pending(run));
  const { blocked } = await release(
    api,
    pending(run).flatMap((work) => holdOf(work, fresh)),
    run[0]!.item.document.currency,
  );
  for (const work of pending(run)) {
    const why = blocked.get(work.item.receipt.externalId);
    if (why !== undefined)
      left(work, 'refused-by-target', `was left in QuickBooks, because ${why}. Take it off there, then undo again.`);
  }
  // Letting go raised the versions.
  let now = await read();
  if (kind === 'Payment' && (await guardLinks(session, pending(run), now))) {
    now = await read();
    await guardLinks(session, pending(run), now);
  }
  for (const work of pending(run)) {
    const one = now.get(work.item.receipt.externalId);
    if (one === undefined) work.outcome = { status: 'gone', seq: work.item.seq };
    else if (!work.restores) {
      work.order = { bId: `${work.item.seq}`, operation: 'delete', entity: kind, body: { Id: one.Id, SyncToken: one.SyncToken } };
    } else if (work.former !== undefined) {
      work.order = { bId: `${work.item.seq}`, operation: 'update', entity: kind, body: restored(work, one) };
    }
  }
  const ordered = pending(run).filter(({ order }) => order !== undefined);
  if (ordered.length > 0) {
    const answers = await api.batch(ordered.map(({ order }) => order!));
    for (const work of ordered) judgeAnswer(work, answers.get(work.order!.bId)!);
  }
  const back = run.filter(({ outcome, restores }) => restores && outcome !== undefined && outcome.status !== 'left');
  if (kind !== 'Invoice' || back.length === 0) return;
  const wanted = back.flatMap(({ item: { receipt } }) =>
    releasedIn(receipt.details).map((one) => ({ ...one, invoice: receipt.externalId })),
  );
  await applyAgain(api, wanted, run[0]!.item.document.currency);
}

/** What forbids taking the item back, as far as the transaction itself tells; `changed`: it does not hold what was posted. */
function guard(work: Work, fresh: Entity | undefined, closedThrough: string | undefined): 'judged' | 'changed' {
  const { item, kind, restores } = work;
  const version = readVersion(item.receipt.externalVersion);
  const foreign = (fresh?.LinkedTxn ?? []).find(({ TxnType }) => TxnType !== 'Payment' && TxnType !== 'Deposit');
  if (fresh === undefined) {
    work.outcome = { status: 'gone', seq: item.seq };
  } else if (!restores && !isMarked(fresh.PrivateNote, storedMarker(item.document.marker))) {
    const text = 'is not marked as posted by Ledgerpost, so it was left in QuickBooks. Delete it there if it should go.';
    left(work, 'changed-there', text);
  } else if (version === undefined || !isUnchanged(kind, fresh, version)) {
    if (!restores || !isFormer(work, fresh)) return 'changed';
  } else if (closedThrough !== undefined && (fresh.TxnDate ?? '') <= closedThrough) {
    const text = `is dated ${fresh.TxnDate}, and the books are closed through ${closedThrough}. Reopen them, then undo again.`;
    left(work, 'closed-period', text);
  } else if (isDeposited(fresh)) {
    const text = 'is in a bank deposit, so it was left. Take it out of the deposit in QuickBooks, then undo again.';
    left(work, 'refused-by-target', text);
  } else if (!restores && foreign !== undefined) {
    const text = `is linked to ${foreign.TxnType} ${foreign.TxnId} in QuickBooks, which Ledgerpost did not post, so it was left. Unlink it there, then undo again.`;
    left(work, 'refused-by-target', text);
  }
  return 'judged';
}

/**
 * What does not hold what was posted was changed by a person; or by an earlier attempt of this undo, whose answer was lost. The
 * latter wrote the former content with the ids of that day: after a customer was renamed, others than it was posted with.
 */
async function judgeChanged(session: QboSession, works: readonly Work[], fresh: ReadonlyMap<string, Entity>): Promise<void> {
  await formerBodies(
    session,
    works.filter(({ kind, restores }) => restores && kind === 'Invoice'),
  );
  for (const work of works) {
    const { kind, item, former } = work;
    const one = fresh.get(item.receipt.externalId)!;
    if (former !== undefined && holds(kind, one, former)) {
      work.outcome = { status: 'gone', seq: item.seq, externalVersion: formerVersion(work, one, former) };
      continue;
    }
    const text = `was changed in QuickBooks since it was posted${byWhom(one)}, so it was left there. Delete or mend it there.`;
    left(work, 'changed-there', text);
  }
}

/** An undo that is run again finds the former content. */
function isFormer(work: Work, fresh: Entity): boolean {
  const { item, kind } = work;
  const version = readVersion(item.former?.receipt.externalVersion);
  if (version === undefined || !isUnchanged(kind, fresh, version)) return false;
  work.outcome = { status: 'gone', seq: item.seq, externalVersion: versionOf(kind, fresh, version.covers) };
  return true;
}

function holdOf({ item, kind, restores, former }: Work, fresh: ReadonlyMap<string, Entity>): readonly Hold[] {
  const transaction = fresh.get(item.receipt.externalId);
  if (transaction === undefined || kind === 'Payment') return [];
  if (!restores) return [{ entity: kind, transaction, keep: 0 as Money }];
  if (former === undefined) return [];
  const keep = moneyIn(payloadOf(item.former!.document, undefined, BARE), item.document.currency);
  const applied =
    (offWire(transaction.TotalAmt, item.document.currency) ?? 0) - (offWire(transaction.Balance, item.document.currency) ?? 0);
  return applied > keep ? [{ entity: kind, transaction, keep }] : [];
}

/** Amounts don't depend on settings. */
const BARE = { classes: { mode: 'none' } } as Parameters<typeof payloadOf>[2];

/** The content before an update, with today's ids. It is written even where lines and total are the same: the memo may not be. */
async function formerBodies(session: QboSession, works: readonly Work[]): Promise<void> {
  if (works.length === 0) return;
  const chart = await session.chart();
  const formers = works.flatMap(({ item }) => (item.former === undefined ? [] : [item.former.document]));
  const needs = formers.flatMap((document) => needsOf(document, chart, session.settings));
  const references: Record<string, string> = {};
  for (const outcome of await findNames(session, needs)) {
    if (outcome.status === 'found') references[`${outcome.need.kind}/${outcome.need.name}`] = outcome.externalId;
  }
  for (const work of works) {
    const { former } = work.item;
    if (former === undefined) {
      left(work, 'refused-by-target', 'can’t get its former content back, because nobody kept it. Mend it in QuickBooks.');
      continue;
    }
    const result = filled(payloadOf(former.document, chart, session.settings).body as unknown as Body, references);
    if ('missing' in result) {
      left(
        work,
        'refused-by-target',
        `can’t get its former content back, because “${result.missing}” is not in QuickBooks any more. Mend it there.`,
      );
    } else {
      work.former = result.body;
    }
  }
}

function restored({ item, kind, former }: Work, fresh: Entity): Body {
  if (kind === 'Payment') return reapplied(fresh, former!.Line ?? []);
  // What only the update said goes with it; QuickBooks fills in its own default.
  const ours = payloadOf(item.document, undefined, BARE).body as unknown as Body;
  const dropped = (['DueDate', 'SalesTermRef', 'CustomerMemo', 'ClassRef'] as const).filter(
    (member) => ours[member] !== undefined && former![member] === undefined,
  );
  return merged(fresh, former!, dropped);
}

/**
 * A payment is left if a person applied it; one whose re-allocation is undone gets its former invoices. Answers whether room
 * had to be made among them first: then all has to be read and planned again.
 */
async function guardLinks(session: QboSession, works: readonly Work[], fresh: ReadonlyMap<string, Entity>): Promise<boolean> {
  const { api } = session;
  const linked = works.flatMap(({ item }) =>
    (fresh.get(item.receipt.externalId)?.Line ?? []).flatMap((line) => linkOf(line) ?? []),
  );
  const invoices = new Map(
    await byId(
      api,
      'Invoice',
      linked.filter(({ TxnType }) => TxnType === 'Invoice').map(({ TxnId }) => TxnId),
    ),
  );
  for (const work of works) {
    const one = fresh.get(work.item.receipt.externalId);
    const foreign = (one?.Line ?? [])
      .map(linkOf)
      .find((link) => link !== undefined && !(link.TxnType === 'Invoice' && isOurs(invoices.get(link.TxnId)?.PrivateNote)));
    if (foreign === undefined) continue;
    const number = invoices.get(foreign.TxnId)?.DocNumber ?? foreign.TxnId;
    left(
      work,
      'refused-by-target',
      `is applied to ${foreign.TxnType} ${number} in QuickBooks, which Ledgerpost did not post, so it was left. Unapply it there, then undo again.`,
    );
  }
  const restoring = pending(works).filter(({ restores }) => restores);
  return formerLinks(session, restoring, fresh, invoices);
}

async function formerLinks(
  { api }: QboSession,
  works: readonly Work[],
  fresh: ReadonlyMap<string, Entity>,
  invoices: Map<string, Entity>,
): Promise<boolean> {
  if (works.length === 0) return false;
  const { currency } = works[0]!.item.document;
  const parts = works.flatMap(({ item }) => {
    const one = fresh.get(item.receipt.externalId);
    return formerOf(item).map((part) => soughtOf(part.invoiceId, part.invoiceNumber, one));
  });
  const held = await lookUp(api, parts);
  const planned: { work: Work; one: Entity; document: PaymentDocument; linked: Record<string, string> }[] = [];
  for (const work of works) {
    const { item } = work;
    const one = fresh.get(item.receipt.externalId);
    if (one === undefined) continue;
    const { document } = item.former ?? {};
    if (document?.kind !== 'payment') {
      left(work, 'refused-by-target', 'can’t be applied as before, because nobody kept how. Apply it in QuickBooks.');
      continue;
    }
    const linked: Record<string, string> = {};
    for (const part of document.applied) {
      const { ours } = held(soughtOf(part.invoiceId, part.invoiceNumber, one));
      if (ours === undefined) continue;
      linked[part.invoiceId] = ours.Id;
      invoices.set(ours.Id, ours);
    }
    planned.push({ work, one, document, linked });
  }
  const moves = planned.map(({ one, document, linked }): Move => {
    const wanted = document.applied.flatMap(({ invoiceId, amount }) =>
      linked[invoiceId] === undefined ? [] : [[linked[invoiceId], amount] as const],
    );
    return { payment: one, wanted: new Map(wanted) };
  });
  if (await makeRoom(api, moves, invoices, currency)) return true;
  const open = openBalances(invoices, currency);
  for (const { work, one, document, linked } of planned) {
    const applied = applyPayment(payloadOf(document, undefined, BARE), work.item.record, one, linked, invoices, open, one);
    if ('refused' in applied) work.outcome = { status: 'left', seq: work.item.seq, problem: applied.refused };
    else if (isApplied(one, applied.lines, currency)) {
      work.outcome = { status: 'gone', seq: work.item.seq, externalVersion: formerVersion(work, one, {}) };
    } else work.former = { Line: applied.lines };
  }
  return false;
}

function formerOf({ former }: PostedItem): PaymentDocument['applied'] {
  return former?.document.kind === 'payment' ? former.document.applied : [];
}

function soughtOf(invoiceId: string, number: string, payment: Entity | undefined): Sought {
  const marker = storedMarker(markerOf({ type: 'invoice', id: invoiceId }));
  return { entity: 'Invoice', number, marker, ownNumbers: true, customerId: payment?.CustomerRef?.value, date: undefined };
}

function judgeAnswer(work: Work, answer: OrderAnswer): void {
  const { item, title, kind } = work;
  if ('entity' in answer) {
    const version = work.restores ? formerVersion(work, answer.entity, work.former ?? {}) : undefined;
    work.outcome = { status: 'undone', seq: item.seq, ...(version === undefined ? {} : { externalVersion: version }) };
    return;
  }
  throwIfWhole(answer.fault, `take back ${title}`);
  if (verdictOf(answer.fault) === 'gone' && kind !== 'Payment') work.outcome = { status: 'gone', seq: item.seq };
  else if (verdictOf(answer.fault) === 'gone' && !work.restores) work.outcome = { status: 'gone', seq: item.seq };
  else work.outcome = { status: 'left', seq: item.seq, problem: refusalOf(title, item.record, answer.fault) };
}

function formerVersion({ item, kind }: Work, entity: Entity, body: Body): string {
  return versionOf(kind, entity, readVersion(item.former?.receipt.externalVersion)?.covers ?? coversOf(body));
}

function pending(works: readonly Work[]): readonly Work[] {
  return works.filter(({ outcome }) => outcome === undefined);
}

function left(work: Work, code: ProblemCode, text: string): void {
  const found: Problem = problem(code, work.item.record, `${work.title} ${text}`);
  work.outcome = { status: 'left', seq: work.item.seq, problem: found };
}
