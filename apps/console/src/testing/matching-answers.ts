import type { BookName, MatchingCounts, MatchingRow } from '../api/matching-queries.ts';

/*
 * A matching for tests of components and for the pictures of the documentation.
 */

const NONE = { linked: 0, 'same-name': 0, similar: 0, 'only-here': 0, 'to-match': 0, broken: 0, 'only-there': 0 };

export function matchingCounts(
  customer: Partial<MatchingCounts['customer']> = {},
  item: Partial<MatchingCounts['item']> = {},
): MatchingCounts {
  return { customer: { ...NONE, ...customer }, item: { ...NONE, ...item }, listedAt: '2026-10-05T16:00:00.000Z' };
}

export function matchingRow(key: string, changes: Partial<MatchingRow> = {}): MatchingRow {
  return {
    kind: 'customer',
    key,
    name: `Customer ${key}`,
    documents: 2,
    state: 'only-here',
    link: null,
    wanted: null,
    suggestions: [],
    ...changes,
  };
}

export function linkTo(
  externalId: string,
  name: string,
  more: Partial<NonNullable<MatchingRow['link']>> = {},
): NonNullable<MatchingRow['link']> {
  const at = '2026-10-05T16:00:00.000Z';
  return {
    externalId,
    name,
    nameNow: name,
    active: true,
    by: 'Dana Lee (0123456789ab)',
    at,
    shared: [],
    toConfirm: false,
    ...more,
  };
}

export function bookName(externalId: string, name: string, more: Partial<BookName> = {}): BookName {
  return {
    externalId,
    name,
    active: true,
    parent: null,
    type: null,
    account: null,
    email: null,
    phone: null,
    linked: 0,
    ...more,
  };
}
