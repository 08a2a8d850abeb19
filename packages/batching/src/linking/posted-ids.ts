import type { AnyTarget, Call, Document, ReferenceNeed, SameIds } from '@ledgerpost/core';
import { mergesOf, namesOf, postedForItems, type Sql, type StoredName, type WorkBatch } from '@ledgerpost/store';
import { booksIn } from './books-in.ts';

/** The ids of needs among a batch's names, by `kind/key`; by `kind/name` too where one id alone has the name, for payloads of before keys. */
export function idsOf(needs: readonly ReferenceNeed[], known: readonly StoredName[]): Record<string, string> {
  const byKey = new Map<string, string>();
  const byName = new Map<string, string>();
  const keyless = new Map<string, string>();
  for (const { kind, key, name, externalId } of known) {
    if (externalId === null) continue;
    const at = `${kind}/${name}`;
    if (key === '') keyless.set(at, externalId);
    else byKey.set(`${kind}/${key}`, externalId);
    // Two customers of one name: only the key tells them apart.
    byName.set(at, byName.has(at) && byName.get(at) !== externalId ? '' : externalId);
  }
  const ids: Record<string, string> = {};
  for (const { kind, key, name } of needs) {
    const at = `${kind}/${name}`;
    const id = key === undefined ? byName.get(at) : (byKey.get(`${kind}/${key}`) ?? keyless.get(at));
    if (id !== undefined && id !== '') ids[`${kind}/${key ?? name}`] = id;
  }
  for (const { kind, name } of needs) {
    const at = `${kind}/${name}`;
    const id = byName.get(at);
    if (id !== undefined && id !== '') ids[at] ??= id;
  }
  return ids;
}

/** A document that is posted, and where its ids are. */
interface PostedIn {
  readonly batchId: string | null;
  readonly ids: Ids | null;
  readonly document: Document | null;
}

type Ids = Readonly<Record<string, string>>;

/**
 * The ids that documents were posted with, in their order: those that the posting kept, else those of its batch's names. Undefined where
 * nobody kept them, as for what a person marked as being in the books.
 */
export async function postedIds(
  sql: Sql,
  target: AnyTarget,
  batch: Of,
  posted: readonly PostedIn[],
): Promise<readonly (Ids | undefined)[]> {
  const { delivery } = target;
  if (delivery.by !== 'push') return posted.map(() => undefined);
  const needsOf = ({ document }: PostedIn) => (document === null ? [] : delivery.needs(document, undefined, batch.settings));
  const without = posted.filter(({ ids, batchId, document }) => ids === null && batchId !== null && document !== null);
  const named = new Map<string, readonly StoredName[]>();
  for (const [batchId, ones] of Map.groupBy(without, (one) => one.batchId!)) {
    const names = new Set(ones.flatMap((one) => needsOf(one).map(({ name }) => name)));
    named.set(batchId, await namesOf(sql, batchId, [...names]));
  }
  return posted.map((one) => {
    if (one.ids !== null) return one.ids;
    const known = one.batchId === null ? undefined : named.get(one.batchId);
    return known === undefined || one.document === null ? undefined : idsOf(needsOf(one), known);
  });
}

/** The ids that exported items have of their own, by their numbers: those of what they change, and of what they belong to. */
export async function idsForItems(
  sql: Sql,
  target: AnyTarget,
  batch: Of & { readonly id: string },
  seqs: readonly number[],
): Promise<{ readonly former: ReadonlyMap<number, Ids>; readonly own: ReadonlyMap<number, Ids> }> {
  const posted = await postedForItems(sql, batch.id, seqs);
  const ids = await postedIds(sql, target, batch, posted);
  const former = new Map<number, Ids>();
  const own = new Map<number, Ids>();
  for (const [at, { seq, role, document }] of posted.entries()) {
    const found = ids[at];
    if (found === undefined) continue;
    if (role === 'former') former.set(seq, found);
    // A payment goes to the customer that its invoice was posted with, even if that one was matched again since.
    else if (document?.customer !== undefined) {
      const key = `customer/${document.customer.id}`;
      // One that is posted stays where it is, even if its invoice was posted after the customer was matched again.
      if (found[key] !== undefined && former.get(seq)?.[key] === undefined) own.set(seq, { ...own.get(seq), [key]: found[key] });
    }
  }
  return { former, own };
}

/** The ids that an item of a call was sent with, by `kind/key`: its own count first, then those of what it changed. */
export function idsSent(target: AnyTarget, batch: Of, call: Call, seq: number, document: Document | undefined): Ids | undefined {
  const item = call.items.find((one) => one.seq === seq);
  if (target.delivery.by !== 'push' || document === undefined || item === undefined) return undefined;
  const all = { ...call.references, ...item.former?.references, ...item.references };
  const needs = target.delivery.needs(document, undefined, batch.settings);
  const sent = needs.flatMap(({ kind, key, name }) => {
    const id = all[`${kind}/${key ?? name}`];
    return id === undefined ? [] : [[`${kind}/${key ?? name}`, id] as const];
  });
  return sent.length === 0 ? undefined : Object.fromEntries(sent);
}

/** The ids that count as one in a batch's books; undefined if there are none. */
export async function sameIdsOf(sql: Sql, batch: Of): Promise<SameIds | undefined> {
  const books = await booksIn(sql, batch);
  const [customer, item] = [await mergesOf(sql, books, 'customer'), await mergesOf(sql, books, 'item')];
  if (customer.size === 0 && item.size === 0) return undefined;
  return { customer: Object.fromEntries(customer), item: Object.fromEntries(item) };
}

type Of = Pick<WorkBatch, 'company' | 'target' | 'connectionId' | 'settings'>;
