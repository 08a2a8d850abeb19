import { type Chart, markerOf, type PaymentDocument, type PostedItem } from '@ledgerpost/core';
import type { Body, Entity } from '../api/entities.ts';
import { applyPayment, isApplied, openBalances } from '../applying/apply-payment.ts';
import { type Move, makeRoom } from '../applying/make-room.ts';
import { readPayers } from '../applying/payers.ts';
import { lookUp, type Sought } from '../books/look-up.ts';
import { merged, reapplied } from '../books/merge.ts';
import { findNames, needsOf } from '../names/names.ts';
import { filled } from '../payload/fill-references.ts';
import { payloadOf } from '../payload/payload.ts';
import type { QboSettings } from '../payload/settings.ts';
import { storedMarker } from '../payload/texts.ts';
import { corrections } from '../push/correct-payments.ts';
import type { QboSession } from '../session.ts';
import { formerVersion, leave, type UndoWork } from './undo-work.ts';

/** Settings for payloads whose amounts alone matter: amounts don't depend on settings. */
export const BARE = { classes: { mode: 'none' } } as Parameters<typeof payloadOf>[2];

/**
 * Computes the content that invoices had before their updates, with today's ids. It is written even where lines and total are the
 * same, because the memo may differ.
 */
export async function findFormerBodies(session: QboSession, works: readonly UndoWork[]): Promise<void> {
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
      leave(
        work,
        'refused-by-target',
        'can’t get its former content back, because that content was not stored. Correct the invoice in QuickBooks.',
      );
      continue;
    }
    const result = filled(payloadOf(former.document, chart, session.settings).body as unknown as Body, references);
    if ('missing' in result) {
      leave(
        work,
        'refused-by-target',
        `can’t get its former content back, because “${result.missing}” is no longer in QuickBooks. Correct the invoice there.`,
      );
    } else {
      work.former = result.body;
    }
  }
}

/** The body that puts the former content back. */
export function restored({ item, kind, former }: UndoWork, fresh: Entity): Body {
  if (kind === 'Payment') {
    const { Line: lines, ...members } = former!;
    return { ...reapplied(fresh, lines ?? []), ...members };
  }
  // Members that only the update set are dropped; QuickBooks fills in its own defaults.
  const ours = payloadOf(item.document, undefined, BARE).body as unknown as Body;
  const dropped = (['DueDate', 'SalesTermRef', 'CustomerMemo', 'ClassRef'] as const).filter(
    (member) => ours[member] !== undefined && former![member] === undefined,
  );
  return merged(fresh, former!, dropped);
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
  const parts = works.flatMap(({ item }) => {
    const one = fresh.get(item.receipt.externalId);
    return formerlyApplied(item).map((part) => soughtOf(part.invoiceId, part.invoiceNumber, one));
  });
  const held = await lookUp(api, parts);
  const planned: { work: UndoWork; one: Entity; document: PaymentDocument; linked: Record<string, string> }[] = [];
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
    const linked: Record<string, string> = {};
    for (const part of document.applied) {
      const { ours } = held(soughtOf(part.invoiceId, part.invoiceNumber, one));
      if (ours === undefined) continue;
      linked[part.invoiceId] = ours.Id;
      invoices.set(ours.Id, ours);
    }
    planned.push({ work, one, document, linked });
  }
  const mayPay = await readPayers(
    api,
    planned.flatMap(({ one, linked }) =>
      Object.values(linked).map((id) => [one.CustomerRef?.value, invoices.get(id)?.CustomerRef?.value] as const),
    ),
  );
  const moves = planned.map(({ one, document, linked }): Move => {
    const wanted = document.applied.flatMap(({ invoiceId, amount }) => {
      const id = linked[invoiceId];
      return id === undefined || !mayPay(one.CustomerRef?.value, invoices.get(id)?.CustomerRef?.value)
        ? []
        : [[id, amount] as const];
    });
    return { payment: one, wanted: new Map(wanted) };
  });
  if (await makeRoom(api, moves, invoices, currency)) return true;
  const open = openBalances(invoices, currency);
  for (const { work, one, document, linked } of planned) {
    const payload = payloadOf(document, undefined, BARE);
    const terms = { payload, record: work.item.record, payer: one.CustomerRef?.value, linked, invoices, mayPay, fresh: one };
    const applied = applyPayment(terms, open);
    const members = formerMembers(work.item, document, chart, session.settings);
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

function formerlyApplied({ former }: PostedItem): PaymentDocument['applied'] {
  return former?.document.kind === 'payment' ? former.document.applied : [];
}

function soughtOf(invoiceId: string, number: string, payment: Entity | undefined): Sought {
  const marker = storedMarker(markerOf({ type: 'invoice', id: invoiceId }));
  return { entity: 'Invoice', number, marker, ownNumbers: true, customerId: payment?.CustomerRef?.value, date: undefined };
}
