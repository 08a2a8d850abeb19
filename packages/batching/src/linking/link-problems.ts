import { type Problem, problem, type RecordRef, type ReferenceNeed } from '@ledgerpost/core';
import type { Link } from '@ledgerpost/store';

/** What a link problem is about: one of ours, by its kind, key and name. */
export type Named = Pick<ReferenceNeed, 'kind' | 'name' | 'key' | 'details'>;

/** The record that a person corrects or matches: the customer, or the service; else the document that needs the name. */
export function recordOf(need: Named): RecordRef {
  if (need.kind === 'customer' && need.key !== undefined) return { type: 'customer', id: need.key };
  const service = need.key?.startsWith('service:') ? need.key.slice(8).split('/category:')[0] : undefined;
  if (service !== undefined) return { type: 'service', id: service };
  return (
    (need.details as unknown as { readonly record?: RecordRef } | null)?.record ?? { type: 'service', id: need.key ?? need.name }
  );
}

function toMatch(need: Named, reason: string): Problem {
  const field = need.kind === 'customer' ? 'accountingKey' : undefined;
  return problem('customer-to-match', recordOf(need), `${reason} Match it on the page Matching, then batch again.`, field);
}

/** The books have several of the name. */
export function severalThere(need: Named, count: number): Problem {
  return toMatch(need, `The books have ${count} ${many(need)} that “${need.name}” could be.`);
}

/** A person said to create it, and the books have one of the name by now. */
export function alreadyThere(need: Named): Problem {
  return toMatch(need, `“${need.name}” is to be created, and the books have another ${one(need)} of that name already.`);
}

/** Another customer of ours has the name, or is linked to the one that has it there. */
export function claimedByTwo(need: Named, others: readonly string[]): Problem {
  const other = others[0] === undefined ? 'another one' : `customer ${others[0]}`;
  return toMatch(
    need,
    `Customer ${need.key ?? ''} “${need.name}” and ${other} have one name here, so it is not clear which of them the books mean by it.`,
  );
}

/** The new name here is the name of another one there: it may be a corrected key, or just a new name. */
export function renamedToAnother(need: Named, link: Link): Problem {
  return toMatch(
    need,
    `“${link.name}” is now called “${need.name}” here, and the books have another ${one(need)} of that name. It is not clear which of the two is meant.`,
  );
}

/** The other side of the link can't be used. */
export function brokenLink(need: Named, link: Link): Problem {
  const became = {
    inactive: 'is inactive there',
    deleted: 'was deleted there',
    merged: 'was merged into another one there',
  }[link.broken?.status ?? 'inactive'];
  const cure =
    link.broken?.status === 'merged'
      ? 'Accept the one that is left, or match it again, on the page Matching.'
      : 'Make it active in the books and refresh the list, match it again, or let Ledgerpost create it, on the page Matching.';
  return problem(
    'link-broken',
    recordOf(need),
    `The ${one(need)} of the books that “${need.name}” is linked to ${became}. ${cure}`,
  );
}

/** It has a new name here, and its link stays. */
export function renamedHere(need: Named, link: Link): Problem {
  const text = `“${link.name}” is called “${need.name}” now. It stays linked to the same ${one(need)} of the books, which keeps its name there.`;
  return problem('customer-renamed', recordOf(need), text);
}

/** The new name could not be given to it in the books. */
export function notRenamedThere(need: Named, reason: string): Problem {
  const text = `The books keep the former name of “${need.name}”: ${reason} Rename it there, or leave it as it is. The link stays either way.`;
  return problem('name-kept-in-books', recordOf(need), text);
}

/** Its own account in the books counts, and the settings map it to another one. */
export function onOwnAccount(need: Named, own: string, mappedTo: string): Problem {
  const text = `“${need.name}” is on account “${own}” in the books, and the settings map it to “${mappedTo}”. Its lines go to “${own}”. If that is wrong, change its account in the books.`;
  return problem('item-on-own-account', recordOf(need), text);
}

/** The settings let the mapping decide, and the books have it on another account. */
export function onTwoAccounts(need: Named, own: string, mappedTo: string): Problem {
  const text = `“${need.name}” is on account “${own}” in the books, but the settings map it to “${mappedTo}”. Change the account in the books or in the settings, or let the books decide (the setting items.account).`;
  return problem('item-on-two-accounts', recordOf(need), text);
}

/** Two of ours were posted to it before links were kept. */
export function sharedToConfirm(need: Named, others: readonly string[]): Problem {
  const text = `“${need.name}” and ${others.map((key) => `customer ${key}`).join(', ') || 'another customer'} are one customer in the books, because they had one name there. Confirm it, or match one of them again, on the page Matching.`;
  return problem('link-shared', recordOf(need), text);
}

function one({ kind }: Named): string {
  return kind === 'customer' ? 'customer' : 'product or service';
}

function many({ kind }: Named): string {
  return kind === 'customer' ? 'customers' : 'products or services';
}
