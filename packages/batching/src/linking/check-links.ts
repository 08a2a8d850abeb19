import { foldedName, type Problem, problem, type RecordType } from '@ledgerpost/core';
import {
  customersCalled,
  customersInBatch,
  findTarget,
  type Link,
  linksOf,
  linksTo,
  markItems,
  namesOf,
  openMatcher,
  type Sql,
  usesOfCustomers,
  usesOfItems,
  type WorkBatch,
} from '@ledgerpost/store';
import { booksIn } from './books-in.ts';
import { inOtherCurrencies } from './check-currency.ts';
import { checkItemAccounts } from './check-item-accounts.ts';
import { firstOfEach } from './first-of-each.ts';
import { judgeNames, type KeyedNeed, needsMatcher } from './judge-names.ts';
import { renamedHere, sharedToConfirm } from './link-problems.ts';

/**
 * What links show about a batch before anything is sent: documents whose customer or item a person has to match first are rejected. Reads
 * links and the books' names as they are known here, writes neither, and asks nobody. At a file target it warns of customers with one
 * name, which is all that there is.
 */
export async function checkLinks(sql: Sql, batch: WorkBatch): Promise<void> {
  if ((await findTarget(sql, batch.company.id, batch.target))?.delivery === 'files') return warnOfSharedNames(sql, batch);
  const books = await booksIn(sql, batch);
  const names = (await namesOf(sql, batch.id)).filter(({ key }) => key !== '');
  for (const kind of ['customer', 'item'] as const) {
    const needs = await needsInOrder(sql, batch, kind, names);
    if (needs.length === 0) continue;
    const keys = needs.map(({ key }) => key);
    const links = new Map((await linksOf(sql, books, kind, keys)).map((link) => [link.key, link]));
    const matcher = needsMatcher(needs, links) ? await openMatcher(sql, books, { kind, settings: batch.settings }) : undefined;
    const stopped = new Map<string, Problem>();
    const told = new Map<string, Problem>();
    const toConfirm: { need: KeyedNeed; link: Link }[] = [];
    const verdicts = judgeNames(needs, links, matcher);
    if (kind === 'customer')
      for (const [key, found] of await inOtherCurrencies(sql, books, batch, verdicts, matcher)) stopped.set(key, found);
    for (const verdict of verdicts) {
      if (verdict.is === 'stopped') stopped.set(verdict.need.key, verdict.problem);
      if (verdict.is !== 'linked') continue;
      if (verdict.renamed) told.set(verdict.need.key, renamedHere(verdict.need, verdict.link));
      else if (verdict.link.toConfirm) toConfirm.push(verdict);
    }
    const sharing = await linksTo(
      sql,
      books,
      kind,
      toConfirm.map(({ link }) => link.externalId),
    );
    for (const { need, link } of toConfirm) {
      const others = sharing.filter((one) => one.externalId === link.externalId && one.key !== link.key).map(({ key }) => key);
      told.set(need.key, sharedToConfirm(need, others));
    }
    const uses = kind === 'customer' ? usesOfCustomers : usesOfItems;
    const marks = await uses(sql, batch.id, [...stopped.keys()]);
    await markItems(
      sql,
      batch.id,
      'rejected',
      marks.map(({ seq, key }) => ({ seq, problem: stopped.get(key)! })),
    );
    await markItems(sql, batch.id, undefined, firstOfEach(await uses(sql, batch.id, [...told.keys()]), told));
  }
  await checkItemAccounts(sql, batch, names);
}

/** The customers in the order of the batch's documents: of two with one name, the first is created. */
async function needsInOrder(
  sql: Sql,
  batch: WorkBatch,
  kind: 'customer' | 'item',
  names: Awaited<ReturnType<typeof namesOf>>,
): Promise<readonly KeyedNeed[]> {
  const needed = new Map(names.filter((name) => name.kind === kind).map((name) => [name.key, name]));
  const need = ({ key, name, details }: (typeof names)[number]): KeyedNeed => {
    const kept = (details as { readonly need?: KeyedNeed['details'] } | null)?.need ?? null;
    return { kind, key, name, details: kept };
  };
  if (kind === 'item') return [...needed.values()].map(need);
  const customers = await customersInBatch(sql, batch.id);
  return customers.flatMap(({ key }) => (needed.has(key) ? [need(needed.get(key)!)] : []));
}

async function warnOfSharedNames(sql: Sql, batch: WorkBatch): Promise<void> {
  const customers = await customersInBatch(sql, batch.id);
  if (customers.length === 0) return;
  const called = await customersCalled(sql, batch.company.id, new Set(customers.map(({ name }) => foldedName(name))));
  const warned = new Map<string, Problem>();
  for (const { key, name } of customers) {
    const others = (called.get(foldedName(name)) ?? []).filter((id) => id !== key);
    if (others.length === 0) continue;
    const text = `Customer ${key} and customer ${others[0]} are both called “${name}”, and the file has nothing else to tell them apart, so the books treat them as one. Give one of them another name, here and in the books.`;
    warned.set(key, problem('customer-shared-name', { type: 'customer' as RecordType, id: key }, text, 'accountingKey'));
  }
  const uses = await usesOfCustomers(sql, batch.id, [...warned.keys()]);
  await markItems(
    sql,
    batch.id,
    undefined,
    uses.map(({ seq, key }) => ({ seq, problem: warned.get(key)! })),
  );
}
