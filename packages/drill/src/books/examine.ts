import type { CustomerRecord, ServiceRecord } from '@ledgerpost/core';
import type { Company } from '@ledgerpost/qbo-simulator';
import { cents } from './cents.ts';
import { type Batch, type Claim, claimsOf, doubtedIn } from './claims.ts';
import { ENTITIES, type Held, markerOf } from './documents.ts';
import { describeEffect, effect, sameEffect } from './expected.ts';
import type { Hands } from './hands.ts';
import { compareDoubles, compareIdentities, compareStops } from './who-is-who.ts';

export interface Examined {
  /** What is wrong, a sentence each. Empty where the books, the records and the API agree. */
  readonly findings: readonly string[];
  /** Records that are in the books. */
  readonly standing: ReadonlySet<string>;
}

/**
 * Compares the books with the records and with each item's state in the API, without using the engine's own
 * computations: every document once or not at all, each to the cent in the ledger, and nothing unknown.
 */
export function examine(company: Company, batches: readonly Batch[], hands: Hands, mayDiffer: boolean): Examined {
  const findings: string[] = [];
  const report = (text: string) => findings.push(text);
  const claims = claimsOf(batches, report);
  const books = new Map<string, Held & { readonly entity: string }>();
  for (const entity of ENTITIES) {
    for (const held of company.records(entity) as Held[]) books.set(held.Id, { ...held, entity });
  }
  // A payment whose links we changed keeps the amount that a person gave it.
  for (const { key, item } of claims.values())
    if (item.state === 'differs' && !mayDiffer && !hands.own.has(item.externalId!) && !hands.touched.has(item.externalId!))
      report(`${key} differs, but only we wrote its total: ${item.problems.at(-1)?.message}`);
  respectHands(batches, hands, report);
  const doubted = doubtedIn(batches);
  for (const claim of claims.values()) if (!doubted.has(claim.key)) compareDocument(claim, books, hands, report);
  findStrangers(books, claims, doubted, hands, report);
  compareLedger(company, claims, books, doubted, hands, report);
  compareIdentities(claims, books, batches, hands, doubted, report);
  compareDoubles(company, batches, hands, report);
  compareStops(company, batches, hands, report);
  compareNames(company, batches, hands, report);
  return { findings, standing: new Set([...claims.values()].map(({ key }) => key)) };
}

/** A change by a person is neither overwritten nor undone. */
function respectHands(batches: readonly Batch[], hands: Hands, report: (text: string) => void): void {
  for (const { id: batch, items } of batches) {
    for (const item of items) {
      const under = item.externalId === null ? undefined : hands.under.get(item.externalId);
      if (under === undefined || hands.touched.get(item.externalId!) !== 'changed') continue;
      const name = `${batch}/${item.seq}`;
      const before = under.has(name);
      const key = `${item.record.type}/${item.record.id}`;
      if (before && item.state === 'undone' && !hands.links.has(name))
        report(`${key} was undone, though a person had changed it.`);
      if (!before && (item.state === 'posted' || item.state === 'differs') && item.operation.endsWith('.update'))
        report(`${key} was overwritten, though a person had changed it.`);
    }
  }
}

function compareDocument(
  { key, item, expected }: Claim,
  books: ReadonlyMap<string, Held>,
  hands: Hands,
  report: (text: string) => void,
): void {
  const id = item.externalId!;
  const held = books.get(id);
  const touched = hands.touched.get(id);
  if (held === undefined) {
    if (touched !== 'gone') report(`${key} is ${item.state} as document ${id}, which is not in the books.`);
    return;
  }
  if (touched === 'gone') report(`${key} is document ${id}, which a person removed, and it is back.`);
  if (touched !== undefined || hands.own.has(id)) return;
  const marker = markerOf(held);
  if (marker !== `Ledgerpost ${key.replace('/', ' ')}`) report(`${key} is document ${id}, but its note is “${marker}”.`);
  const total = totalOf(held);
  if (item.state === 'differs') {
    if (total !== item.targetTotal)
      report(`${key} differs: the API shows a total of ${item.targetTotal}, and the books hold ${total}.`);
  } else if (expected !== undefined && total !== (expected.held ?? expected.amount)) {
    report(`${key} is ${item.state} for ${expected.held ?? expected.amount}, and the books hold ${total} as document ${id}.`);
  }
}

/** The API knows every document with our marker, once. Everything else was created by a person. */
function findStrangers(
  books: ReadonlyMap<string, Held & { readonly entity: string }>,
  claims: ReadonlyMap<string, Claim>,
  doubted: ReadonlySet<string>,
  hands: Hands,
  report: (text: string) => void,
): void {
  const marked = new Map<string, string>();
  for (const [id, held] of books) {
    if (claims.has(id) || hands.own.has(id)) continue;
    const marker = markerOf(held);
    if (doubted.has(marker?.slice('Ledgerpost '.length).replace(' ', '/') ?? '')) continue;
    // The books apply credits automatically with payments of zero.
    if (marker === undefined && held.entity === 'Payment' && cents(held.TotalAmt) === 0) continue;
    report(
      `${held.entity} ${id} (${held.DocNumber ?? held.PaymentRefNum ?? ''}, ${totalOf(held)}) is in the books, but ${marker === undefined ? 'nobody created it' : `no batch posted “${marker}”`}.`,
    );
  }
  for (const [id, held] of books) {
    const marker = markerOf(held);
    if (marker === undefined) continue;
    const name = `${held.entity} ${marker}`;
    const other = marked.get(name);
    if (other !== undefined) report(`${marker} is twice in the books: ${held.entity} ${other} and ${id}.`);
    marked.set(name, id);
  }
}

function compareLedger(
  company: Company,
  claims: ReadonlyMap<string, Claim>,
  books: ReadonlyMap<string, Held>,
  doubted: ReadonlySet<string>,
  hands: Hands,
  report: (text: string) => void,
): void {
  const posted = new Map<string, number>();
  for (const { transaction, entries } of company.journal()) {
    const held = effect(entries.map(({ account, amount }) => [account, cents(amount)]));
    for (const [account, sum] of held) posted.set(account, (posted.get(account) ?? 0) + sum);
    const claim = claims.get(transaction);
    const mine = claim !== undefined && !doubted.has(claim.key) && !hands.touched.has(transaction) && !hands.own.has(transaction);
    if (mine) {
      const { key, item, expected } = claim;
      if (expected !== undefined && item.state !== 'differs' && !sameEffect(held, expected.effect))
        report(`${key} should post ${describeEffect(expected.effect)}, but posts ${describeEffect(held)}.`);
    } else if (claim === undefined && !hands.own.has(transaction) && !books.has(transaction)) {
      report(`The ledger has a transaction ${transaction} without a document.`);
    }
  }
  for (const [id, { key, item, expected }] of claims) {
    if (doubted.has(key) || hands.touched.has(id) || hands.own.has(id) || expected === undefined || item.state === 'differs')
      continue;
    if (expected.effect.size > 0 && !company.journal().some(({ transaction }) => transaction === id))
      report(`${key} should post ${describeEffect(expected.effect)}, but posts nothing.`);
  }
  for (const { account, debit, credit } of company.trialBalance().rows) {
    if (cents(debit) - cents(credit) !== (posted.get(account) ?? 0))
      report(`The trial balance of ${account} is not what was posted to it.`);
  }
}

/** Only a person creates customers or items that no record names: a duplicate of ours would have another name. */
function compareNames(company: Company, batches: readonly Batch[], hands: Hands, report: (text: string) => void): void {
  const customers = new Set<string>();
  const items = new Set(['Services', 'Sales of Product Income', 'Discounts given']);
  for (const { before, during } of batches) {
    for (const record of [...before.values(), ...(during?.values() ?? [])]) {
      if (record.type === 'customer') {
        for (const name of withParents(record)) customers.add(name);
        // One that a person called another one of its name.
        if (hands.words.has(record.id)) customers.add(`${record.accountingKey} (${record.id})`);
      }
      if (record.type === 'service') for (const name of itemNames(record)) items.add(name);
    }
  }
  for (const one of company.records('Customer') as Held[]) {
    if (hands.customers.has(one.Id) || hands.own.has(`Customer:${one.Id}`) || customers.has(one.FullyQualifiedName)) continue;
    const parent = hands.customers.has(one.ParentRef?.value);
    if (!parent) report(`Customer “${one.FullyQualifiedName}” is in the books, and no record names it.`);
  }
  for (const one of company.records('Item') as Held[]) {
    if (!items.has(one.Name) && !hands.own.has(`Item:${one.Id}`))
      report(`Item “${one.Name}” is in the books, and no record names it.`);
  }
}

function withParents({ accountingKey }: CustomerRecord): readonly string[] {
  const parts = (accountingKey ?? '').split(':');
  return parts.map((_, at) => parts.slice(0, at + 1).join(':'));
}

function itemNames({ name }: ServiceRecord): readonly string[] {
  return [name, `${name} (Services)`, `${name} (Sales of Product Income)`];
}

function totalOf(held: Held): number {
  if (held.TotalAmt !== undefined && held.entity !== 'JournalEntry') return cents(held.TotalAmt);
  return (held.Line as Held[]).reduce(
    (sum, line) => (line.JournalEntryLineDetail?.PostingType === 'Debit' ? sum + cents(line.Amount) : sum),
    0,
  );
}
