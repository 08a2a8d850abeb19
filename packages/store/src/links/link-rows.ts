import type { Sql } from '../database/open-store.ts';
import { probeOrNull } from '../database/probe.ts';
import { rowsOf } from '../database/rows-of.ts';
import type { BrokenLink, LinkOrigin, LinkWish, NameKind } from '../schema/index.ts';
import { type Books, inBooks } from './books.ts';

/** A link, as the engine uses it. */
export interface Link {
  readonly kind: NameKind;
  readonly key: string;
  readonly externalId: string;
  /** Its name on our side when that was last compared with the books. */
  readonly name: string;
  readonly shared: boolean;
  readonly toConfirm: boolean;
  readonly how: LinkOrigin;
  readonly madeBy: string;
  readonly madeAt: Date;
  readonly broken: BrokenLink | null;
}

/** What shall become of one of ours without a link. */
export interface LinkIntent {
  readonly kind: NameKind;
  readonly key: string;
  readonly wish: LinkWish;
  readonly sameAs: string | null;
  /** The name that it is created with; null until a batch has chosen it. */
  readonly name: string | null;
  /** The key of its creation at the target; null until a batch has begun to create it. */
  readonly requestKey: string | null;
  readonly batchId: string | null;
  readonly madeBy: string;
}

/** The links of these keys, or all. */
export async function linksOf(sql: Sql, books: Books, kind: NameKind, keys?: readonly string[]): Promise<readonly Link[]> {
  if (keys?.length === 0) return [];
  return sql<Link[]>`
    select l.kind, l.key, l.external_id as "externalId", l.name, l.shared, l.to_confirm as "toConfirm", l.how, l.made_by as "madeBy",
      l.made_at as "madeAt", l.broken
    from links l
    where ${inBooks(sql, 'l', books, kind)} ${keys === undefined ? sql`` : sql`and l.key = any(${[...keys]}::text[])`}
    order by l.key`;
}

/** The links to these ids of the books. */
export async function linksTo(sql: Sql, books: Books, kind: NameKind, ids: readonly string[]): Promise<readonly Link[]> {
  if (ids.length === 0) return [];
  return sql<Link[]>`
    select l.kind, l.key, l.external_id as "externalId", l.name, l.shared, l.to_confirm as "toConfirm", l.how, l.made_by as "madeBy",
      l.made_at as "madeAt", l.broken
    from links l
    where ${inBooks(sql, 'l', books, kind)} and l.external_id = any(${[...ids]}::text[])
    order by l.key`;
}

/** Intents and people's words of these keys, or all. */
export async function intentsOf(
  sql: Sql,
  books: Books,
  kind: NameKind,
  keys?: readonly string[],
): Promise<readonly LinkIntent[]> {
  if (keys?.length === 0) return [];
  return sql<LinkIntent[]>`
    select l.kind, l.key, l.wish, l.same_as as "sameAs", l.name, l.request_key as "requestKey", l.batch_id as "batchId",
      l.made_by as "madeBy"
    from link_intents l
    where ${inBooks(sql, 'l', books, kind)} ${keys === undefined ? sql`` : sql`and l.key = any(${[...keys]}::text[])`}
    order by l.key`;
}

/** A link to make. */
export interface NewLink {
  readonly key: string;
  readonly externalId: string;
  readonly name: string;
  readonly shared: boolean;
  readonly how: LinkOrigin;
}

/**
 * Makes links for the engine, and ends the intents of their keys. What is linked already stays, and so does what would make one of two.
 * Call it under the company's lock.
 * @returns the keys that have the link now
 */
export async function makeLinks(
  sql: Sql,
  books: Books,
  kind: NameKind,
  made: readonly NewLink[],
  by: { readonly actor: string; readonly batchId: string | null },
): Promise<ReadonlySet<string>> {
  if (made.length === 0) return new Set();
  const sorted = [...made].sort((a, b) => (a.key < b.key ? -1 : 1));
  const columns = { key: 'text', externalId: 'text', name: 'text', shared: 'bool', how: 'text' } as const;
  // An item shares unasked, so its link and the former one of the same item both count as shared.
  if (kind === 'item') {
    await sql`
      update links l set shared = true
      where ${inBooks(sql, 'l', books, kind)} and not l.shared and l.external_id = any(${sorted.map((one) => one.externalId)}::text[])`;
  }
  await sql`
    insert into links (company_id, target, environment, account, kind, key, external_id, name, shared, how, made_by, batch_id)
    select ${books.companyId}, ${books.target}, ${books.environment}, ${books.account}, ${kind}, n.key, n.external_id, n.name,
      n.shared, n.how, ${by.actor}, ${by.batchId}::uuid
    from ${rowsOf(sql, sorted, columns)} n
    on conflict do nothing`;
  const now = await linksOf(
    sql,
    books,
    kind,
    sorted.map(({ key }) => key),
  );
  const wanted = new Map(sorted.map((one) => [one.key, one.externalId]));
  const done = now.filter((link) => wanted.get(link.key) === link.externalId).map(({ key }) => key);
  await dropIntents(
    sql,
    books,
    kind,
    now.map(({ key }) => key),
  );
  return new Set(done);
}

/** Forgets intents, once there is a link or nothing to create any more. */
export async function dropIntents(sql: Sql, books: Books, kind: NameKind, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await sql`delete from link_intents l where ${inBooks(sql, 'l', books, kind)} and l.key = any(${[...keys]}::text[])`;
}

/** Ends the engine's own intents, once there is nothing to create any more. A person's word stays, and is acted on anew by the next batch. */
export async function endIntents(sql: Sql, books: Books, kind: NameKind, keys: readonly string[], engine: string): Promise<void> {
  if (keys.length === 0) return;
  await sql`
    delete from link_intents l
    where ${inBooks(sql, 'l', books, kind)} and l.key = any(${[...keys]}::text[]) and l.made_by = ${engine}`;
  await sql`
    update link_intents l set name = null, folded = null, request_key = null, batch_id = null
    where ${inBooks(sql, 'l', books, kind)} and l.key = any(${[...keys]}::text[])`;
}

/** An intention of the engine to create something. */
export interface NewIntent {
  readonly key: string;
  readonly wish: LinkWish;
  readonly name: string;
  readonly folded: string;
  readonly requestKey: string;
}

/**
 * Stores what the engine is about to create, with the key of its creation. One that has a key already keeps it. Of two that would have
 * one name, the first is stored. Call it under the company's lock, before anything is created.
 * @returns the keys whose intents are stored, with the name and request key that count
 */
export async function intend(
  sql: Sql,
  books: Books,
  kind: NameKind,
  batchId: string,
  intents: readonly NewIntent[],
  actor: string,
): Promise<ReadonlyMap<string, { readonly name: string; readonly requestKey: string }>> {
  if (intents.length === 0) return new Map();
  const first = kind === 'item' ? intents : [...new Map([...intents].reverse().map((one) => [one.folded, one])).values()];
  const sorted = [...first].sort((a, b) => (a.key < b.key ? -1 : 1));
  const columns = { key: 'text', wish: 'text', name: 'text', folded: 'text', requestKey: 'text' } as const;
  const other = sql`
    select true as other from link_intents o
    where ${inBooks(sql, 'o', books, kind)} and o.folded = n.folded and o.key <> n.key and o.kind = 'customer' limit 1`;
  await sql`
    insert into link_intents as l (company_id, target, environment, account, kind, key, wish, name, folded, request_key, batch_id,
      made_by)
    select ${books.companyId}, ${books.target}, ${books.environment}, ${books.account}, ${kind}, n.key, n.wish, n.name, n.folded,
      n.request_key, ${batchId}::uuid, ${actor}
    from ${rowsOf(sql, sorted, columns)} n ${probeOrNull(sql, 'x', other)}
    where x.other is null
    on conflict (company_id, target, environment, account, kind, key) do update
      set name = case when l.request_key is null then excluded.name else l.name end,
        folded = case when l.request_key is null then excluded.folded else l.folded end,
        request_key = coalesce(l.request_key, excluded.request_key), batch_id = excluded.batch_id`;
  const stored = await intentsOf(
    sql,
    books,
    kind,
    intents.map(({ key }) => key),
  );
  return new Map(
    stored.flatMap(({ key, name, requestKey }) => (name === null || requestKey === null ? [] : [[key, { name, requestKey }]])),
  );
}

/** The ids that count as one: what was merged there, and accepted, with what is left in the end. */
export async function mergesOf(sql: Sql, books: Books, kind: NameKind): Promise<ReadonlyMap<string, string>> {
  const rows = await sql<{ from: string; to: string }[]>`
    select m.external_id as "from", m.survivor as "to" from name_merges m
    where ${inBooks(sql, 'm', books, kind)} and m.accepted_at is not null`;
  const next = new Map(rows.map(({ from, to }) => [from, to]));
  const last = (id: string, steps = 0): string => {
    const to = next.get(id);
    return to === undefined || steps > next.size ? id : last(to, steps + 1);
  };
  return new Map(rows.map(({ from }) => [from, last(from)]));
}

/** Remembers the names that linked ones have on our side now. */
export async function renameLinks(
  sql: Sql,
  books: Books,
  kind: NameKind,
  names: readonly { readonly key: string; readonly name: string }[],
): Promise<void> {
  if (names.length === 0) return;
  await sql`
    update links l set name = n.name from ${rowsOf(sql, names, { key: 'text', name: 'text' })} n
    where ${inBooks(sql, 'l', books, kind)} and l.key = n.key`;
}

/** Lets others of ours be linked to these ids too: a person said so. */
export async function shareLinks(sql: Sql, books: Books, kind: NameKind, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update links l set shared = true
    where ${inBooks(sql, 'l', books, kind)} and not l.shared and l.external_id = any(${[...ids]}::text[])`;
}

/** Marks the links of these keys: the target refused documents because the other side can't be used. They are whole again once the books' names show it in use. */
export async function markBroken(sql: Sql, books: Books, kind: NameKind, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await sql`
    update links l set broken = ${sql.json({ status: 'inactive' })}
    where ${inBooks(sql, 'l', books, kind)} and l.broken is null and l.key = any(${[...keys]}::text[])`;
}
