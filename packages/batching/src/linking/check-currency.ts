import { foldedName, type Problem, problem } from '@ledgerpost/core';
import { type Books, bookNamesOf, type Matcher, type Sql, type WorkBatch } from '@ledgerpost/store';
import type { Verdict } from './judge-names.ts';

/**
 * Customers that the books keep in another currency than the company's, by our key: no document of ours can be posted to one of them. By
 * the names that are known here; one that nobody has read is found at the push.
 */
export async function inOtherCurrencies(
  sql: Sql,
  books: Books,
  batch: WorkBatch,
  verdicts: readonly Verdict[],
  matcher: Matcher | undefined,
): Promise<ReadonlyMap<string, Problem>> {
  const ids = verdicts.flatMap((verdict) => (verdict.is === 'linked' ? [verdict.link.externalId] : []));
  const linked = new Map(
    ids.length === 0 ? [] : (await bookNamesOf(sql, books, 'customer', ids)).map((one) => [one.externalId, one]),
  );
  const found = new Map<string, Problem>();
  for (const verdict of verdicts) {
    if (verdict.is === 'stopped') continue;
    const { key, name } = verdict.need;
    const named =
      verdict.is === 'linked' ? [] : (matcher?.match({ key, name, folded: foldedName(name), documents: 1 }).named ?? []);
    const there = verdict.is === 'linked' ? linked.get(verdict.link.externalId) : named.length === 1 ? named[0] : undefined;
    const { currency } = batch.company;
    if (there?.currency == null || there.currency === currency) continue;
    const text = `Customer “${there.name}” is in ${there.currency} in the books, and these documents are in ${currency}. The books can’t change a customer’s currency: create a customer in ${currency} there, then match this one to it on the page Matching.`;
    found.set(key, problem('customer-in-other-currency', { type: 'customer', id: key }, text, 'accountingKey'));
  }
  return found;
}
