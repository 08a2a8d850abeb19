import type { ExportedItem } from '@ledgerpost/core';
import { byId, lookUp } from '../books/look-up.ts';
import type { QboPayload } from '../payload/payload.ts';
import type { QboSession } from '../session.ts';
import { needsFreeNumber, soughtOf } from './adopt.ts';
import { wantedBy } from './plan-payments.ts';
import { keepFree, keepInvoices } from './seen-ahead.ts';
import { begin, pending, type Work } from './work.ts';

/**
 * Asks once for the calls that follow which of their documents the books don't have, and what is open on the invoices that their
 * payments are applied to, because Intuit meters reads. What was not free is looked for again right before it is sent.
 */
export async function lookAhead(
  session: QboSession,
  items: readonly ExportedItem<QboPayload>[],
  references: Readonly<Record<string, string>>,
): Promise<void> {
  const works = items.map((item) => begin(item, { references }));
  const creates = pending(works).filter(({ payload }) => payload.act === 'create');
  await lookForNumbers(session, creates.filter(needsFreeNumber));
  await lookAtInvoices(
    session,
    creates.filter(({ payload }) => payload.entity === 'Payment'),
  );
}

async function lookForNumbers(session: QboSession, works: readonly Work[]): Promise<void> {
  if (works.length === 0) return;
  const at = session.context.now();
  const held = await lookUp(session.api, works.map(soughtOf));
  for (const work of works) {
    const { ours, others } = held(soughtOf(work));
    if (ours === undefined && others.length === 0) keepFree(session, work.item.key, at);
  }
}

async function lookAtInvoices(session: QboSession, payments: readonly Work[]): Promise<void> {
  const ids = payments.flatMap((work) => [...wantedBy(work).keys()]);
  if (ids.length === 0) return;
  const at = session.context.now();
  keepInvoices(session, await byId(session.api, 'Invoice', ids), payments[0]!.payload.currency, at);
}
