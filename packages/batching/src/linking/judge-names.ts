import { foldedName, type Problem, type ReferenceNeed } from '@ledgerpost/core';
import type { Link, LinkIntent, Matcher } from '@ledgerpost/store';
import { brokenLink, claimedByTwo, renamedToAnother, severalThere } from './link-problems.ts';

/** A need that says which customer or item of ours it is. */
export type KeyedNeed = ReferenceNeed & { readonly key: string };

/** What the books and we know of a name before anybody is asked. */
export type Verdict =
  /** It goes to that id. `renamed`: its name here is not the one that it was linked by. */
  | { readonly is: 'linked'; readonly need: KeyedNeed; readonly link: Link; readonly renamed: boolean }
  | { readonly is: 'stopped'; readonly need: KeyedNeed; readonly problem: Problem }
  /** To be looked up. `alone`: another of ours has the name, so it may be created only where the books have none. */
  | { readonly is: 'unknown'; readonly need: KeyedNeed; readonly intent: LinkIntent | undefined; readonly alone: boolean };

/**
 * Decides about the names of one kind, in the batch's order. Pure. `matcher` is left out where all of them have a sound link under
 * the name that they have here, which is the ordinary case.
 */
export function judgeNames(
  needs: readonly KeyedNeed[],
  links: ReadonlyMap<string, Link>,
  matcher: Matcher | undefined,
): readonly Verdict[] {
  const first = new Map<string, string>();
  for (const { key, name } of needs) {
    const folded = foldedName(name);
    if (!links.has(key) && !isDecided(matcher, key) && !first.has(folded)) first.set(folded, key);
  }
  return needs.map((need) => judge(need, links.get(need.key), matcher, first));
}

/** Whether anything but sound links is among the names, so that all names have to be compared. */
export function needsMatcher(needs: readonly KeyedNeed[], links: ReadonlyMap<string, Link>): boolean {
  return needs.some(({ key, name }) => {
    const link = links.get(key);
    return link === undefined || foldedName(link.name) !== foldedName(name);
  });
}

function judge(
  need: KeyedNeed,
  link: Link | undefined,
  matcher: Matcher | undefined,
  first: ReadonlyMap<string, string>,
): Verdict {
  const folded = foldedName(need.name);
  const ours = { key: need.key, name: need.name, folded, documents: 1 };
  if (link !== undefined) {
    if (link.broken !== null) return { is: 'stopped', need, problem: brokenLink(need, link) };
    const renamed = foldedName(link.name) !== folded;
    if (renamed && matcher?.renamedToAnother(ours, link) === true)
      return { is: 'stopped', need, problem: renamedToAnother(need, link) };
    return { is: 'linked', need, link, renamed };
  }
  const match = matcher?.match(ours);
  const intent = match?.intent;
  // A person's word counts, and what a batch has begun to create is finished.
  if (intent !== undefined && (intent.wish !== 'create' || intent.requestKey !== null))
    return { is: 'unknown', need, intent, alone: false };
  const named = match?.named ?? [];
  if (named.length > 1) return { is: 'stopped', need, problem: severalThere(need, named.length) };
  if (need.kind === 'item' || matcher === undefined) return { is: 'unknown', need, intent, alone: false };
  const others = matcher.claims(ours);
  const linked = others.filter((key) => matcher.isLinked(key));
  const isFirst = first.get(folded) === need.key;
  if (linked.length > 0 || !isFirst || (others.length > 0 && named.length > 0))
    return { is: 'stopped', need, problem: claimedByTwo(need, linked.length > 0 ? linked : others) };
  return { is: 'unknown', need, intent, alone: others.length > 0 };
}

function isDecided(matcher: Matcher | undefined, key: string): boolean {
  const intent = matcher?.intent(key);
  return intent !== undefined && (intent.wish !== 'create' || intent.requestKey !== null);
}
