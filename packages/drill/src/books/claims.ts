import { type Expected, expectedOf, type Records } from './expected.ts';

/** An item as the API shows it. */
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

/** A batch with the records as they were at its start, and as they were after a change during the batch. */
export interface Batch {
  readonly id: string;
  readonly before: Records;
  during: Records | undefined;
  items: readonly Item[];
  /** Percent, where the books compute the sales tax. */
  readonly taxPercent?: number | undefined;
}

const STANDING = ['posted', 'differs', 'left'];
const NAMED = ['rejected', 'blocked', 'refused', 'conflict', 'left', 'differs'];

/** A document that is in the books by the API's account, with the newest item for it. */
export interface Claim {
  readonly key: string;
  readonly item: Item;
  readonly expected: Expected | undefined;
}

/** Records whose last call has no known outcome. The API shows that, so the books may hold either version. */
export function doubtedIn(batches: readonly Batch[]): ReadonlySet<string> {
  const doubted = batches.flatMap(({ items }) => items.filter(({ state }) => state === 'sending'));
  return new Set(doubted.map(({ record }) => `${record.type}/${record.id}`));
}

/** Documents that are in the books by the items' states, by external id. Later batches replace what earlier ones posted. */
export function claimsOf(batches: readonly Batch[], report: (text: string) => void): Map<string, Claim> {
  const claims = new Map<string, Claim>();
  const last = new Map<string, Expected | undefined>();
  for (const batch of batches) {
    const seen = new Set<string>();
    for (const item of batch.items) {
      const key = `${item.record.type}/${item.record.id}`;
      if (seen.has(key)) report(`${key} is twice in one batch.`);
      seen.add(key);
      if (NAMED.includes(item.state) && item.problems.length === 0)
        report(`${key} is ${item.state}, and no problem explains it.`);
      if (['claimed', 'frozen', 'ready', 'exported'].includes(item.state))
        report(`${key} is still ${item.state}, though its batch has ended.`);
      if (!STANDING.includes(item.state)) continue;
      if (item.externalId === null) {
        report(`${key} is ${item.state}, but has no id in the books.`);
        continue;
      }
      const expected = expectedFor(item, key, batch, last.get(key));
      if (expected === undefined)
        report(`${key} (${item.operation}) is ${item.state} for ${item.amount}, but no version of the record has that amount.`);
      last.set(key, expected);
      const other = claims.get(item.externalId);
      if (other !== undefined && other.key !== key)
        report(`${key} and ${other.key} are both document ${item.externalId} in the books.`);
      claims.set(item.externalId, { key, item, expected });
    }
  }
  return claims;
}

function expectedFor(item: Item, key: string, batch: Batch, posted: Expected | undefined): Expected | undefined {
  for (const records of [batch.before, batch.during]) {
    const record = records?.get(key);
    if (records === undefined || record === undefined) continue;
    const expected = expectedOf(item.operation, record, records, posted, batch.taxPercent);
    if (expected?.amount === item.amount) return expected;
  }
  return undefined;
}
