import { createHash } from 'node:crypto';
import type { Money, Receipt } from '@ledgerpost/core';
import type { Body, Entity, Kind, Line } from '../api/entities.ts';
import { offWire } from '../api/wire-money.ts';
import type { QboPayload } from '../payload/payload.ts';
import { beforeMerges, type Ids, NO_MERGES, survived } from './same-ids.ts';

/**
 * Our record of what a transaction holds: QuickBooks' version, a fingerprint of the content, and which optional
 * members are ours. QuickBooks raises its version for a mere payment or print, so the fingerprint decides whether a person changed it.
 */
export interface Version {
  readonly syncToken: string;
  readonly fingerprint: string;
  readonly covers: Covers;
}

/** `c` class, `m` message to the customer, `t` due date and terms, `p` payment method: what we set, and therefore compare. */
export type Covers = string;

/** The optional members that the body sets. */
export function coversOf(body: Body): Covers {
  let covers = '';
  if (body.ClassRef !== undefined || (body.Line ?? []).some((line) => classOf(line) !== undefined)) covers += 'c';
  if (body.CustomerMemo !== undefined) covers += 'm';
  if (body.DueDate !== undefined || body.SalesTermRef !== undefined) covers += 't';
  if (body.PaymentMethodRef !== undefined) covers += 'p';
  return covers;
}

export function versionOf(kind: Kind, entity: Entity, covers: Covers): string {
  return `${entity.SyncToken}~${fingerprintOf(kind, entity, covers)}~${covers}`;
}

/** Undefined for a posting that we did not make: we don't know what it held. */
export function readVersion(version: string | undefined): Version | undefined {
  const [syncToken, fingerprint, covers] = (version ?? '').split('~');
  if (!syncToken || !fingerprint || covers === undefined) return undefined;
  return { syncToken, fingerprint, covers };
}

/**
 * Whether the transaction still holds what the version records. Balance, links, notes, addresses and custom fields don't count, and
 * merged customers and items count as one.
 */
export function isUnchanged(kind: Kind, entity: Entity, version: Version, ids: Ids = NO_MERGES): boolean {
  for (const one of beforeMerges(entity, ids)) if (fingerprintOf(kind, one, version.covers) === version.fingerprint) return true;
  return false;
}

/** The receipt for a transaction as QuickBooks returns it. */
export function receiptOf(kind: Kind, entity: Entity, covers: Covers, currency: string, tid?: string): Receipt {
  const total = totalOf(kind, entity, currency);
  const tax = taxOf(kind, entity, currency);
  const number = kind === 'Payment' ? entity.PaymentRefNum : entity.DocNumber;
  const minor = (amount: number | undefined) => offWire(amount, currency) ?? null;
  return {
    externalId: entity.Id,
    externalVersion: versionOf(kind, entity, covers),
    ...(number === undefined ? {} : { number }),
    ...(total === undefined ? {} : { total }),
    ...(tax === undefined ? {} : { tax }),
    details: {
      tid: tid ?? null,
      tax: minor(entity.TxnTaxDetail?.TotalTax),
      balance: minor(entity.Balance),
      unapplied: minor(entity.UnappliedAmt),
    },
  };
}

/** The transaction's total in the books, in minor units. */
export function totalOf(kind: Kind, entity: Entity | Body, currency: string) {
  if (kind !== 'JournalEntry') return offWire(entity.TotalAmt, currency);
  let total = 0;
  for (const line of entity.Line ?? []) {
    if (line.JournalEntryLineDetail?.PostingType === 'Debit') total += offWire(line.Amount, currency) ?? 0;
  }
  return total as ReturnType<typeof offWire>;
}

/** The tax in the total of an invoice or credit memo, in minor units. */
export function taxOf(kind: Kind, entity: Entity, currency: string): Money | undefined {
  if (kind !== 'Invoice' && kind !== 'CreditMemo') return undefined;
  return offWire(entity.TxnTaxDetail?.TotalTax, currency);
}

/** The total as far as a payload states it: without the tax, where QuickBooks computes the tax. */
export function statedTotalOf({ entity: kind, currency, taxByBooks }: QboPayload, entity: Entity): Money | undefined {
  const total = totalOf(kind, entity, currency);
  if (total === undefined || taxByBooks !== true) return total;
  return (total - (taxOf(kind, entity, currency) ?? 0)) as Money;
}

/**
 * Whether the transaction holds what the body says, apart from the tax, which QuickBooks may have calculated itself. Recognizes
 * documents whose answer was lost.
 */
export function holds(kind: Kind, entity: Entity, body: Body, ids: Ids = NO_MERGES): boolean {
  if (entity.TxnDate !== body.TxnDate) return false;
  if (kind !== 'JournalEntry' && !isSameCustomer(entity, body, ids)) return false;
  if (kind === 'Payment') return entity.TotalAmt === body.TotalAmt && (entity.PaymentRefNum ?? '') === (body.PaymentRefNum ?? '');
  return holdsLines(entity, body, ids);
}

/** Whether the lines are ours. They are the same even where QuickBooks calculated another tax. */
export function holdsLines(entity: Entity, body: Body, ids: Ids = NO_MERGES): boolean {
  return JSON.stringify(linesOf(survived(entity, ids), '')) === JSON.stringify(linesOf(survived(body, ids), ''));
}

/** Whether two transactions belong to one customer. */
export function isSameCustomer(one: Entity | Body | undefined, other: Entity | Body | undefined, ids: Ids): boolean {
  const [id, otherId] = [one?.CustomerRef?.value, other?.CustomerRef?.value];
  if (id === undefined || otherId === undefined) return id === otherId;
  return ids.survivor('customer', id) === ids.survivor('customer', otherId);
}

function fingerprintOf(kind: Kind, entity: Entity | Body, covers: Covers): string {
  const content = [
    kind,
    entity.CustomerRef?.value,
    entity.TxnDate,
    entity.DocNumber,
    entity.TotalAmt,
    ...(kind === 'Payment' ? [entity.PaymentRefNum, entity.DepositToAccountRef?.value] : [linesOf(entity, covers)]),
    entity.TxnTaxDetail?.TotalTax ?? 0,
    covers.includes('c') ? entity.ClassRef?.value : null,
    covers.includes('m') ? entity.CustomerMemo?.value : null,
    covers.includes('t') ? [entity.DueDate, entity.SalesTermRef?.value] : null,
    covers.includes('p') ? entity.PaymentMethodRef?.value : null,
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 16);
}

/** Lines without what QuickBooks adds: ids, numbers, the subtotal, and the names beside ids. */
function linesOf(entity: Entity | Body, covers: Covers): readonly unknown[] {
  return (entity.Line ?? [])
    .filter((line) => line.DetailType !== 'SubTotalLineDetail')
    .map((line) => {
      const sale = line.SalesItemLineDetail;
      const entry = line.JournalEntryLineDetail;
      return [
        line.DetailType,
        line.Amount ?? 0,
        line.Description ?? '',
        sale && [sale.ItemRef?.value, sale.Qty ?? null, sale.UnitPrice ?? null, sale.TaxCodeRef?.value],
        entry && [entry.PostingType, entry.AccountRef?.value, entry.Entity?.EntityRef?.value],
        line.DiscountLineDetail ?? null,
        covers.includes('c') ? (classOf(line) ?? null) : null,
      ];
    });
}

function classOf(line: Line): string | undefined {
  return (line.SalesItemLineDetail ?? line.JournalEntryLineDetail)?.ClassRef?.value;
}
