import { type BooksSettings, foldedName } from '@ledgerpost/core';
import { needTarget } from '../companies/company-targets.ts';
import { decodeCursor, encodeCursor, type Page, pageOf } from '../database/keyset.ts';
import type { Sql } from '../database/open-store.ts';
import type { NameKind } from '../schema/index.ts';
import { bookNamesOf, listedAt } from './book-names.ts';
import { type Books, type BooksKind, connectedBooks } from './books.ts';
import { keptMatcher } from './kept-matchers.ts';
import { intentsOf, linksOf } from './link-rows.ts';
import { type Match, Matcher, type MatchState, type Suggestion } from './match-names.ts';
import { ourNames } from './ours.ts';

/** One of ours on the Matching page. */
export interface MatchingRow {
  readonly key: string;
  /** As it is called here today. */
  readonly name: string;
  /** How many open documents use it. */
  readonly documents: number;
  readonly state: MatchState;
  readonly link: null | {
    readonly externalId: string;
    /** Its name here when it was linked. */
    readonly name: string;
    /** Its name in the books; null if that is not known. */
    readonly nameNow: string | null;
    readonly active: boolean;
    readonly by: string;
    readonly at: Date;
    /** Other keys of ours that are linked to it. */
    readonly shared: readonly string[];
    /** The sharing came from postings of before links: a person confirms it. */
    readonly toConfirm: boolean;
  };
  /** A person's word that no batch has acted on yet. */
  readonly wanted: 'create' | 'another' | 'same' | null;
  /** A broken link of one that was merged there: what is left. */
  readonly survivor?: { readonly externalId: string; readonly name: string };
  readonly suggestions: readonly Suggestion[];
}

/** How many of ours are in each state, and how many names of the books none of ours is linked to. */
export type MatchingCounts = Readonly<Record<MatchState | 'only-there', number>> & {
  /** When all names of the books were read last; null: never. */
  readonly listedAt: Date | null;
};

/** What ours may be sorted by; with a hyphen, the other way round. */
const COLUMNS = ['name', 'documents', 'state', 'there'] as const;
type Column = (typeof COLUMNS)[number];
export const MATCHING_SORTS = COLUMNS.flatMap((column) => [column, `-${column}`] as const);
export type MatchingSort = (typeof MATCHING_SORTS)[number];

/** A page of ours, by default by name. @throws Refusal `not-connected` | `bad-cursor` */
export async function matchingPage(
  sql: Sql,
  order: BooksKind & {
    readonly state?: MatchState | undefined;
    readonly q?: string | undefined;
    readonly sort?: MatchingSort | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<Page<MatchingRow>> {
  const matcher = await kept(sql, await connectedBooks(sql, order), order.kind);
  const { sort = 'name' } = order;
  const column = sort.replace('-', '') as Column;
  const down = sort.startsWith('-');
  const valueIn = (match: Match) => sortedAs(matcher, column, match);
  // Cursors of the order by name are as they always were.
  const list = sort === 'name' ? 'matching' : `matching/${sort}`;
  const shape = column === 'documents' ? 'number' : 'string';
  const from =
    order.after === undefined
      ? undefined
      : (decodeCursor(order.after, list, [shape, 'string']) as readonly [string | number, string]);
  const q = foldedName(order.q ?? '');
  const inOrder = by(matcher, column);
  const chosen = (down ? inOrder.toReversed() : inOrder).filter((match) => {
    const { state, ours, link } = match;
    if (order.state !== undefined && state !== order.state) return false;
    if (from !== undefined && compare([valueIn(match), ours.key], from) * (down ? -1 : 1) <= 0) return false;
    if (q === '' || ours.folded.includes(q) || ours.key.toLowerCase() === q) return true;
    return link !== undefined && (matcher.there(link.externalId)?.folded.includes(q) ?? false);
  });
  const { rows, next } = pageOf(chosen, order.limit, (match) => encodeCursor(list, [valueIn(match), match.ours.key]));
  return { rows: rows.map((match) => rowOf(matcher, match)), ...(next === undefined ? {} : { next }) };
}

/** The same for one; undefined if there is none. @throws Refusal `not-connected` */
export async function matchingRow(sql: Sql, order: BooksKind & { readonly key: string }): Promise<MatchingRow | undefined> {
  const matcher = await kept(sql, await connectedBooks(sql, order), order.kind);
  const ours = matcher.facts.ours.find(({ key }) => key === order.key);
  return ours === undefined ? undefined : rowOf(matcher, matcher.match(ours));
}

/** @throws Refusal `not-connected` */
export async function matchingCounts(sql: Sql, order: BooksKind): Promise<MatchingCounts> {
  const books = await connectedBooks(sql, order);
  const matcher = await kept(sql, books, order.kind);
  const counts = { linked: 0, 'same-name': 0, similar: 0, 'only-here': 0, 'to-match': 0, broken: 0, 'only-there': 0 };
  for (const { state } of by(matcher, 'name')) counts[state]++;
  for (const { externalId, active, gone } of matcher.facts.names)
    if (active && !gone && matcher.linkedTo(externalId).length === 0) counts['only-there']++;
  return { ...counts, listedAt: await listedAt(sql, books, order.kind) };
}

function kept(sql: Sql, books: Books, kind: NameKind): Promise<Matcher> {
  return keptMatcher(sql, books, kind, () => openMatcher(sql, books, { kind }));
}

const sorted = new WeakMap<Matcher, Map<Column, readonly Match[]>>();

/** All of ours by a column; compared and sorted once for a matcher. */
function by(matcher: Matcher, column: Column): readonly Match[] {
  const orders = sorted.get(matcher) ?? new Map<Column, readonly Match[]>();
  sorted.set(matcher, orders);
  const known = orders.get(column);
  if (known !== undefined) return known;
  const all = column === 'name' ? matcher.matches() : by(matcher, 'name');
  const keyed = all.map((match) => ({ match, key: [sortedAs(matcher, column, match), match.ours.key] as const }));
  const matches = keyed.toSorted((a, b) => compare(a.key, b.key)).map(({ match }) => match);
  orders.set(column, matches);
  return matches;
}

/** What a person reads in the column, as it is compared. */
function sortedAs(matcher: Matcher, column: Column, { ours, state, link }: Match): string | number {
  switch (column) {
    case 'name':
      return ours.folded;
    case 'documents':
      return ours.documents;
    case 'state':
      return state;
    case 'there':
      return link === undefined ? '' : (matcher.there(link.externalId)?.folded ?? foldedName(link.name));
    default:
      return column satisfies never;
  }
}

/** All that matching compares, read at once. Settings: those of a batch, or today's. */
export async function openMatcher(
  sql: Sql,
  books: Books,
  { kind, settings }: { readonly kind: NameKind; readonly settings?: BooksSettings },
): Promise<Matcher> {
  const decided = settings ?? (await needTarget(sql, books)).settings;
  const [ours, links, intents, names] = await Promise.all([
    ourNames(sql, books, kind, decided),
    linksOf(sql, books, kind),
    intentsOf(sql, books, kind),
    bookNamesOf(sql, books, kind),
  ]);
  return new Matcher({ kind, ours, links, intents, names });
}

function rowOf(matcher: Matcher, match: Match): MatchingRow {
  const { ours, state, link, intent } = match;
  const there = link && matcher.there(link.externalId);
  const survivor = link?.broken?.survivor;
  return {
    ...{ key: ours.key, name: ours.name, documents: ours.documents, state },
    link:
      link === undefined
        ? null
        : {
            ...{ externalId: link.externalId, name: link.name, nameNow: there?.name ?? null, by: link.madeBy, at: link.madeAt },
            ...{ active: link.broken === null, toConfirm: link.toConfirm },
            shared: matcher.linkedTo(link.externalId).filter((key) => key !== ours.key),
          },
    wanted: intent !== undefined && intent.requestKey === null ? intent.wish : null,
    ...(survivor === undefined ? {} : { survivor: { externalId: survivor, name: matcher.there(survivor)?.name ?? survivor } }),
    suggestions: state === 'linked' ? [] : matcher.suggestions(match),
  };
}

type Key = readonly [string | number, string];

function compare([a, x]: Key, [b, y]: Key): number {
  return a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0;
}
