import { type Candidate, foldedName, type MergeSeen } from '@ledgerpost/core';
import { and, eq } from 'drizzle-orm';
import { writeJournal } from '../access/journal.ts';
import { ENGINE } from '../batches/process/move-batch.ts';
import { drizzleOn } from '../database/drizzle-on.ts';
import { decodeCursor, encodeCursor, type Page, pageOf } from '../database/keyset.ts';
import type { Fragment, Sql } from '../database/open-store.ts';
import { probe, probeOrNull } from '../database/probe.ts';
import { rowsOf } from '../database/rows-of.ts';
import { bookLists, type NameKind } from '../schema/index.ts';
import { type Books, type BooksKind, type BooksScope, booksOf, connectedBooks, inBooks } from './books.ts';

/** A customer or item of the books, as it was read last. */
export interface BookName extends Candidate {
  /** `foldedName` of it. */
  readonly folded: string;
  /** Deleted there. */
  readonly gone: boolean;
}

/** Keeps what was read of the books' customers or items. */
export async function saveBookNames(
  sql: Sql,
  scope: BooksScope,
  kind: NameKind,
  names: readonly Candidate[],
  readAt: Date,
): Promise<void> {
  await keepBookNames(sql, await booksOf(sql, scope), kind, names, readAt);
}

/**
 * The same, for books at hand. An older reading never replaces a newer one. Links follow at once: one whose other side can be used again is
 * whole again, also if a target had refused documents because of it.
 */
export async function keepBookNames(
  sql: Sql,
  books: Books,
  kind: NameKind,
  names: readonly Candidate[],
  readAt: Date,
): Promise<void> {
  if (names.length === 0) return;
  const last = new Map(names.map((name) => [name.externalId, name]));
  const rows = [...last.values()]
    .map(({ account, ...name }) => ({ ...name, incomeAccount: account, folded: foldedName(name.name) }))
    .sort((a, b) => (a.externalId < b.externalId ? -1 : 1));
  const text = {
    parent: 'text',
    type: 'text',
    incomeAccount: 'text',
    currency: 'text',
    email: 'text',
    phone: 'text',
    address: 'text',
  } as const;
  await sql`
    insert into book_names as b (company_id, target, environment, account, kind, external_id, name, folded, active, parent, type,
      income_account, currency, email, phone, address, gone, read_at)
    select ${books.companyId}, ${books.target}, ${books.environment}, ${books.account}, ${kind}, n.external_id, n.name, n.folded,
      n.active, n.parent, n.type, n.income_account, n.currency, n.email, n.phone, n.address, false, ${readAt}
    from ${rowsOf(sql, rows, { externalId: 'text', name: 'text', folded: 'text', active: 'bool', ...text })} n
    on conflict (company_id, target, environment, account, kind, external_id) do update set name = excluded.name,
      folded = excluded.folded, active = excluded.active, parent = excluded.parent, type = excluded.type,
      income_account = excluded.income_account, currency = excluded.currency, email = excluded.email, phone = excluded.phone, address = excluded.address,
      gone = false, read_at = excluded.read_at
    where b.read_at <= excluded.read_at`;
  await keepMerges(sql, books, kind, names);
  await breakLinks(
    sql,
    books,
    kind,
    rows.map(({ externalId }) => externalId),
  );
}

/** Keeps that the books no longer have these. Links to them break. */
export async function dropBookNames(sql: Sql, books: Books, kind: NameKind, ids: readonly string[], readAt: Date): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update book_names b set gone = true, active = false, read_at = ${readAt}
    where ${inBooks(sql, 'b', books, kind)} and b.external_id = any(${[...ids]}::text[]) and b.read_at <= ${readAt}`;
  await breakLinks(sql, books, kind, ids);
  // Links to what was never listed.
  await sql`
    update links l set broken = ${sql.json({ status: 'deleted' })}
    where ${inBooks(sql, 'l', books, kind)} and l.broken is null and l.external_id = any(${[...ids]}::text[])
      and l.external_id not in (select b.external_id from book_names b where ${inBooks(sql, 'b', books, kind)}
        and b.external_id = any(${[...ids]}::text[]))`;
}

/** Ends a full reading that began at `readAt`: names that it did not have are deleted there. Links to them break. */
export async function sealBookNames(sql: Sql, scope: BooksScope, kinds: readonly NameKind[], readAt: Date): Promise<void> {
  const books = await booksOf(sql, scope);
  for (const kind of kinds) {
    await sql`update book_names b set gone = true, active = false where ${inBooks(sql, 'b', books, kind)} and b.read_at < ${readAt}`;
    const { companyId, target, environment, account } = books;
    await drizzleOn(sql)
      .insert(bookLists)
      .values({ companyId, target, environment, account, kind, listedAt: readAt })
      .onConflictDoUpdate({
        target: [bookLists.companyId, bookLists.target, bookLists.environment, bookLists.account, bookLists.kind],
        set: { listedAt: readAt },
      });
    await breakLinks(sql, books, kind);
    const known = sql`
      select true as known from book_names
      where company_id = l.company_id and target = l.target and environment = l.environment and account = l.account
        and kind = l.kind and external_id = l.external_id`;
    await sql`
      update links set broken = ${sql.json({ status: 'deleted' })} where ctid = any (array(
        select l.ctid from links l ${probeOrNull(sql, 'b', known)}
        where ${inBooks(sql, 'l', books, kind)} and l.made_at < ${readAt} and b.known is null
          and l.broken ->> 'status' is distinct from 'merged'
      ))`;
  }
}

/** When all names of a kind were read last; null: never. */
export async function listedAt(sql: Sql, books: Books, kind: NameKind): Promise<Date | null> {
  const { companyId, target, environment, account } = bookLists;
  const [row] = await drizzleOn(sql)
    .select({ at: bookLists.listedAt })
    .from(bookLists)
    .where(
      and(
        eq(companyId, books.companyId),
        eq(target, books.target),
        eq(environment, books.environment),
        eq(account, books.account),
        eq(bookLists.kind, kind),
      ),
    );
  return row?.at ?? null;
}

/** Marks the links, all or those to these ids, whose other side is inactive, deleted or merged, and clears those whose other side is active again. */
async function breakLinks(sql: Sql, books: Books, kind: NameKind, ids?: readonly string[]): Promise<void> {
  const only = ids === undefined ? sql`` : sql`and b.external_id = any(${[...ids]}::text[])`;
  await sql`
    update links l set broken = n.broken
    from (
      select b.external_id, case
        when b.active and not b.gone then null
        when m.survivor is not null then jsonb_build_object('status', 'merged', 'survivor', m.survivor)
        when b.gone then jsonb_build_object('status', 'deleted')
        when not b.active then jsonb_build_object('status', 'inactive') end as broken
      from book_names b
      left join name_merges m on m.company_id = b.company_id and m.target = b.target and m.environment = b.environment
        and m.account = b.account and m.kind = b.kind and m.external_id = b.external_id
        -- Where only a person chose another one, nothing shows a merge yet.
        and (m.accepted_at is not null or m.accepted_by is null)
      where ${inBooks(sql, 'b', books, kind)} ${only}
      offset 0
    ) n
    where ${inBooks(sql, 'l', books, kind)} and l.external_id = n.external_id and l.broken is distinct from n.broken`;
}

/**
 * Keeps merges that posted documents showed: each customer or item once, with the one that is left as the proposal. What a person has
 * accepted stays. The journal has a line for each new one.
 */
export async function keepMergesSeen(sql: Sql, books: Books, seen: readonly MergeSeen[]): Promise<void> {
  for (const kind of ['customer', 'item'] as const) {
    const merges = [...new Map(seen.filter((one) => one.kind === kind).map((one) => [one.from, one])).values()].sort((a, b) =>
      a.from < b.from ? -1 : 1,
    );
    if (merges.length === 0) continue;
    const rows = rowsOf(sql, merges, { from: 'text', to: 'text', name: 'text' });
    const ids = merges.flatMap(({ from, to }) => [from, to]);
    const { companyId, target } = books;
    const [known, newer] = [await bookNamesOf(sql, books, kind, ids), new Date()];
    const there = new Map(known.map((name) => [name.externalId, name]));
    const survivors = merges.filter(({ to }) => !there.has(to)).map(({ to, name }) => ({ externalId: to, name, active: true }));
    await keepBookNames(sql, books, kind, survivors, newer);
    const found = await writeMerges(sql, books, kind, merges);
    // One that is merged can't be used, whatever the list said before.
    await sql`
      update book_names b set active = false from ${rows} n
      where ${inBooks(sql, 'b', books, kind)} and b.external_id = n.from and b.active`;
    await sql`
      update links l set broken = jsonb_build_object('status', 'merged', 'survivor', n.to) from ${rows} n
      where ${inBooks(sql, 'l', books, kind)} and l.external_id = n.from
        and l.broken is distinct from jsonb_build_object('status', 'merged', 'survivor', n.to)`;
    for (const { from, to } of found) {
      const [former, name] = [there.get(from)?.name, merges.find((one) => one.from === from)!.name];
      const details = { kind, from, to, name, ...(former === undefined ? {} : { former }) };
      await writeJournal(sql, { companyId, actor: ENGINE, act: 'matching.merge-found', subject: `target/${target}`, details });
    }
  }
}

async function keepMerges(sql: Sql, books: Books, kind: NameKind, names: readonly Candidate[]): Promise<void> {
  const merged = names.flatMap(({ externalId, mergedInto }) =>
    mergedInto === undefined ? [] : [{ from: externalId, to: mergedInto }],
  );
  if (merged.length === 0) return;
  await writeMerges(sql, books, kind, merged);
}

/**
 * Stores what the books show to be merged. Where a person has chosen the same one already, when it was only gone, that is accepted.
 * @returns the merges that are new
 */
async function writeMerges(
  sql: Sql,
  books: Books,
  kind: NameKind,
  merges: readonly { readonly from: string; readonly to: string }[],
): Promise<readonly { readonly from: string; readonly to: string }[]> {
  return sql<{ from: string; to: string }[]>`
    insert into name_merges as m (company_id, target, environment, account, kind, external_id, survivor)
    select ${books.companyId}, ${books.target}, ${books.environment}, ${books.account}, ${kind}, n.from, n.to
    from ${rowsOf(
      sql,
      merges.map(({ from, to }) => ({ from, to })),
      { from: 'text', to: 'text' },
    )} n
    on conflict (company_id, target, environment, account, kind, external_id) do update set survivor = excluded.survivor,
      accepted_at = case when m.accepted_by is not null and m.survivor = excluded.survivor then now() end,
      accepted_by = case when m.survivor = excluded.survivor then m.accepted_by end
    where m.accepted_at is null and (m.survivor <> excluded.survivor or m.accepted_by is not null)
    returning m.external_id as "from", m.survivor as "to"`;
}

/** A row of the books' list, for people. */
export interface ListedName
  extends Omit<Candidate, 'parent' | 'type' | 'account' | 'email' | 'phone' | 'address' | 'currency' | 'mergedInto'> {
  readonly parent: string | null;
  readonly type: string | null;
  readonly account: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** How many of ours are linked to it. */
  readonly linked: number;
}

/** What the books' names may be sorted by; with a hyphen, the other way round. `contact`: e-mail, then phone. */
const COLUMNS = ['name', 'id', 'contact', 'account'] as const;
type Column = (typeof COLUMNS)[number];
export const BOOK_NAME_SORTS = COLUMNS.flatMap((column) => [column, `-${column}`] as const);

/** A page of the books' names, by default by name: all, those that contain `q`, those that none of ours is linked to. @throws Refusal `not-connected` */
export async function bookNames(
  sql: Sql,
  order: BooksKind & {
    readonly q?: string | undefined;
    readonly unlinked?: boolean | undefined;
    readonly sort?: (typeof BOOK_NAME_SORTS)[number] | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<Page<ListedName>> {
  const books = await connectedBooks(sql, order);
  const { sort = 'name' } = order;
  const down = sort.startsWith('-');
  const direction = down ? sql`desc` : sql`asc`;
  const key = nameKey(sql, sort.replace('-', '') as Column);
  // Cursors of the order by name are as they always were.
  const list = sort === 'name' ? 'book-names' : `book-names/${sort}`;
  const [from, id] = (order.after === undefined ? [] : decodeCursor(order.after, list, ['string', 'string'])) as string[];
  const q = order.q === undefined || order.q.includes('\0') ? undefined : foldedName(order.q);
  const linked = sql`
    select count(*)::int as linked from links
    where external_id = b.external_id and company_id = b.company_id and target = b.target and environment = b.environment
      and account = b.account and kind = b.kind`;
  const rows = await sql<(ListedName & { key: string })[]>`
    select b.external_id as "externalId", b.name, ${key} as key, b.active, b.parent, b.type, b.income_account as account, b.email, b.phone,
      l.linked
    from book_names b ${probe(sql, 'l', linked)}
    where ${inBooks(sql, 'b', books, order.kind)} and not b.gone
      ${q === undefined || q === '' ? sql`` : sql`and strpos(b.folded, ${q}) > 0`}
      ${order.unlinked === true ? sql`and l.linked = 0 and b.active` : sql``}
      ${from === undefined ? sql`` : sql`and (${key} collate "C", b.external_id collate "C") ${down ? sql`<` : sql`>`} (${from}, ${id!})`}
    order by ${key} collate "C" ${direction}, b.external_id collate "C" ${direction}
    limit ${order.limit + 1}`;
  const page = pageOf(rows, order.limit, (row) => encodeCursor(list, [row.key, row.externalId]));
  return { ...page, rows: page.rows.map(({ key: _, ...row }) => row) };
}

/** What the names `b` are sorted by. Ids are numbers where the books count, so shorter ones come first. */
function nameKey(sql: Sql, column: Column): Fragment {
  switch (column) {
    case 'name':
      return sql`b.folded`;
    case 'id':
      return sql`lpad(b.external_id, 64, ' ')`;
    case 'contact':
      return sql`concat_ws(', ', b.email, b.phone)`;
    case 'account':
      return sql`coalesce(b.income_account, '')`;
    default:
      return column satisfies never;
  }
}

/** All names that the books have of one kind, deleted ones included; only these ids, if given. */
export async function bookNamesOf(sql: Sql, books: Books, kind: NameKind, ids?: readonly string[]): Promise<BookName[]> {
  const rows = await sql<
    (Record<'parent' | 'type' | 'incomeAccount' | 'currency' | 'email' | 'phone' | 'address', string | null> & BookName)[]
  >`
    select b.external_id as "externalId", b.name, b.folded, b.active, b.parent, b.type, b.income_account as "incomeAccount",
      b.currency, b.email, b.phone, b.address, b.gone
    from book_names b
    where ${inBooks(sql, 'b', books, kind)} ${ids === undefined ? sql`` : sql`and b.external_id = any(${[...ids]}::text[])`}`;
  return rows.map(({ externalId, name, folded, active, gone, incomeAccount, ...rest }) => ({
    ...{ externalId, name, folded, active, gone },
    ...Object.fromEntries(Object.entries({ ...rest, account: incomeAccount }).filter(([, value]) => value !== null)),
  }));
}
