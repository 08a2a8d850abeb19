import type { QboApi } from '../api/client.ts';
import type { Entity } from '../api/entities.ts';
import { quoted } from '../api/query-text.ts';
import { isStorable, plainName } from '../payload/texts.ts';
import { fold, hasSpellings, lastOf, mangled, patternOf, plainly, spaced, spelled, storedName } from './compare-names.ts';
import { decodeEntities } from './decode-entities.ts';

/** Customers or items of the books that have one of the names asked for, inactive ones too. */
export interface HeldNames {
  /** Those that have the name by QuickBooks' own comparison. Of items, one outside all categories comes before those inside. */
  same(name: string): readonly Entity[];
  /** Those that have the name in another spelling: HTML's entities, typographic signs, "?" for what the books couldn't store. */
  otherwise(name: string): readonly Entity[];
  /** Those that keep a new one from getting the name: below another parent, or with the name in plain letters. */
  inTheWay(name: string): readonly Entity[];
}

/** Inactive names block theirs, so they count wherever names are read. */
export const ALSO_INACTIVE = 'Active IN (true, false)';

/** So many names are looked up one by one. Above it, reading the whole list costs fewer requests. */
const MOST_PATTERNS = 10;
/** A pattern with fewer letters than this finds most of the list. */
const LEAST_LETTERS = 3;

/**
 * Reads customers or items by name. No query may contain a character outside Latin-1: such names are found by a pattern, and compared here.
 * @param thorough also looks for names in the books that are spelled with other signs than ours
 */
export async function readHeld(
  api: QboApi,
  entity: 'Customer' | 'Item',
  names: readonly string[],
  thorough: boolean,
): Promise<HeldNames> {
  const values = names.flatMap(spellingsOf).filter(isStorable);
  const rows = new Map((await api.rowsIn(entity, MEMBER[entity], values, ALSO_INACTIVE)).map((row) => [row.Id, row]));
  const first = index(entity, [...rows.values()]);
  const unsure = [...new Set(names)].filter((name) => {
    if (first.same(name).length > 0) return false;
    return !isStorable(name) || (thorough && hasSpellings(name) && first.otherwise(name).length === 0);
  });
  if (unsure.length === 0) return first;
  for (const row of await readByPatterns(api, entity, new Set(unsure.map(patternOf)))) rows.set(row.Id, row);
  return index(entity, [...rows.values()]);
}

const MEMBER = { Customer: 'DisplayName', Item: 'Name' } as const;

async function readByPatterns(
  api: QboApi,
  entity: 'Customer' | 'Item',
  patterns: ReadonlySet<string>,
): Promise<readonly Entity[]> {
  const wide = [...patterns].some((pattern) => pattern.replace(/[%\s]/g, '').length < LEAST_LETTERS);
  if (wide || patterns.size > MOST_PATTERNS) return api.rows(entity, ALSO_INACTIVE);
  const found: Entity[] = [];
  for (const pattern of patterns) {
    found.push(...(await api.rows(entity, `${MEMBER[entity]} LIKE ${quoted(pattern)} and ${ALSO_INACTIVE}`)));
  }
  return found;
}

/** The spellings of a name, without its parents, that a query can ask for. */
function spellingsOf(name: string): readonly string[] {
  const plain = plainName(decodeEntities(name));
  return [...new Set([lastOf(name), lastOf(plain), lastOf(plainly(name)), lastOf(storedName(name, false))])];
}

function index(entity: 'Customer' | 'Item', rows: readonly Entity[]): HeldNames {
  const byFull = Map.groupBy(rows, (row) => fold(fullNameOf(row)));
  const bySpelling = Map.groupBy(rows, (row) => spelled(fullNameOf(row)));
  const byOwn = Map.groupBy(rows, (row) => fold(ownNameOf(row)));
  const byOwnSpelling = Map.groupBy(rows, (row) => spelled(ownNameOf(row)));
  const isItem = entity === 'Item';
  const called = (name: string) => {
    const full = byFull.get(fold(name)) ?? [];
    if (!isItem || full.some(({ Type }) => !isSeveral(Type))) return full;
    return union(byOwn.get(fold(name)), full);
  };
  const same = (name: string) => {
    const found = called(name);
    const stored = storedName(name, false);
    // A name with a hash of ours is ours alone.
    return found.length > 0 || fold(stored) === fold(plainly(name)) ? found : called(stored);
  };
  const otherwise = (name: string) => {
    const full = union(bySpelling.get(spelled(name)), byFull.get(mangled(name)));
    if (full.length > 0 || !isItem) return full;
    return union(byOwnSpelling.get(spelled(name)), byOwn.get(mangled(name)));
  };
  return {
    same,
    otherwise,
    inTheWay(name) {
      const plain = isItem ? called(plainly(name)) : byOwn.get(fold(lastOf(plainly(name))));
      return union(isItem ? undefined : byOwn.get(fold(lastOf(name))), plain);
    },
  };
}

function union(...lists: readonly (readonly Entity[] | undefined)[]): readonly Entity[] {
  return [...new Set(lists.flatMap((list) => list ?? []))];
}

/** The full name of a customer or an item, parents first. */
export function fullNameOf(one: Entity): string {
  return one.FullyQualifiedName ?? ownNameOf(one);
}

/** The name of a customer or an item without its parents. */
export function ownNameOf(one: Entity): string {
  return spaced(one.DisplayName ?? one.Name ?? '');
}

/** Whether items of this type stand for several: categories and bundles. No line can name them. */
export function isSeveral(type: string | undefined): boolean {
  return type === 'Category' || type === 'Group';
}

/** Those in use, or all if none is. */
export function inUse(rows: readonly Entity[]): readonly Entity[] {
  const active = rows.filter((row) => row.Active !== false);
  return active.length > 0 ? active : rows;
}
