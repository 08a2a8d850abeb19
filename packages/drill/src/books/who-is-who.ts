import type { CustomerRecord, InvoiceRecord, SourceRecord } from '@ledgerpost/core';
import type { Company } from '@ledgerpost/qbo-simulator';
import type { Batch, Claim } from './claims.ts';
import { type Held, survivor } from './documents.ts';
import type { Hands } from './hands.ts';

/**
 * Who is who in the books, from the records and people's words alone: all documents of one of our customers are at one customer there,
 * two of ours are never one there, and no document moves there whose record has the same customer as before, whatever both sides call
 * them. Products likewise. What a person merged counts as one. What somebody said on the page Matching counts from the next batch on.
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
  for (const [id, claim] of claims) {
    const held = books.get(id);
    if (held === undefined || doubted.has(claim.key) || hands.touched.has(id) || hands.own.has(id)) continue;
    const customer = held.CustomerRef?.value ?? entityOf(held);
    const ours = claim.expected?.customer;
    if (customer !== undefined && ours !== undefined) {
      const theirs = survivor(hands.merged, 'Customer', customer);
      compareMoves(id, claim, { theirs, ours }, hands, report);
      compareCustomers(customers, id, claim, { theirs, ours }, batches, hands, report);
    }
    const record = versionOf(claim, batches);
    if (record?.type === 'invoice' || record?.type === 'creditMemo') {
      for (const [service, item] of servicesOf(record, held)) items.add(service, survivor(hands.merged, 'Item', item), claim.key);
    }
  }
  const one = new Set([...hands.merged].map(([from, into]) => placeOf(hands, from.split('/')[0] as 'Customer', into)));
  customers.report('Customer', one, report);
  items.report('Item', one, report);
}

function placeOf(hands: Hands, kind: 'Customer' | 'Item', id: string): string {
  return `${kind}/${survivor(hands.merged, kind, id)}`;
}

interface Place {
  readonly theirs: string;
  readonly ours: string;
}

/** A document stays at its customer there as long as its record has the same one here: no new name and no new word moves it. */
function compareMoves(id: string, { key }: Claim, now: Place, hands: Hands, report: (text: string) => void): void {
  const before = hands.places.get(id);
  hands.places.set(id, now);
  if (before === undefined || before.ours !== now.ours) return;
  const stood = survivor(hands.merged, 'Customer', before.theirs);
  if (stood !== now.theirs)
    report(`${key} (document ${id}) moved from customer ${stood} to ${now.theirs} in the books, and is ${now.ours}'s as before.`);
}

/** Documents from before a person's word stay where they are, and so do payments of such invoices: only later invoices are compared. */
function compareCustomers(
  customers: Pairs,
  id: string,
  { key }: Claim,
  { theirs, ours }: Place,
  batches: readonly Batch[],
  hands: Hands,
  report: (text: string) => void,
): void {
  const word = hands.words.get(ours);
  if (word === undefined) {
    customers.add(ours, theirs, key);
    return;
  }
  const since = batches.findIndex(({ items }) => items.some(({ externalId }) => externalId === id));
  if (since < word.since || !/^(invoice|creditMemo)\//.test(key)) return;
  if (word.to !== undefined && survivor(hands.merged, 'Customer', word.to) !== theirs)
    report(`${key} (document ${id}) is at customer ${theirs} in the books, and a person decided that ${ours} is ${word.to}.`);
  if (word.is === 'another' || word.is === 'one of theirs') customers.add(ours, theirs, key);
}

/**
 * One of ours has one customer in the books: of its names, at most one was ever created. A new name that made a second customer would
 * stay there without a document.
 */
export function compareDoubles(company: Company, batches: readonly Batch[], hands: Hands, report: (text: string) => void): void {
  const names = new Map<string, Set<string>>();
  const parents = new Set<string>();
  for (const { before, during } of batches) {
    for (const record of [...before.values(), ...(during?.values() ?? [])]) {
      if (record.type !== 'customer') continue;
      const parts = (record as CustomerRecord).accountingKey!.split(':');
      const name = parts.join(':');
      names.set(name, (names.get(name) ?? new Set()).add(record.id));
      for (let at = 1; at < parts.length; at++) parents.add(parts.slice(0, at).join(':'));
    }
  }
  const found = new Map<string, string>();
  for (const one of company.records('Customer') as Held[]) {
    const name = one.FullyQualifiedName as string;
    const [ours, ...others] = names.get(name) ?? [];
    if (ours === undefined || others.length > 0 || parents.has(name) || isTheirs(one, hands) || hands.words.has(ours)) continue;
    const other = found.get(ours);
    if (other !== undefined) report(`Customer ${ours} is twice in the books: as “${other}” and as “${name}”.`);
    found.set(ours, name);
  }
}

/** A document waits for a person to match its customer only if two could be meant: two of ours, or one that a person named there. */
export function compareStops(company: Company, batches: readonly Batch[], hands: Hands, report: (text: string) => void): void {
  const named = new Map<string, Set<string>>();
  const fold = (name: string) => name.toLowerCase();
  for (const { before, during } of batches) {
    for (const record of [...before.values(), ...(during?.values() ?? [])]) {
      if (record.type !== 'customer') continue;
      const name = fold((record as CustomerRecord).accountingKey!);
      named.set(name, (named.get(name) ?? new Set()).add(record.id));
    }
  }
  for (const one of company.records('Customer') as Held[])
    if (isTheirs(one, hands)) named.set(fold(one.FullyQualifiedName), new Set(['a person', 'another']));
  if (hands.customers.size > 0 || hands.words.size > 0 || [...hands.own].some((id) => id.startsWith('Item:'))) return;
  for (const { before, items } of batches) {
    for (const { record, problems } of items) {
      if (!problems.some(({ code }) => code === 'customer-to-match')) continue;
      const customerId = (before.get(`${record.type}/${record.id}`) as { customerId?: string } | undefined)?.customerId;
      const customer = before.get(`customer/${customerId}`) as CustomerRecord | undefined;
      const sharing = customer === undefined ? undefined : named.get(fold(customer.accountingKey!));
      if (sharing?.size === 1)
        report(`${record.type}/${record.id} waits for a person to match customer ${customerId}, and nobody else has its name.`);
    }
  }
}

function isTheirs(one: Held, hands: Hands): boolean {
  return hands.customers.has(one.Id) || hands.own.has(`Customer:${one.Id}`) || hands.merged.has(`Customer/${one.Id}`);
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
