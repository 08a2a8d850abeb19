import { type PostedItem, problem, type UndoOutcome } from '@ledgerpost/core';
import { settlePayments } from './harbour-push.testing.ts';
import type { Entry } from './harbour-server.testing.ts';
import type { HarbourSession } from './harbour-session.testing.ts';
import { payloadOf, readAll, resourceOf } from './harbour-target.testing.ts';

/** Takes items back: inserts are deleted, updates and voids get their former content. */
export async function takeBack(session: HarbourSession, items: readonly PostedItem[]): Promise<readonly UndoOutcome[]> {
  const outcomes: UndoOutcome[] = [];
  // One after the other: an invoice's deletion takes payments off it.
  for (const item of items) outcomes.push(await takeBackOne(session, item, (await readAll(session, [item]))(item)));
  return outcomes;
}

async function takeBackOne(session: HarbourSession, item: PostedItem, entry: Entry | undefined): Promise<UndoOutcome> {
  const { seq, record, receipt, document, former } = item;
  const key = `undo-${item.key}`;
  const left = (text: string): UndoOutcome => ({ status: 'left', seq, problem: problem('changed-there', record, text) });
  if (entry === undefined) return { status: 'gone', seq };
  if (former !== undefined && entry.key === key) return restored(session, item, entry, 'gone');
  if (`${entry.version}` !== receipt.externalVersion) return left('Someone changed it in Harbour Books. Correct it there.');
  if (former === undefined) {
    if (!item.operation.endsWith('.insert')) return left('Its former content was not kept. Correct it there.');
    await session.ask('DELETE', `/${resourceOf(document)}/${entry.id}?key=${encodeURIComponent(key)}`);
    return { status: 'undone', seq };
  }
  const { body, customer, applied } = payloadOf(former.document);
  const contact = customer === null ? null : (former.references?.[`customer/${customer}`] ?? entry.contact);
  const allocations = applied.flatMap(({ invoiceId, amount }) => {
    const invoice = item.linked?.[invoiceId];
    return invoice === undefined ? [] : [{ invoice, amount }];
  });
  const own = former.document.kind === 'payment' ? { allocations } : {};
  const sent = [{ ...body, ...own, contact, id: entry.id, ifVersion: entry.version, key }];
  const [answer] = await session.ask<readonly { entry?: Entry; error?: string }[]>('POST', `/${resourceOf(document)}`, {
    body: sent,
    key,
  });
  if (answer?.entry === undefined) return left(`Harbour Books refused it: ${answer?.error ?? 'it gave no reason.'}`);
  return restored(session, item, answer.entry, 'undone');
}

async function restored(
  session: HarbourSession,
  item: PostedItem,
  entry: Entry,
  status: 'undone' | 'gone',
): Promise<UndoOutcome> {
  const { seq, receipt, paidBy = {}, versions = {}, document } = item;
  const payload = { currency: document.currency };
  const moved =
    document.kind === 'invoice'
      ? await settlePayments(session, { key: `undo-${item.key}`, former: receipt, paidBy, versions, payload })
      : [];
  return { status, seq, externalVersion: `${entry.version}`, ...(moved.length === 0 ? {} : { moved }) };
}
