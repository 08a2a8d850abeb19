import type { InvoiceRecord, SourceRecord } from '@ledgerpost/core';
import type { Batch, Claim } from './claims.ts';
import type { Held } from './documents.ts';
import type { Hands } from './hands.ts';

/**
 * Who is who in the books, from the records alone: all documents of one of our customers are at one customer there, and two of ours are
 * never one there, whatever both sides call them. Products likewise. What a person merged counts as one.
 */
export function compareIdentities(
  claims: ReadonlyMap<string, Claim>,
  books: ReadonlyMap<string, Held>,
  batches: readonly Batch[],
  hands: Hands,
  doubted: ReadonlySet<string>,
  report: (text: string) => void,
): void {
  const customers = new Pairs();
  const items = new Pairs();
  const survivor = (kind: string, id: string): string => {
    const into = hands.merged.get(`${kind}/${id}`);
    return into === undefined ? id : survivor(kind, into);
  };
  for (const [id, claim] of claims) {
    const held = books.get(id);
    if (held === undefined || doubted.has(claim.key) || hands.touched.has(id) || hands.own.has(id)) continue;
    const record = versionOf(claim, batches);
    if (record === undefined) continue;
    const customer = held.CustomerRef?.value ?? entityOf(held);
    const ours = claim.expected?.customer;
    if (customer !== undefined && ours !== undefined) customers.add(ours, survivor('Customer', customer), claim.key);
    if (record.type === 'invoice' || record.type === 'creditMemo') {
      for (const [service, item] of servicesOf(record, held)) items.add(service, survivor('Item', item), claim.key);
    }
  }
  const merged = new Set([...hands.merged].map(([from, into]) => `${from.split('/')[0]}/${survivor(from.split('/')[0]!, into)}`));
  customers.report('Customer', merged, report);
  items.report('Item', merged, report);
}

/** The version of the record that the item sent, where only one fits. */
function versionOf({ key, item }: Claim, batches: readonly Batch[]): SourceRecord | undefined {
  const batch = batches.find(({ items }) => items.includes(item));
  const [before, during] = [batch?.before.get(key), batch?.during?.get(key)];
  return during === undefined || JSON.stringify(before) === JSON.stringify(during) ? before : undefined;
}

/** The customer of a journal entry. */
function entityOf(held: Held): string | undefined {
  return ((held.Line ?? []) as Held[]).map((line) => line.JournalEntryLineDetail?.Entity?.EntityRef?.value).find(Boolean);
}

/** Lines of a service without a category of their own, and the item that each has in the books. */
function servicesOf(record: Pick<InvoiceRecord, 'lines'>, held: Held): readonly (readonly [string, string])[] {
  const lines = ((held.Line ?? []) as Held[]).filter((line) => line.DetailType === 'SalesItemLineDetail');
  if (lines.length !== record.lines.length) return [];
  return record.lines.flatMap((line, at) => {
    const item = lines[at]!.SalesItemLineDetail?.ItemRef?.value as string | undefined;
    const own = line.serviceId !== undefined && line.accountingCategory === undefined;
    return own && item !== undefined ? [[line.serviceId!, item] as const] : [];
  });
}

/** What of ours is what there, with a document that shows it. */
class Pairs {
  readonly #byOurs = new Map<string, Map<string, string>>();
  readonly #byTheirs = new Map<string, Map<string, string>>();

  add(ours: string, theirs: string, document: string): void {
    inner(this.#byOurs, ours).set(theirs, document);
    inner(this.#byTheirs, theirs).set(ours, document);
  }

  report(kind: string, merged: ReadonlySet<string>, report: (text: string) => void): void {
    for (const [ours, all] of this.#byOurs) {
      if (all.size > 1) report(`${kind} ${ours} of ours is several in the books: ${list(all)}.`);
    }
    for (const [theirs, all] of this.#byTheirs) {
      if (all.size > 1 && !merged.has(`${kind}/${theirs}`))
        report(`${kind} ${theirs} in the books is several of ours: ${list(all)}.`);
    }
  }
}

function inner(map: Map<string, Map<string, string>>, key: string): Map<string, string> {
  const own = map.get(key) ?? new Map<string, string>();
  map.set(key, own);
  return own;
}

function list(all: ReadonlyMap<string, string>): string {
  return [...all].map(([id, document]) => `${id} (${document})`).join(', ');
}
