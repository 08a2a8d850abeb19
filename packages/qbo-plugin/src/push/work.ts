import {
  type Call,
  type ExportedItem,
  type Json,
  type Problem,
  type PushOutcome,
  problem,
  type RecordRef,
} from '@ledgerpost/core';
import type { Fault } from '../api/answer.ts';
import type { Order } from '../api/client.ts';
import type { Body, Entity } from '../api/entities.ts';
import { releasedIn } from '../applying/apply-again.ts';
import type { Because } from '../applying/apply-payment.ts';
import type { Released } from '../applying/release.ts';
import { coversOf, receiptOf } from '../books/content.ts';
import { type Ids, idsOf, survived } from '../books/same-ids.ts';
import { refusalOf, titleOf } from '../payload/explain.ts';
import { filled } from '../payload/fill-references.ts';
import type { QboPayload } from '../payload/payload.ts';

/** One item that is being pushed. It ends with an outcome, with or without an order sent to QuickBooks. */
export interface Work {
  readonly item: ExportedItem<QboPayload>;
  readonly payload: QboPayload;
  readonly record: RecordRef;
  readonly title: string;
  readonly body: Body;
  readonly ids: Ids;
  warnings: readonly Problem[];
  /** What payments of ours were taken off it, now or by an earlier update. It is kept so that it can be applied again. */
  released: readonly Released[];
  /** Payments: why parts are not applied in full, by the invoice's record id. */
  because?: ReadonlyMap<string, Because>;
  /** The transaction as it is in the books after this call, where it is there. */
  entity?: Entity;
  /** Payments: planned by what was read for several calls at once, so that a refusal may come from a change since. */
  isSeenAhead?: boolean;
  /** Where QuickBooks computes the tax: what stayed applied to an invoice when its update was sent, in minor units. */
  kept?: number;
  order?: Order;
  /** A refusal that is checked again before it becomes the outcome. */
  fault?: Fault;
  outcome?: PushOutcome;
}

/** A posted document keeps the ids that it was posted with; all others get today's. Merged ones get those of their survivors. */
export function begin(item: ExportedItem<QboPayload>, call: Pick<Call, 'references' | 'sameIds'>): Work {
  const { payload, record, seq, former } = item;
  const title = titleOf(payload);
  const ids = idsOf(call.sameIds);
  const result = filled(payload.body as unknown as Body, { ...call.references, ...former?.references, ...item.references });
  const released = releasedIn(former?.details);
  const work = { item, payload, record, title, ids, warnings: [], released };
  if ('body' in result) return { ...work, body: survived(result.body, ids) };
  const text = `${title} needs “${result.missing}”, which is not in QuickBooks. Add it in QuickBooks, or correct the name, then retry.`;
  const outcome: PushOutcome = { status: 'refused', seq, problem: problem('refused-by-target', record, text) };
  return { ...work, body: payload.body as unknown as Body, outcome };
}

export function create({ item, payload, body }: Work, whole: Body = body): Order {
  return { bId: bIdOf(item), operation: 'create', entity: payload.entity, body: whole };
}

/** Up to ten digits, which is the most that QuickBooks accepts. */
export function bIdOf({ seq }: ExportedItem<QboPayload>): string {
  return `${seq}`;
}

export function pending(works: readonly Work[]): readonly Work[] {
  return works.filter(({ outcome }) => outcome === undefined);
}

export function settle(work: Work, entity: Entity, status: 'created' | 'existed', tid?: string): void {
  const { payload, body, item } = work;
  work.entity = entity;
  work.outcome = { status, seq: item.seq, receipt: receiptOf(payload.entity, entity, coversOf(body), payload.currency, tid) };
  keepReleased(work);
}

/** Adds warnings, and what payments were taken off, to the outcome of a document that is in the books. */
export function keepReleased(work: Work): void {
  const { outcome, warnings, released } = work;
  if (outcome === undefined || !('receipt' in outcome)) return;
  const { released: _, ...others } = { ...(outcome.receipt.details as Readonly<Record<string, Json>> | undefined) };
  const details = released.length === 0 ? others : { ...others, released: released.map((one) => ({ ...one })) };
  const { status, seq, receipt } = outcome;
  work.outcome = { status, seq, receipt: { ...receipt, details }, ...(warnings.length === 0 ? {} : { warnings }) };
}

export function refuse(work: Work, found: Problem): void {
  work.outcome = { status: 'refused', seq: work.item.seq, problem: found };
}

/** Whether none of the dates is in the closed period. Otherwise the item is refused here: QuickBooks keeps what is in it. */
export function isInOpenPeriod(work: Work, dates: readonly (string | undefined)[], closedThrough: string | undefined): boolean {
  const closed = dates.find((date) => closedThrough !== undefined && (date ?? '9') <= closedThrough);
  if (closed === undefined) return true;
  const text = `${work.title} is dated ${closed}, and the books are closed through ${closedThrough}, so it can't be changed. Reopen the period, or correct it in QuickBooks.`;
  refuse(work, problem('closed-period', work.record, text, 'date'));
  return false;
}

export function conflict(work: Work, externalId: string, why: string, fault?: Fault): void {
  const reason = fault === undefined ? '' : ` ${refusalOf(work.title, work.record, fault).message}`;
  const text = `${why} Nothing was sent. Compare the two, then correct it in QuickBooks, or undo the change there and batch it again.${reason}`;
  work.outcome = { status: 'conflict', seq: work.item.seq, externalId, problem: problem('changed-there', work.record, text) };
}
