import type { CustomerRecord, ServiceRecord } from '@ledgerpost/core';
import type { Company } from '@ledgerpost/qbo-simulator';
import { cents } from './cents.ts';
import { type Effect, type Expected, effect, expectedOf, type Records, sayEffect } from './expected.ts';
import { type Hands, markerOf } from './person.ts';

/** An item as the API tells it. */
export interface Item {
  readonly seq: number;
  readonly record: { readonly type: string; readonly id: string };
  readonly operation: string;
  readonly state: string;
  readonly number: string;
  readonly amount: number;
  readonly problems: readonly { readonly code: string; readonly message: string }[];
  readonly externalId: string | null;
  readonly targetTotal: number | null;
}

/** A batch with what was known when it was started, and what came meanwhile. */
export interface Batch {
  readonly id: string;
  readonly before: Records;
  meanwhile: Records | undefined;
  items: readonly Item[];
}

export interface Examined {
  /** What is wrong, a sentence each; nothing where the books, the records and the API agree. */
  readonly findings: readonly string[];
  /** Records that stand in the books. */
  readonly standing: ReadonlySet<string>;
}

// biome-ignore lint/suspicious/noExplicitAny: what the books tell has many shapes
type Told = Record<string, any>;

const ENTITIES = ['Invoice', 'Payment', 'CreditMemo', 'JournalEntry'] as const;
const STANDING = ['posted', 'differs', 'left'];
const NAMED = ['rejected', 'blocked', 'refused', 'conflict', 'left', 'differs'];

/** One document that the API says is in the books, with the item that says what it holds now. */
interface Claim {
  readonly key: string;
  readonly item: Item;
  readonly expected: Expected | undefined;
}

/**
 * Compares the books with the records and with what the API says of each item, without asking anything that reckons in the
 * engine: every document once or not at all, each to the cent in the ledger, and nothing there that nobody knows of.
 */
export function examine(company: Company, batches: readonly Batch[], hands: Hands, mayDiffer: boolean): Examined {
  const findings: string[] = [];
  const say = (text: string) => findings.push(text);
  const claims = claimsOf(batches, say);
  const books = new Map<string, Told & { readonly entity: string }>();
  for (const entity of ENTITIES) {
    for (const told of company.records(entity) as Told[]) books.set(told.Id, { ...told, entity });
  }
  // A payment that is applied otherwise keeps the amount that a person gave it.
  for (const { key, item } of claims.values())
    if (item.state === 'differs' && !mayDiffer && !hands.own.has(item.externalId!) && !hands.touched.has(item.externalId!))
      say(`${key} differs, and nobody but us has told the books their totals: ${item.problems.at(-1)?.message}`);
  respectHands(batches, hands, say);
  const doubted = doubtedIn(batches);
  for (const claim of claims.values()) if (!doubted.has(claim.key)) compareDocument(claim, books, hands, say);
  findStrangers(books, claims, doubted, hands, say);
  compareLedger(company, claims, books, doubted, hands, say);
  compareNames(company, batches, hands, say);
  return { findings, standing: new Set([...claims.values()].map(({ key }) => key)) };
}

/**
 * Whether payments are applied as their records say. Only of those that nothing is to be said about, and whose invoices all stand:
 * what waits, was netted or is held otherwise by the books has its own reasons.
 * @param linked documents in whose links a person has a hand
 */
export function compareApplied(
  company: Company,
  batches: readonly Batch[],
  records: Records,
  said: ReadonlySet<string>,
  linked: ReadonlySet<string> = new Set(),
): readonly string[] {
  const claims = claimsOf(batches, () => {});
  const invoices = new Map(
    [...claims].filter(([, { item }]) => item.operation.startsWith('invoice.')).map(([id, { key }]) => [key, id]),
  );
  const refunded = new Set([...records.values()].flatMap((one) => (one.type === 'refund' ? [one.paymentId] : [])));
  const over = overAllocated(records);
  return (company.records('Payment') as Told[]).flatMap((held) => {
    const claim = claims.get(held.Id);
    const record = records.get(claim?.key ?? '');
    if (record?.type !== 'payment' || said.has(claim!.key) || refunded.has(record.id)) return [];
    const wanted = (record.allocations ?? []).map(
      ({ invoiceId, amount }) => [invoices.get(`invoice/${invoiceId}`), cents(amount)] as const,
    );
    if (linked.has(held.Id) || wanted.some(([id]) => id !== undefined && linked.has(id))) return [];
    if (wanted.some(([id]) => id === undefined) || record.allocations?.some(({ invoiceId }) => over.has(invoiceId))) return [];
    const applied = effect((held.Line as Told[]).map((line) => [line.LinkedTxn[0].TxnId, cents(line.Amount)]));
    const should = effect(wanted.map(([id, amount]) => [id!, amount]));
    if (sameEffect(applied, should)) return [];
    return [`${claim!.key} should be applied: ${sayEffect(should)}; and is: ${sayEffect(applied)}.`];
  });
}

/** Invoices that payments are allocated to for more than they come to: the source has to mend that. */
function overAllocated(records: Records): ReadonlySet<string> {
  const open = new Map<string, number>();
  for (const one of records.values()) {
    if (one.type === 'invoice') open.set(one.id, (open.get(one.id) ?? 0) + cents(one.total));
    if (one.type === 'payment' && one.status !== 'removed')
      for (const { invoiceId, amount } of one.allocations ?? []) open.set(invoiceId, (open.get(invoiceId) ?? 0) - cents(amount));
  }
  return new Set([...open].filter(([, left]) => left < 0).map(([id]) => id));
}

/** What a person changed in the books is neither written over nor taken back. */
function respectHands(batches: readonly Batch[], hands: Hands, say: (text: string) => void): void {
  for (const { id: batch, items } of batches) {
    for (const item of items) {
      const under = item.externalId === null ? undefined : hands.under.get(item.externalId);
      if (under === undefined || hands.touched.get(item.externalId!) !== 'changed') continue;
      const before = under.has(`${batch}/${item.seq}`);
      const key = `${item.record.type}/${item.record.id}`;
      if (before && item.state === 'undone') say(`${key} was taken back, though a person had changed it.`);
      if (!before && (item.state === 'posted' || item.state === 'differs') && item.operation.endsWith('.update'))
        say(`${key} was written over, though a person had changed it.`);
    }
  }
}

/** Records whose last call was given up before anybody knew what came of it: the API says so, so either may be. */
function doubtedIn(batches: readonly Batch[]): ReadonlySet<string> {
  const doubted = batches.flatMap(({ items }) => items.filter(({ state }) => state === 'sending'));
  return new Set(doubted.map(({ record }) => `${record.type}/${record.id}`));
}

/** Documents that stand by the items' states, by external id. Later batches change what earlier ones posted. */
function claimsOf(batches: readonly Batch[], say: (text: string) => void): Map<string, Claim> {
  const claims = new Map<string, Claim>();
  const last = new Map<string, Expected | undefined>();
  for (const batch of batches) {
    const seen = new Set<string>();
    for (const item of batch.items) {
      const key = `${item.record.type}/${item.record.id}`;
      if (seen.has(key)) say(`${key} is twice in one batch.`);
      seen.add(key);
      if (NAMED.includes(item.state) && item.problems.length === 0) say(`${key} is ${item.state}, and no problem says why.`);
      if (['claimed', 'frozen', 'ready', 'exported'].includes(item.state))
        say(`${key} is still ${item.state}, though its batch has ended.`);
      if (!STANDING.includes(item.state)) continue;
      if (item.externalId === null) {
        say(`${key} is ${item.state}, and has no id in the books.`);
        continue;
      }
      const expected = expectedFor(item, key, batch, last.get(key));
      if (expected === undefined)
        say(`${key} (${item.operation}) is ${item.state} for ${item.amount}, which none of its contents comes to.`);
      last.set(key, expected);
      const other = claims.get(item.externalId);
      if (other !== undefined && other.key !== key)
        say(`${key} and ${other.key} are both document ${item.externalId} in the books.`);
      claims.set(item.externalId, { key, item, expected });
    }
  }
  return claims;
}

function expectedFor(item: Item, key: string, batch: Batch, posted: Expected | undefined): Expected | undefined {
  for (const records of [batch.before, batch.meanwhile]) {
    const record = records?.get(key);
    if (records === undefined || record === undefined) continue;
    const expected = expectedOf(item.operation, record, records, posted);
    if (expected?.amount === item.amount) return expected;
  }
  return undefined;
}

function compareDocument(
  { key, item, expected }: Claim,
  books: ReadonlyMap<string, Told>,
  hands: Hands,
  say: (text: string) => void,
): void {
  const id = item.externalId!;
  const held = books.get(id);
  const touched = hands.touched.get(id);
  if (held === undefined) {
    if (touched !== 'gone') say(`${key} is ${item.state} as document ${id}, and the books have none.`);
    return;
  }
  if (touched === 'gone') say(`${key} is document ${id}, which a person took out, and it is back.`);
  if (touched !== undefined || hands.own.has(id)) return;
  const marker = markerOf(held);
  if (marker !== `Ledgerpost ${key.replace('/', ' ')}`) say(`${key} is document ${id}, and its note says “${marker}”.`);
  const total = totalOf(held);
  if (item.state === 'differs') {
    if (total !== item.targetTotal) say(`${key} differs by ${item.targetTotal}, and the books hold ${total}.`);
  } else if (expected !== undefined && total !== expected.amount) {
    say(`${key} is ${item.state} for ${expected.amount}, and the books hold ${total} as document ${id}.`);
  }
}

/** Every document with our marker is known to the API, once; whatever else is there, a person made. */
function findStrangers(
  books: ReadonlyMap<string, Told & { readonly entity: string }>,
  claims: ReadonlyMap<string, Claim>,
  doubted: ReadonlySet<string>,
  hands: Hands,
  say: (text: string) => void,
): void {
  const marked = new Map<string, string>();
  for (const [id, held] of books) {
    if (claims.has(id) || hands.own.has(id)) continue;
    const marker = markerOf(held);
    if (doubted.has(marker?.slice('Ledgerpost '.length).replace(' ', '/') ?? '')) continue;
    // Books apply credits by themselves with payments of nothing.
    if (marker === undefined && held.entity === 'Payment' && cents(held.TotalAmt) === 0) continue;
    say(
      `${held.entity} ${id} (${held.DocNumber ?? held.PaymentRefNum ?? ''}, ${totalOf(held)}) is in the books, ${marker === undefined ? 'and nobody made it' : `says “${marker}”, and no batch says so`}.`,
    );
  }
  for (const [id, held] of books) {
    const marker = markerOf(held);
    if (marker === undefined) continue;
    const name = `${held.entity} ${marker}`;
    const other = marked.get(name);
    if (other !== undefined) say(`${marker} is twice in the books: ${held.entity} ${other} and ${id}.`);
    marked.set(name, id);
  }
}

function compareLedger(
  company: Company,
  claims: ReadonlyMap<string, Claim>,
  books: ReadonlyMap<string, Told>,
  doubted: ReadonlySet<string>,
  hands: Hands,
  say: (text: string) => void,
): void {
  const names = new Map(
    (company.records('Customer') as Told[]).map((one) => [one.Id as string, one.FullyQualifiedName as string]),
  );
  const posted = new Map<string, number>();
  for (const { transaction, entries } of company.journal()) {
    const held = effect(entries.map(({ account, amount }) => [account, cents(amount)]));
    for (const [account, sum] of held) posted.set(account, (posted.get(account) ?? 0) + sum);
    const claim = claims.get(transaction);
    const mine = claim !== undefined && !doubted.has(claim.key) && !hands.touched.has(transaction) && !hands.own.has(transaction);
    if (mine) {
      const { key, item, expected } = claim;
      if (expected !== undefined && item.state !== 'differs' && !sameEffect(held, expected.effect))
        say(`${key} should do to the ledger: ${sayEffect(expected.effect)}; and it does: ${sayEffect(held)}.`);
      const customer = entries.find((entry) => entry.customer !== undefined)?.customer;
      if (
        expected !== undefined &&
        customer !== undefined &&
        !hands.customers.has(customer) &&
        names.get(customer) !== expected.customer
      )
        say(`${key} is owed by “${names.get(customer)}”, and should be by “${expected.customer}”.`);
    } else if (claim === undefined && !hands.own.has(transaction) && !books.has(transaction)) {
      say(`The ledger has a transaction ${transaction} that no document makes.`);
    }
  }
  for (const [id, { key, item, expected }] of claims) {
    if (doubted.has(key) || hands.touched.has(id) || hands.own.has(id) || expected === undefined || item.state === 'differs')
      continue;
    if (expected.effect.size > 0 && !company.journal().some(({ transaction }) => transaction === id))
      say(`${key} should do to the ledger: ${sayEffect(expected.effect)}; and it does nothing.`);
  }
  for (const { account, debit, credit } of company.trialBalance().rows) {
    if (cents(debit) - cents(credit) !== (posted.get(account) ?? 0))
      say(`The trial balance of ${account} is not what was posted to it.`);
  }
}

/** Nobody but a person makes customers or items that no record names: a second one for a name would be called otherwise. */
function compareNames(company: Company, batches: readonly Batch[], hands: Hands, say: (text: string) => void): void {
  const customers = new Set<string>();
  const items = new Set(['Services', 'Sales of Product Income', 'Discounts given']);
  for (const { before, meanwhile } of batches) {
    for (const record of [...before.values(), ...(meanwhile?.values() ?? [])]) {
      if (record.type === 'customer') for (const name of withParents(record)) customers.add(name);
      if (record.type === 'service') for (const name of itemNames(record)) items.add(name);
    }
  }
  for (const one of company.records('Customer') as Told[]) {
    if (hands.customers.has(one.Id) || hands.own.has(`Customer:${one.Id}`) || customers.has(one.FullyQualifiedName)) continue;
    const parent = hands.customers.has(one.ParentRef?.value);
    if (!parent) say(`Customer “${one.FullyQualifiedName}” is in the books, and no record names it.`);
  }
  for (const one of company.records('Item') as Told[]) {
    if (!items.has(one.Name)) say(`Item “${one.Name}” is in the books, and no record names it.`);
  }
}

function withParents({ accountingKey }: CustomerRecord): readonly string[] {
  const parts = (accountingKey ?? '').split(':');
  return parts.map((_, at) => parts.slice(0, at + 1).join(':'));
}

function itemNames({ name }: ServiceRecord): readonly string[] {
  return [name, `${name} (Services)`, `${name} (Sales of Product Income)`];
}

function sameEffect(a: Effect, b: Effect): boolean {
  return a.size === b.size && [...a].every(([account, sum]) => b.get(account) === sum);
}

function totalOf(held: Told): number {
  if (held.TotalAmt !== undefined && held.entity !== 'JournalEntry') return cents(held.TotalAmt);
  return (held.Line as Told[]).reduce(
    (sum, line) => (line.JournalEntryLineDetail?.PostingType === 'Debit' ? sum + cents(line.Amount) : sum),
    0,
  );
}
