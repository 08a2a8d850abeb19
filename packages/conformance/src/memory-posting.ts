import { isDeepStrictEqual } from 'node:util';
import type { Call, Document, ExportedItem, Json, Money, Moved, PostedItem, Receipt, UndoOutcome } from '@ledgerpost/core';
import { amountOf, numberOf, type PushOutcome, problem } from '@ledgerpost/core';
import type { Held, MemoryBooks } from './memory-books.ts';

/** The whole document: these books keep all of it. */
export type MemoryPayload = { readonly [member: string]: Json } & Document;

const UNKNOWN = 'The former content was not kept. Correct the document in the books.';
export const CHANGED = 'Someone changed the document in the books after it was posted. Check it there.';

/** Posts one item of a call. What payments are applied to follows in a request of its own. */
export function post(books: MemoryBooks, call: Call<MemoryPayload>, item: ExportedItem<MemoryPayload>): PushOutcome {
  const { seq, key, record, payload, former } = item;
  const answer = books.answers.get(key);
  if (answer) return { status: 'existed', seq, receipt: answer, ...moved(books.moves.get(key)) };
  if (books.refused.has(numberOf(payload)))
    return { status: 'refused', seq, problem: problem('refused-by-target', record, `The books refuse ${numberOf(payload)}.`) };
  const before = former && books.held.get(former.externalId);
  if (former && `${before?.version}` !== former.externalVersion)
    return { status: 'conflict', seq, externalId: former.externalId, problem: problem('changed-there', record, CHANGED) };
  const references = { ...call.references, ...former?.references, ...item.references };
  const customer = payload.customer && references[`customer/${payload.customer.id}`];
  if (customer !== undefined && books.inactive.has(customer)) {
    const text = `Customer “${payload.customer!.name}” is inactive in the books. Make it active there, then retry.`;
    return { status: 'refused', seq, problem: problem('link-broken', { type: 'customer', id: payload.customer!.id }, text) };
  }
  const receipt = keep(books, former?.externalId ?? `${record.type}-${books.answers.size + 1}`, payload, customer);
  books.answers.set(key, receipt);
  const moves = before && payload.kind === 'invoice' ? fitPayments(books, receipt.externalId, item) : [];
  books.moves.set(key, moves);
  const warning = books.warned.get(receipt.number!);
  const warnings = warning === undefined ? {} : { warnings: [problem('books-differ', record, warning)] };
  return { status: 'created', seq, receipt, ...warnings, ...moved(moves) };
}

/** The payments of a call. */
export function paymentsOf({ items }: Call<MemoryPayload>): readonly ExportedItem<MemoryPayload>[] {
  return items.filter(({ payload }) => payload.kind === 'payment');
}

/** Applies a posted payment to its invoices, as far as they are in the books. */
export function apply(books: MemoryBooks, { key, payload, linked }: ExportedItem<MemoryPayload>): void {
  const id = books.answers.get(key)?.externalId;
  const held = id === undefined ? undefined : books.held.get(id);
  if (held !== undefined) books.held.set(id!, { ...held, applied: appliedBy(payload, linked) });
}

/** Takes one item back. */
export function takeBackOne(books: MemoryBooks, item: PostedItem): UndoOutcome {
  const { seq, record, operation, former } = item;
  const { externalId, externalVersion } = item.receipt;
  const held = books.held.get(externalId);
  if (!held) return { status: 'gone', seq };
  if (former && isDeepStrictEqual(held.document, former.document))
    return { status: 'gone', seq, externalVersion: `${held.version}` };
  if (`${held.version}` !== externalVersion) return { status: 'left', seq, problem: problem('changed-there', record, CHANGED) };
  if (!former && !operation.endsWith('.insert'))
    return { status: 'left', seq, problem: problem('refused-by-target', record, UNKNOWN) };
  if (!former) {
    const moves = fitPayments(books, externalId, { versions: item.versions ?? {} }, 0);
    books.held.delete(externalId);
    return { status: 'undone', seq, ...moved(moves) };
  }
  const { customer } = former.document;
  const receipt = keep(books, externalId, former.document, customer && former.references?.[`customer/${customer.id}`]);
  const back = books.held.get(externalId)!;
  if (former.document.kind === 'payment')
    books.held.set(externalId, { ...back, applied: appliedBy(former.document, item.linked) });
  const moves = former.document.kind === 'invoice' ? fitPayments(books, externalId, item) : [];
  return { status: 'undone', seq, externalVersion: receipt.externalVersion!, ...moved(moves) };
}

function appliedBy(document: Document, linked: Readonly<Record<string, string>> = {}): Readonly<Record<string, number>> {
  const applied: Record<string, number> = {};
  for (const { invoiceId, amount } of document.kind === 'payment' ? document.applied : []) {
    const id = linked[invoiceId];
    if (id !== undefined) applied[id] = (applied[id] ?? 0) + amount;
  }
  return applied;
}

/** An invoice takes no more than its total: payments are taken off, and given back where our records apply them. */
function fitPayments(
  books: MemoryBooks,
  invoice: string,
  { paidBy = {}, versions = {} }: Pick<ExportedItem, 'paidBy' | 'versions'>,
  total: number = books.held.get(invoice)!.total,
): readonly Moved[] {
  const applied = (held: Held) => held.applied?.[invoice] ?? 0;
  const payments = [...books.held].filter(([id, held]) => applied(held) > 0 || (paidBy[id] ?? 0) > 0);
  let room = total - payments.reduce((sum, [, held]) => sum + applied(held), 0);
  const moves: Moved[] = [];
  for (const [id, held] of payments.reverse()) {
    const spent = Object.values(held.applied ?? {}).reduce((sum, part) => sum + part, 0);
    const more = Math.min((paidBy[id] ?? 0) - applied(held), held.total - spent, room);
    const change = room < 0 ? -Math.min(applied(held), -room) : Math.max(more, 0);
    if (change === 0) continue;
    room -= change;
    const version = held.version + 1;
    books.held.set(id, { ...held, version, applied: { ...held.applied, [invoice]: applied(held) + change } });
    if (versions[`payment/${id}`] === `${held.version}`)
      moves.push({ kind: 'payment', externalId: id, externalVersion: `${version}` });
  }
  return moves;
}

function moved(moves: readonly Moved[] = []): { readonly moved?: readonly Moved[] } {
  return moves.length === 0 ? {} : { moved: moves };
}

function keep(books: MemoryBooks, externalId: string, document: Document, customer: string | undefined): Receipt {
  const number = numberOf(document);
  const total = (amountOf(document) + (books.differing.get(number) ?? 0)) as Money;
  const before = books.held.get(externalId);
  const version = (before?.version ?? 0) + 1;
  const whose = customer ?? before?.customer;
  const kept = before?.applied === undefined ? {} : { applied: before.applied };
  books.held.set(externalId, { number, total, version, document, ...(whose === undefined ? {} : { customer: whose }), ...kept });
  return { externalId, externalVersion: `${version}`, number, total, details: { version } };
}
