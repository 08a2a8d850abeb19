import { type Chart, isTaxedByBooks, type Money, markerOf, type PaymentDocument, type PostedItem } from '@ledgerpost/core';
import type { Body, Entity } from '../api/entities.ts';
import { onWire } from '../api/wire-money.ts';
import { applyPayment, isApplied, openBalances } from '../applying/apply-payment.ts';
import { type Move, makeRoom } from '../applying/make-room.ts';
import { readPayers } from '../applying/payers.ts';
import { isSameCustomer } from '../books/content.ts';
import { byId, lookUp, type Sought } from '../books/look-up.ts';
import { merged, OF_CUSTOMER, reapplied } from '../books/merge.ts';
import { survived } from '../books/same-ids.ts';
import { keyOf } from '../names/name-outcomes.ts';
import { findNames, needsOf } from '../names/names.ts';
import { filled } from '../payload/fill-references.ts';
import { moneyIn, payloadOf } from '../payload/payload.ts';
import type { QboSettings } from '../payload/settings.ts';
import { storedMarker } from '../payload/texts.ts';
import { corrections } from '../push/correct-payments.ts';
import type { QboSession } from '../session.ts';
import { formerVersion, leave, type UndoWork } from './undo-work.ts';

/** Settings for payloads whose amounts alone matter: amounts don't depend on settings. */
export const BARE = { classes: { mode: 'none' } } as Parameters<typeof payloadOf>[2];

/**
 * Computes the content that invoices had before their updates, with the ids that it was posted with; names are looked up only where nobody
 * kept those. It is written even where lines and total are the same, because the memo may differ.
 */
export async function findFormerBodies(session: QboSession, works: readonly UndoWork[]): Promise<void> {
  if (works.length === 0) return;
  const chart = await session.chart();
  const found = await lookUpFormerIds(session, works, chart);
  for (const work of works) {
    const { former } = work.item;
    if (former === undefined) {
      leave(
        work,
        'refused-by-target',
        'can’t get its former content back, because that content was not stored. Correct the invoice in QuickBooks.',
      );
      continue;
    }
    const body = formerBody(former, chart, session.settings);
    const result = filled(body, { ...found, ...former.references });
    if ('missing' in result) {
      leave(
        work,
        'refused-by-target',
        `can’t get its former content back, because “${result.missing}” is no longer in QuickBooks. Correct the invoice there.`,
      );
    } else {
      work.former = survived(result.body, work.ids);
    }
  }
}

/** Ids of customers and items by name, for former contents whose ids were not kept. */
async function lookUpFormerIds(
  session: QboSession,
  works: readonly UndoWork[],
  chart: Chart,
): Promise<Readonly<Record<string, string>>> {
  const needs = works.flatMap(({ item: { former } }) =>
    former === undefined
      ? []
      : needsOf(former.document, chart, session.settings).filter((need) => former.references?.[keyOf(need)] === undefined),
  );
  const references: Record<string, string> = {};
  for (const outcome of await findNames(session, needs)) {
    if (outcome.status === 'found') references[keyOf(outcome.need)] = outcome.externalId;
  }
  return references;
}

/**
 * The customer that a payment goes back to, where undoing its update gives it back to another one. Undefined where it stays.
 * @returns a name instead of an id if the id was not kept
 */
export function formerCustomer(
  work: UndoWork,
  fresh: Entity,
): { readonly id: string } | { readonly unknown: string } | undefined {
  const { former, document } = work.item;
  const before = former?.document.customer;
  if (before === undefined || before.id === document.customer?.id) return undefined;
  const id = former?.references?.[`customer/${before.id}`];
  if (id === undefined) return { unknown: before.name };
  const survivor = work.ids.survivor('customer', id);
  return isSameCustomer(fresh, { CustomerRef: { value: survivor } }, work.ids) ? undefined : { id: survivor };
}

/** The former content. Where QuickBooks had computed the tax, it states the tax that the books had. */
function formerBody(former: Former, chart: Chart | undefined, settings: QboSettings): Body {
  const body = payloadOf(former.document, chart, settings).body as unknown as Body;
  const tax = computedTax(former);
  if (tax === undefined || tax === 0) return body;
  return { ...body, TxnTaxDetail: { ...body.TxnTaxDetail, TotalTax: onWire(tax, former.document.currency) } };
}

/** The total of the former content, in minor units. */
export function moneyOfFormer(former: Former, currency: string): Money {
  return (moneyIn(payloadOf(former.document, undefined, BARE), currency) + (computedTax(former) ?? 0)) as Money;
}

type Former = NonNullable<PostedItem['former']>;

function computedTax({ document, receipt }: Former): Money | undefined {
  return isTaxedByBooks(document) ? receipt.tax : undefined;
}

/** The body that puts the former content back. */
export function restored({ item, kind, former, ids }: UndoWork, fresh: Entity): Body {
  if (kind === 'Payment') {
    const { Line: lines, ...members } = former!;
    return { ...reapplied(fresh, lines ?? []), ...members };
  }
  // Members that only the update set are dropped; QuickBooks fills in its own defaults.
  const ours = payloadOf(item.document, undefined, BARE).body as unknown as Body;
  const dropped = (['DueDate', 'SalesTermRef', 'CustomerMemo', 'ClassRef', 'ShipAddr', 'ShipFromAddr'] as const).filter(
    (member) => ours[member] !== undefined && former![member] === undefined,
  );
  const moved = isSameCustomer(fresh, former!, ids) ? [] : OF_CUSTOMER;
  return merged(fresh, former!, [...dropped, ...moved]);
}

/**
 * Plans the invoices that payments were applied to before their re-allocation. Invoices that are read here are added to `invoices`.
 * @returns whether room had to be made on invoices first: versions and balances have changed then, so read and plan again
 */
export async function findFormerLinks(
  session: QboSession,
  works: readonly UndoWork[],
  fresh: ReadonlyMap<string, Entity>,
  invoices: Map<string, Entity>,
): Promise<boolean> {
  if (works.length === 0) return false;
  const { api } = session;
  const chart = works.some(({ item }) => isCorrected(item)) ? await session.chart() : undefined;
  const { currency } = works[0]!.item.document;
  const linkedTo = ({ item }: UndoWork, invoiceId: string) => item.linked?.[invoiceId];
  const parts = works.flatMap((work) => {
    const one = fresh.get(work.item.receipt.externalId);
    // Looked up only where nobody kept the invoice's id.
    return formerlyApplied(work.item)
      .filter(({ invoiceId }) => linkedTo(work, invoiceId) === undefined)
      .map((part) => soughtOf(part.invoiceId, part.invoiceNumber, one));
  });
  const held = await lookUp(api, parts);
  const kept = await byId(
    api,
    'Invoice',
    works.flatMap((work) => formerlyApplied(work.item).flatMap(({ invoiceId }) => linkedTo(work, invoiceId) ?? [])),
  );
  const planned: Planned[] = [];
  for (const work of works) {
    const { item } = work;
    const one = fresh.get(item.receipt.externalId);
    if (one === undefined) continue;
    const { document } = item.former ?? {};
    if (document?.kind !== 'payment') {
      leave(
        work,
        'refused-by-target',
        'can’t be applied as it was before, because that was not stored. Apply the payment in QuickBooks.',
      );
      continue;
    }
    const customer = formerCustomer(work, one);
    if (customer !== undefined && 'unknown' in customer) {
      const text = `can’t go back to customer “${customer.unknown}”, because its id was not stored. Change the customer in QuickBooks.`;
      leave(work, 'refused-by-target', text);
      continue;
    }
    const back: Body = customer === undefined ? one : { CustomerRef: { value: customer.id } };
    const linked: Record<string, string> = {};
    const applied = document.applied.filter((part) => {
      const id = linkedTo(work, part.invoiceId);
      const ours = id === undefined ? held(soughtOf(part.invoiceId, part.invoiceNumber, one)).ours : kept.get(id);
      if (ours === undefined) return true;
      linked[part.invoiceId] = ours.Id;
      invoices.set(ours.Id, ours);
      // An invoice that moved along goes back after its payments, and gets them applied again then.
      return customer === undefined || isSameCustomer(ours, back, work.ids);
    });
    planned.push({ work, one, document: { ...document, applied }, linked, back });
  }
  const mayPay = await readPayers(
    api,
    planned.flatMap(({ back, linked }) =>
      Object.values(linked).map((id) => [back.CustomerRef?.value, invoices.get(id)?.CustomerRef?.value] as const),
    ),
  );
  const moves = planned.map(({ one, document, linked, back }): Move => {
    const wanted = document.applied.flatMap(({ invoiceId, amount }) => {
      const id = linked[invoiceId];
      return id === undefined || !mayPay(back.CustomerRef?.value, invoices.get(id)?.CustomerRef?.value)
        ? []
        : [[id, amount] as const];
    });
    return { payment: one, wanted: new Map(wanted) };
  });
  if (await makeRoom(api, moves, invoices, currency)) return true;
  const open = openBalances(invoices, currency);
  for (const { work, one, document, linked, back } of planned) {
    const payload = payloadOf(document, undefined, BARE);
    const terms = { payload, record: work.item.record, payer: back.CustomerRef?.value, linked, invoices, mayPay, fresh: one };
    const applied = applyPayment(terms, open);
    const members = {
      ...formerMembers(work.item, document, chart, session.settings),
      ...(back === one ? {} : { CustomerRef: back.CustomerRef! }),
    };
    if (isApplied(one, applied.lines, currency) && holdsMembers(one, members)) {
      work.outcome = { status: 'gone', seq: work.item.seq, externalVersion: formerVersion(work, one, {}) };
    } else work.former = { Line: applied.lines, ...members };
  }
  return false;
}

function isCorrected({ document }: PostedItem): boolean {
  return document.kind === 'payment' && (document.corrects ?? []).length > 0;
}

/** What a correction replaced, as it was before. */
function formerMembers({ document }: PostedItem, former: PaymentDocument, chart: Chart | undefined, settings: QboSettings): Body {
  const members = document.kind === 'payment' ? (document.corrects ?? []) : [];
  if (members.length === 0) return {};
  return corrections(members, payloadOf(former, chart, settings).body as unknown as Body);
}

function holdsMembers(fresh: Entity, members: Body): boolean {
  return Object.entries(members).every(([name, value]) => same(fresh[name as keyof Entity], value));
}

function same(held: unknown, wanted: unknown): boolean {
  const idOf = (one: unknown) => (typeof one === 'object' && one !== null && 'value' in one ? one.value : (one ?? undefined));
  return idOf(held) === idOf(wanted);
}

interface Planned {
  readonly work: UndoWork;
  readonly one: Entity;
  /** As it was, less what is applied again with its invoice. */
  readonly document: PaymentDocument;
  readonly linked: Readonly<Record<string, string>>;
  /** Whose it is to be. */
  readonly back: Body;
}

function formerlyApplied({ former }: PostedItem): PaymentDocument['applied'] {
  return former?.document.kind === 'payment' ? former.document.applied : [];
}

function soughtOf(invoiceId: string, number: string, payment: Entity | undefined): Sought {
  const marker = storedMarker(markerOf({ type: 'invoice', id: invoiceId }));
  return { entity: 'Invoice', number, marker, ownNumbers: true, customerId: payment?.CustomerRef?.value, date: undefined };
}
