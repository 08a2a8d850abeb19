import {
  type BooksSettings,
  type Chart,
  compact,
  type Document,
  type ReferenceNeed,
  type ReferenceOutcome,
} from '@ledgerpost/core';
import type { QboSettings } from '../payload/settings.ts';
import { isAutomated } from '../payload/tax.ts';
import type { QboSession } from '../session.ts';
import { createCustomers, customerNeed, findCustomers } from './customers.ts';
import { createItems, findItems, itemNeed } from './items.ts';
import { inOrder, keyOf, ofKind } from './name-outcomes.ts';

/** The customer and the products and services of a document, each once. */
export function needsOf(document: Document, chart: Chart | undefined, settings: BooksSettings): readonly ReferenceNeed[] {
  const needs: ReferenceNeed[] = [];
  const exemptionReason = isAutomated(chart) ? (settings as QboSettings).tax?.exemptionReason : undefined;
  // Without several currencies no customer can have another one.
  const currency = chart?.preferences?.homeCurrency === undefined ? undefined : document.currency;
  if (document.customer !== undefined)
    needs.push(
      customerNeed(document.customer, compact<Parameters<typeof customerNeed>[1] & object>({ exemptionReason, currency })),
    );
  if (document.kind !== 'invoice' && document.kind !== 'creditMemo') return needs;
  const items = new Map(document.lines.map(({ item }) => [item.key ?? item.name, item]));
  const taxItem = document.tax?.amount === 0 ? undefined : document.tax?.item;
  if (taxItem !== undefined) items.set(taxItem.key ?? taxItem.name, taxItem);
  const byBooks = settings.items?.account === 'books';
  // Tax goes to the account that the settings name for it, and to no other.
  for (const item of items.values()) needs.push(itemNeed(item, chart, document.record, byBooks && item !== taxItem));
  return needs;
}

/** Looks names up in bulk. Only reads. */
export async function findNames({ api }: QboSession, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]> {
  const [customers, items] = [ofKind(needs, 'customer'), ofKind(needs, 'item')];
  const found = new Map<string, ReferenceOutcome>();
  if (customers.length > 0) for (const outcome of await findCustomers(api, customers)) found.set(keyOf(outcome.need), outcome);
  if (items.length > 0) for (const outcome of await findItems(api, items)) found.set(keyOf(outcome.need), outcome);
  return inOrder(needs, found);
}

/** Creates names that were not found. Names that someone else created in the meantime are looked up again, so none exists twice. */
export async function createNames(session: QboSession, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]> {
  const made = new Map<string, ReferenceOutcome>();
  for (const outcome of await createCustomers(session, ofKind(needs, 'customer'))) made.set(keyOf(outcome.need), outcome);
  for (const outcome of await createItems(session, ofKind(needs, 'item'))) made.set(keyOf(outcome.need), outcome);
  return inOrder(needs, made);
}
