import { createHash } from 'node:crypto';
import {
  type Call,
  type ExportedItem,
  formatMoney,
  type Money,
  type Problem,
  type PushOutcome,
  problem,
  type RecordRef,
} from '@ledgerpost/core';
import { applyPayment, isApplied, openBalances } from './apply-payment.ts';
import { verdictOf } from './classify.ts';
import type { Order, OrderAnswer } from './client.ts';
import { coversOf, holds, holdsLines, isUnchanged, readVersion, receiptOf, totalOf } from './content.ts';
import type { Body, Entity } from './entities.ts';
import { byWhom, refusalOf, titleOf } from './explain.ts';
import { filled } from './fill-references.ts';
import { byId, type Holding, lookUp, type Sought } from './look-up.ts';
import { linkOf, merged, reapplied } from './merge.ts';
import { throwIfWhole } from './order-names.ts';
import { moneyIn, type QboPayload } from './payload.ts';
import { type Hold, release } from './release.ts';
import type { QboSession } from './session.ts';
import { isOurs } from './texts.ts';
import { offWire } from './wire-money.ts';

/** One item on its way: it gets an order to send or an outcome. */
interface Work {
  readonly item: ExportedItem<QboPayload>;
  readonly payload: QboPayload;
  readonly record: RecordRef;
  readonly title: string;
  readonly body: Body;
  warnings: readonly Problem[];
  order?: Order;
  outcome?: PushOutcome;
}

/**
 * Sends one stored call: one outcome per item, in order.
 *
 * Whatever may be in the books already is looked for before anything is sent, every time: QuickBooks keeps a request id for
 * nobody knows how long, may be set to take two invoices of one number, and has no unique numbers for payments at all. What is
 * sent carries the call's request id and the item's own bId, so that an attempt which is still under way is not done twice.
 */
export async function pushCall(session: QboSession, call: Call<QboPayload>): Promise<readonly PushOutcome[]> {
  const works = call.items.map((item) => begin(item, call.references));
  await adoptWhatIsThere(session, works, call.attempt > 1);
  await planChanges(session, works, call.attempt > 1);
  await planPayments(session, works, call.attempt > 1);
  for (const work of pending(works)) work.order ??= create(work);
  await send(session, works, requestIdOf(call));
  await lookAgain(session, works);
  await mergeAgain(session, works, call);
  return works.map(({ outcome, title }) => {
    if (outcome === undefined) throw new Error(`${title} was left without an outcome.`);
    return outcome;
  });
}

function begin(item: ExportedItem<QboPayload>, references: Readonly<Record<string, string>>): Work {
  const { payload, record, seq } = item;
  const title = titleOf(payload);
  const result = filled(payload.body as unknown as Body, references);
  if ('body' in result) return { item, payload, record, title, body: result.body, warnings: [] };
  const text = `${title} needs “${result.missing}”, which is not in QuickBooks. Add it there, or mend the name, then retry.`;
  const outcome: PushOutcome = { status: 'refused', seq, problem: problem('refused-by-target', record, text) };
  return { item, payload, record, title, body: payload.body as unknown as Body, warnings: [], outcome };
}

// ——— What the books hold already ———

async function adoptWhatIsThere({ api }: QboSession, works: readonly Work[], again: boolean): Promise<void> {
  const creates = pending(works).filter(({ payload }) => payload.act === 'create');
  // A first attempt asks only where a number must be free. Payments and journals have none that QuickBooks holds unique.
  const asked = creates.filter(({ payload }) => again || payload.entity === 'Invoice' || payload.entity === 'CreditMemo');
  await adopt(api, asked);
}

async function adopt(api: QboSession['api'], works: readonly Work[]): Promise<void> {
  const held = await lookUp(api, works.map(soughtOf));
  for (const work of works) judgeHolding(work, held(soughtOf(work)));
}

function soughtOf({ payload, body }: Work): Sought {
  const { entity, number, marker, ownNumbers } = payload;
  return { entity, number, marker, ownNumbers, customerId: body.CustomerRef?.value, date: body.TxnDate };
}

function judgeHolding(work: Work, { ours, others }: Holding): void {
  const { payload, body, title, record } = work;
  const { entity, currency } = payload;
  const isSame = (one: Entity) =>
    (entity === 'JournalEntry' || one.CustomerRef?.value === body.CustomerRef?.value) &&
    totalOf(entity, one, currency) === moneyIn(payload, currency);
  if (ours !== undefined) {
    // Automated tax may have made another total of our lines: it is ours all the same, and the totals are compared later.
    const sameLines = entity !== 'Payment' && ours.CustomerRef?.value === body.CustomerRef?.value && holdsLines(ours, body);
    if (isSame(ours) || sameLines) {
      settle(work, ours, 'existed');
      return;
    }
    const text = `${title} is in QuickBooks already, with other content${byWhom(ours)}. Compare the two, mend it there, then mark it as already in the books.`;
    refuse(work, problem('changed-there', record, text));
    return;
  }
  if (entity === 'Payment' || entity === 'JournalEntry' || !payload.ownNumbers) return;
  const twin = others.find((one) => isSame(one) && !isOurs(one.PrivateNote));
  if (twin !== undefined) {
    const text = `${title} was in QuickBooks already, for the same customer and total, though Ledgerpost did not post it. It was taken as this one; compare the two.`;
    work.warnings = [problem('books-differ', record, text)];
    settle(work, twin, 'existed');
    return;
  }
  const other = others[0];
  if (other === undefined) return;
  const total = totalOf(entity, other, currency);
  const amount = total === undefined ? '' : ` with a total of ${formatMoney(total, currency)} ${currency}`;
  const text = `${title} can't be posted: QuickBooks has that number already, for customer “${other.CustomerRef?.name ?? '?'}”${amount}. Give one of the two another number.`;
  refuse(work, problem('duplicate-number', record, text, 'number'));
}

// ——— Updates and voids ———

async function planChanges(session: QboSession, works: readonly Work[], again: boolean): Promise<void> {
  const changes = pending(works).filter(({ payload }) => payload.act !== 'create' && payload.entity !== 'Payment');
  if (changes.length === 0) return;
  const fresh = await readFormer(session, changes);
  const toRelease: Hold[] = [];
  for (const work of changes) {
    const one = fresh(work);
    if (one === undefined || !mayChange(work, one, again)) continue;
    work.order = changeOrder(work, one);
    const hold = holdOf(work, one);
    if (hold !== undefined) toRelease.push(hold);
  }
  if (toRelease.length === 0) return;
  const blocked = await release(session.api, toRelease, changes[0]!.payload.currency);
  // Letting go raised the versions.
  const after = await readFormer(session, changes);
  for (const work of pending(changes)) {
    if (work.order === undefined) continue;
    const one = after(work);
    if (one === undefined) continue;
    const why = blocked.get(one.Id);
    if (why !== undefined && work.payload.act === 'void') {
      const text = `${work.title} can't be voided, because ${why}. Take the payment off it in QuickBooks, then retry.`;
      refuse(work, problem('refused-by-target', work.record, text));
    } else {
      work.order = changeOrder(work, one);
    }
  }
}

async function readFormer({ api }: QboSession, works: readonly Work[]) {
  const entity = works[0]!.payload.entity;
  const rows = await byId(
    api,
    entity,
    works.flatMap(({ item }) => item.former?.externalId ?? []),
  );
  return (work: Work): Entity | undefined => {
    const id = work.item.former?.externalId;
    const one = id === undefined ? undefined : rows.get(id);
    if (one === undefined) conflict(work, id ?? '', `${work.title} was deleted in QuickBooks since it was posted.`);
    return one;
  };
}

/** Whether nobody changed it since we posted it. Otherwise the item has its outcome. */
function mayChange(work: Work, fresh: Entity, again: boolean): boolean {
  const { payload, body, item, title } = work;
  const version = readVersion(item.former?.externalVersion);
  if (payload.act === 'void' && isVoided(fresh)) {
    settle(work, fresh, 'existed');
    return false;
  }
  if (version !== undefined && isUnchanged(payload.entity, fresh, version)) return true;
  if (again && payload.act === 'update' && holds(payload.entity, fresh, body)) {
    settle(work, fresh, 'existed');
    return false;
  }
  const why =
    version === undefined
      ? `${title} was not posted by Ledgerpost, so nobody can tell here whether a person changed it in QuickBooks.`
      : `${title} was changed in QuickBooks since it was posted${byWhom(fresh)}.`;
  conflict(work, fresh.Id, why);
  return false;
}

function isVoided({ TotalAmt, PrivateNote }: Entity): boolean {
  return TotalAmt === 0 && /^Voided\b/.test(PrivateNote ?? '');
}

function changeOrder({ payload, body, item }: Work, fresh: Entity): Order {
  const bId = bIdOf(item);
  if (payload.act === 'void') {
    return { bId, operation: 'void', entity: payload.entity, body: { Id: fresh.Id, SyncToken: fresh.SyncToken } };
  }
  return { bId, operation: 'update', entity: payload.entity, body: merged(fresh, body) };
}

/** Payments must let go of what an invoice no longer takes, before it shrinks: QuickBooks refuses to void what is paid. */
function holdOf(work: Work, fresh: Entity): Hold | undefined {
  const { payload, record, title } = work;
  const { currency } = payload;
  const applied = (offWire(fresh.TotalAmt, currency) ?? 0) - (offWire(fresh.Balance, currency) ?? 0);
  const keep = payload.act === 'void' ? (0 as Money) : moneyIn(payload, currency);
  if (applied <= keep) return undefined;
  const over = `${formatMoney((applied - keep) as Money, currency)} ${currency}`;
  const text = `${title} is lower than what is paid on it, so ${over} became an open credit of the customer. Re-allocate or refund it.`;
  work.warnings = [...work.warnings, problem('invoice-overpaid', record, text, 'total')];
  return { entity: payload.entity, transaction: fresh, keep };
}

// ——— Payments ———

async function planPayments(session: QboSession, works: readonly Work[], again: boolean): Promise<void> {
  const payments = pending(works).filter(({ payload }) => payload.entity === 'Payment');
  if (payments.length === 0) return;
  const { api } = session;
  const updates = payments.filter(({ payload }) => payload.act === 'update');
  const fresh = updates.length === 0 ? undefined : await readFormer(session, updates);
  const held = new Map(updates.map((work) => [work, fresh!(work)]));
  const links = [...held.values()].flatMap((one) => (one?.Line ?? []).flatMap((line) => linkOf(line) ?? []));
  const wanted = payments.flatMap(({ item, payload }) =>
    (payload.applied ?? []).flatMap(({ invoiceId }) => item.linked?.[invoiceId] ?? []),
  );
  const invoices = await byId(api, 'Invoice', [
    ...wanted,
    ...links.filter(({ TxnType }) => TxnType === 'Invoice').map(({ TxnId }) => TxnId),
  ]);
  const open = openBalances(invoices, payments[0]!.payload.currency);
  for (const work of pending(payments)) {
    const one = held.get(work);
    if (work.payload.act === 'update' && one !== undefined && !mayReapply(work, one, invoices, again)) continue;
    const applied = applyPayment(work.payload, work.record, work.body, work.item.linked ?? {}, invoices, open, one);
    if ('refused' in applied) {
      refuse(work, applied.refused);
      continue;
    }
    work.warnings = applied.warnings;
    const { currency } = work.payload;
    if (one === undefined) {
      work.order = create(work, applied.lines.length === 0 ? work.body : { ...work.body, Line: applied.lines });
    } else if (isApplied(one, applied.lines, currency)) {
      settle(work, one, 'existed');
    } else {
      work.order = { bId: bIdOf(work.item), operation: 'update', entity: 'Payment', body: reapplied(one, applied.lines) };
    }
  }
}

/** Links to documents of ours may move, whoever made them: the field-service system says what a payment is for. */
function mayReapply(work: Work, fresh: Entity, invoices: ReadonlyMap<string, Entity>, again: boolean): boolean {
  if (!mayChange(work, fresh, again)) return false;
  for (const line of fresh.Line ?? []) {
    const link = linkOf(line);
    if (link === undefined) continue;
    const invoice = invoices.get(link.TxnId);
    const number = invoice?.DocNumber ?? link.TxnId;
    if (link.TxnType === 'Invoice' && invoice !== undefined && isOurs(invoice.PrivateNote)) continue;
    const what = link.TxnType === 'Invoice' ? `invoice ${number}` : `a transaction (${link.TxnType} ${link.TxnId})`;
    conflict(work, fresh.Id, `${work.title} is applied in QuickBooks to ${what} that Ledgerpost did not post.`);
    return false;
  }
  return true;
}

// ——— Sending ———

/** Sends what has an order and no outcome; sound answers become outcomes, the rest is left with its fault. */
async function send({ api }: QboSession, works: readonly Work[], requestId: string): Promise<void> {
  const ordered = pending(works).filter(({ order }) => order !== undefined);
  if (ordered.length === 0) return;
  const answers = await api.batch(
    ordered.map(({ order }) => order!),
    requestId,
  );
  for (const work of ordered) FAULTS.delete(work);
  for (const work of ordered) judgeAnswer(work, answers.get(work.order!.bId)!);
}

/** Faults that are looked into before they are a verdict. */
const FAULTS = new WeakMap<Work, Extract<OrderAnswer, { fault: unknown }>['fault']>();

function judgeAnswer(work: Work, answer: OrderAnswer): void {
  if ('entity' in answer) {
    settle(work, answer.entity, 'created', answer.tid);
    return;
  }
  throwIfWhole(answer.fault, `write ${work.title}`);
  const verdict = verdictOf(answer.fault);
  const changes = work.payload.act !== 'create';
  if (verdict === 'number-taken' || verdict === 'stale') FAULTS.set(work, answer.fault);
  else if (verdict === 'gone' && changes && work.payload.entity !== 'Payment') {
    conflict(work, work.item.former?.externalId ?? '', `${work.title} was deleted in QuickBooks since it was posted.`);
  } else refuse(work, refusalOf(work.title, work.record, answer.fault));
}

/** The number is taken: perhaps by this very document, out of an attempt whose answer was lost. */
async function lookAgain({ api }: QboSession, works: readonly Work[]): Promise<void> {
  const taken = pending(works).filter((work) => {
    const fault = FAULTS.get(work);
    return fault !== undefined && verdictOf(fault) === 'number-taken';
  });
  if (taken.length === 0) return;
  await adopt(
    api,
    taken.filter(({ payload }) => payload.act === 'create'),
  );
  for (const work of pending(taken)) refuse(work, refusalOf(work.title, work.record, FAULTS.get(work)!));
}

/** Somebody was faster: read once more, and if the content is still ours (a payment raised the version), write once more. */
async function mergeAgain(session: QboSession, works: readonly Work[], call: Call<QboPayload>): Promise<void> {
  const stale = pending(works);
  if (stale.length === 0) return;
  const faults = new Map(stale.map((work) => [work, FAULTS.get(work)!]));
  for (const work of stale) delete work.order;
  await planChanges(session, stale, true);
  await planPayments(session, stale, true);
  // QuickBooks would tell the old fault again for the old request id.
  await send(session, stale, variantOf(call.requestId, `stale ${call.attempt}`));
  for (const work of pending(stale)) {
    conflict(
      work,
      work.item.former?.externalId ?? '',
      `${work.title} is being changed in QuickBooks at this moment.`,
      faults.get(work),
    );
  }
}

/**
 * The stored id for the first two attempts: the second may find the first under way. Later ones have looked and found nothing,
 * and QuickBooks may have kept a failure of its own as the answer to the old id.
 */
function requestIdOf({ requestId, attempt }: Call<QboPayload>): string {
  return attempt <= 2 ? requestId : variantOf(requestId, `attempt ${attempt}`);
}

function variantOf(requestId: string, what: string): string {
  return createHash('sha256').update(`${requestId}\n${what}`).digest('base64url').slice(0, 36);
}

function create({ item, payload, body }: Work, whole: Body = body): Order {
  return { bId: bIdOf(item), operation: 'create', entity: payload.entity, body: whole };
}

/** Up to ten digits: a batch has no more items than that. */
function bIdOf({ seq }: ExportedItem<QboPayload>): string {
  return `${seq}`;
}

// ——— Outcomes ———

function pending(works: readonly Work[]): readonly Work[] {
  return works.filter(({ outcome }) => outcome === undefined);
}

function settle(work: Work, entity: Entity, status: 'created' | 'existed', tid?: string): void {
  const { payload, body, item, warnings } = work;
  const receipt = receiptOf(payload.entity, entity, coversOf(body), payload.currency, tid);
  work.outcome = { status, seq: item.seq, receipt, ...(warnings.length === 0 ? {} : { warnings }) };
}

function refuse(work: Work, found: Problem): void {
  work.outcome = { status: 'refused', seq: work.item.seq, problem: found };
}

function conflict(work: Work, externalId: string, why: string, fault?: Extract<OrderAnswer, { fault: unknown }>['fault']): void {
  const said = fault === undefined ? '' : ` ${refusalOf(work.title, work.record, fault).message}`;
  const text = `${why} Nothing was written. Compare the two, then mend it there, or undo the change and retry.${said}`;
  work.outcome = { status: 'conflict', seq: work.item.seq, externalId, problem: problem('changed-there', work.record, text) };
}
