import { OPEN_STATES, Refusal } from '@ledgerpost/core';
import { and, eq, sql as expression } from 'drizzle-orm';
import { writeJournal } from '../access/journal.ts';
import { drizzleOn, isAnyOf } from '../database/drizzle-on.ts';
import { lockCompany } from '../database/lock-company.ts';
import type { Sql } from '../database/open-store.ts';
import { rowsOf } from '../database/rows-of.ts';
import { type LinkWish, type NameKind, openRecords } from '../schema/index.ts';
import { type Books, type BooksKind, connectedBooks, inBooks, isBundle } from './books.ts';
import { dropIntents, type NewLink } from './link-rows.ts';
import type { Matcher } from './match-names.ts';
import { openMatcher } from './matching.ts';
import { fromOpenLines } from './open-lines.ts';
import type { OurName } from './ours.ts';

/** What a person says about one of ours. */
export type MatchingDecision = {
  readonly key: string;
} /** It is that one of the books. The survivor of a merge: both ids count as one from now on. */ & (
  | { readonly externalId: string }
  /** It is to be created, by its own name. */
  | { readonly create: true }
  /** It is the same as another one of ours. */
  | { readonly same: string }
  /** It is another one than those of its name: created with a name that can be told apart. */
  | { readonly another: true }
  /** Neither link nor word any more. */
  | { readonly undo: true }
);

type Order = BooksKind & { readonly actor: string };

/**
 * Carries out what a person decided, all or nothing, in the caller's transaction. Previews of open documents that it concerns are out of
 * date then. A decision that changes nothing is left out of `changed`.
 * @throws Refusal `bad-request` with the key | `open-batch-creates` | `not-connected`
 */
export async function decideMatching(
  sql: Sql,
  order: Order,
  decisions: readonly MatchingDecision[],
): Promise<{ readonly changed: readonly string[] }> {
  await lockCompany(sql, order.companyId);
  const books = await connectedBooks(sql, order);
  const matcher = await openMatcher(sql, books, { kind: order.kind });
  const last = [...new Map(decisions.map((decision) => [decision.key, decision])).values()];
  await refuseBeingCreated(sql, books, order.kind, matcher, last);
  const plan = planOf(matcher, last);
  await acceptMerges(sql, books, order.kind, order.actor, plan.merges);
  await keepGuesses(sql, books, order.kind, order.actor, plan.guessed);
  await removeLinks(sql, books, order.kind, plan.unlink);
  await dropIntents(sql, books, order.kind, plan.unwish);
  await writeLinks(sql, books, order.kind, order.actor, plan.link);
  await writeWishes(sql, books, order.kind, order.actor, plan.wish);
  const changed = [
    ...new Set([...plan.unlink, ...plan.unwish, ...plan.link.map(({ key }) => key), ...plan.wish.map(({ key }) => key)]),
  ];
  if (changed.length === 0) return { changed };
  await raiseRevisions(sql, books, order.kind, changed);
  const only = changed.length === 1 ? last.find(({ key }) => key === changed[0]) : undefined;
  await writeJournal(sql, {
    ...{ companyId: order.companyId, actor: order.actor, act: 'matching.changed', subject: `target/${order.target}` },
    details: {
      kind: order.kind,
      count: changed.length,
      ...(only === undefined ? {} : { ...only, name: matcher.facts.ours.find(({ key }) => key === only.key)?.name }),
    },
  });
  return { changed };
}

/** Links all whose name exactly one of the books has, and no other of ours. @throws Refusal `not-connected` */
export async function acceptSameNames(sql: Sql, order: Order): Promise<{ readonly linked: number }> {
  await lockCompany(sql, order.companyId);
  const books = await connectedBooks(sql, order);
  const matcher = await openMatcher(sql, books, { kind: order.kind });
  const made = matcher.matches().flatMap(({ state, ours, named, intent }): NewLink[] => {
    if (state !== 'same-name' || (intent !== undefined && intent.requestKey !== null)) return [];
    const shared = order.kind === 'item';
    return [{ key: ours.key, externalId: named[0]!.externalId, name: ours.name, shared, how: 'person' }];
  });
  if (made.length === 0) return { linked: 0 };
  await writeLinks(sql, books, order.kind, order.actor, made);
  const keys = made.map(({ key }) => key);
  await dropIntents(sql, books, order.kind, keys);
  await raiseRevisions(sql, books, order.kind, keys);
  await writeJournal(sql, {
    ...{ companyId: order.companyId, actor: order.actor, act: 'matching.accepted', subject: `target/${order.target}` },
    details: { kind: order.kind, count: made.length },
  });
  return { linked: made.length };
}

interface Plan {
  readonly unlink: string[];
  readonly unwish: string[];
  readonly link: NewLink[];
  readonly wish: { readonly key: string; readonly wish: LinkWish; readonly sameAs: string | null }[];
  readonly merges: { readonly from: string; readonly to: string }[];
  /** Where a person links one anew whose other side is gone, before anything shows that it was merged: a later sight of that is accepted. */
  readonly guessed: { readonly from: string; readonly to: string }[];
}

/** @throws Refusal of the first decision that can't be; all of them are in `details.refused`, with their keys */
function planOf(matcher: Matcher, decisions: readonly MatchingDecision[]): Plan {
  const plan: Plan = { unlink: [], unwish: [], link: [], wish: [], merges: [], guessed: [] };
  const ours = new Map(matcher.facts.ours.map((one) => [one.key, one]));
  const refused: { readonly key: string; readonly refusal: Refusal }[] = [];
  for (const decision of decisions) {
    try {
      addTo(plan, matcher, ours, decision);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push({ key: decision.key, refusal: error });
    }
  }
  const [first] = refused;
  if (first === undefined) return plan;
  throw new Refusal(first.refusal.code, first.refusal.message, {
    ...first.refusal.details,
    refused: refused.map(({ key, refusal }) => ({ key, message: refusal.message })),
  });
}

function addTo(plan: Plan, matcher: Matcher, ours: ReadonlyMap<string, OurName>, decision: MatchingDecision): void {
  const need = (key: string) => {
    const one = ours.get(key);
    if (one === undefined)
      throw new Refusal('bad-request', `No ${words(matcher)} with the key “${key}” has a document. Correct the key.`, { key });
    return one;
  };
  const one = need(decision.key);
  const { link, intent } = matcher.match(one);
  if ('undo' in decision) {
    if (link !== undefined) plan.unlink.push(one.key);
    if (intent !== undefined) plan.unwish.push(one.key);
    return;
  }
  const same = 'same' in decision ? matcher.match(need(decision.same)).link?.externalId : undefined;
  if ('same' in decision && decision.same === one.key)
    throw new Refusal('bad-request', `“${one.name}” can’t be the same as itself. Name another one.`, { key: one.key });
  const externalId = 'externalId' in decision ? decision.externalId : same;
  if (externalId !== undefined) {
    const there = usable(matcher, one.key, externalId);
    if (link?.broken?.survivor === externalId) plan.merges.push({ from: link.externalId, to: externalId });
    else if (link !== undefined && link.broken !== null && link.externalId !== externalId)
      plan.guessed.push({ from: link.externalId, to: externalId });
    const shared = matcher.facts.kind === 'item' || matcher.linkedTo(externalId).some((key) => key !== one.key);
    if (link?.externalId !== there || link.name !== one.name || link.toConfirm || link.broken !== null || link.shared !== shared)
      plan.link.push({ key: one.key, externalId: there, name: one.name, shared, how: 'person' });
    if (intent !== undefined) plan.unwish.push(one.key);
    return;
  }
  const named = matcher.match(one).named[0];
  if ('create' in decision && named !== undefined)
    throw new Refusal(
      'bad-request',
      `The books have “${named.name}” already, and keep one of each name. Choose that one${matcher.facts.kind === 'customer' ? ', or create yours apart, under a name that can be told apart' : ''}.`,
      { key: one.key, externalId: named.externalId },
    );
  const wish: LinkWish = 'another' in decision ? 'another' : 'same' in decision ? 'same' : 'create';
  if (link !== undefined) plan.unlink.push(one.key);
  const sameAs = 'same' in decision ? decision.same : null;
  if (link !== undefined || intent?.wish !== wish || intent.sameAs !== sameAs || intent.requestKey !== null)
    plan.wish.push({ key: one.key, wish, sameAs });
}

/** The id, if documents can go to it. */
function usable(matcher: Matcher, key: string, externalId: string): string {
  const there = matcher.there(externalId);
  const refuse = (reason: string): never => {
    throw new Refusal('bad-request', reason, { key, externalId });
  };
  // The list may be older than a link to it.
  if (there === undefined && matcher.linkedTo(externalId).length > 0) return externalId;
  if (there === undefined || there.gone)
    return refuse(`The books have no ${words(matcher)} with the id “${externalId}”. Refresh the list, or choose another one.`);
  if (!there.active) return refuse(`“${there.name}” is inactive in the books. Make it active there, or choose another one.`);
  if (isBundle(there))
    return refuse(`“${there.name}” is a ${there.type!.toLowerCase()}, which no line can name. Choose another one.`);
  return externalId;
}

function words({ facts }: Matcher): string {
  return facts.kind === 'customer' ? 'customer' : 'product or service';
}

async function refuseBeingCreated(
  sql: Sql,
  books: Books,
  kind: NameKind,
  matcher: Matcher,
  decisions: readonly MatchingDecision[],
): Promise<void> {
  const keys = decisions.flatMap((decision) => ('same' in decision ? [decision.key, decision.same] : [decision.key]));
  const begun = matcher.facts.intents.filter(({ key, requestKey }) => requestKey !== null && keys.includes(key));
  if (begun.length === 0) return;
  const [open] = await sql<{ key: string; name: string; batch: string }[]>`
    select l.key, l.name, b.name as batch from link_intents l join batches b on b.id = l.batch_id
    where ${inBooks(sql, 'l', books, kind)} and l.key = any(${begun.map(({ key }) => key)}::text[]) and b.state in ${sql(OPEN_STATES)}
    limit 1`;
  if (open === undefined) return;
  throw new Refusal(
    'open-batch-creates',
    `The batch “${open.batch}” creates “${open.name}” in the books right now. Wait until it ends, then match it.`,
    { key: open.key },
  );
}

/** A person's links replace what was there. Those that share an id from now on are marked so. */
async function writeLinks(sql: Sql, books: Books, kind: NameKind, actor: string, made: readonly NewLink[]): Promise<void> {
  if (made.length === 0) return;
  const ids = made.map(({ externalId }) => externalId);
  const twice = new Set(ids.filter((id, at) => ids.indexOf(id) !== at));
  const rows = made.map((one) => ({ ...one, shared: one.shared || twice.has(one.externalId) }));
  const shared = rows.filter((row) => row.shared).map(({ externalId }) => externalId);
  await sql`
    update links l set shared = true
    where ${inBooks(sql, 'l', books, kind)} and not l.shared and l.external_id = any(${shared}::text[])`;
  await sql`
    insert into links as l (company_id, target, environment, account, kind, key, external_id, name, shared, how, made_by)
    select ${books.companyId}, ${books.target}, ${books.environment}, ${books.account}, ${kind}, n.key, n.external_id, n.name,
      n.shared, n.how, ${actor}
    from ${rowsOf(sql, rows, { key: 'text', externalId: 'text', name: 'text', shared: 'bool', how: 'text' })} n
    on conflict (company_id, target, environment, account, kind, key) do update set external_id = excluded.external_id,
      name = excluded.name, shared = excluded.shared, how = excluded.how, made_by = excluded.made_by, made_at = now(), batch_id = null,
      to_confirm = false, broken = null`;
}

async function writeWishes(sql: Sql, books: Books, kind: NameKind, actor: string, wishes: Plan['wish']): Promise<void> {
  if (wishes.length === 0) return;
  await sql`
    insert into link_intents as l (company_id, target, environment, account, kind, key, wish, same_as, made_by)
    select ${books.companyId}, ${books.target}, ${books.environment}, ${books.account}, ${kind}, n.key, n.wish, n.same_as, ${actor}
    from ${rowsOf(sql, wishes, { key: 'text', wish: 'text', sameAs: 'text' })} n
    on conflict (company_id, target, environment, account, kind, key) do update set wish = excluded.wish, same_as = excluded.same_as,
      made_by = excluded.made_by, made_at = now(), name = null, folded = null, request_key = null, batch_id = null`;
}

async function removeLinks(sql: Sql, books: Books, kind: NameKind, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await sql`delete from links l where ${inBooks(sql, 'l', books, kind)} and l.key = any(${[...keys]}::text[])`;
}

/** Both ids count as one: all links to the merged one go on to the one that is left. */
async function acceptMerges(sql: Sql, books: Books, kind: NameKind, actor: string, merges: Plan['merges']): Promise<void> {
  if (merges.length === 0) return;
  const once = [...new Map(merges.map((merge) => [merge.from, merge])).values()];
  const columns = { from: 'text', to: 'text' } as const;
  await sql`
    insert into name_merges (company_id, target, environment, account, kind, external_id, survivor, accepted_at, accepted_by)
    select ${books.companyId}, ${books.target}, ${books.environment}, ${books.account}, ${kind}, n.from, n.to, now(), ${actor}
    from ${rowsOf(sql, once, columns)} n
    on conflict (company_id, target, environment, account, kind, external_id) do update
      set survivor = excluded.survivor, accepted_at = now(), accepted_by = excluded.accepted_by`;
  await sql`
    update links l set shared = true from ${rowsOf(sql, once, columns)} n
    where ${inBooks(sql, 'l', books, kind)} and l.external_id in (n.from, n.to)`;
  await sql`
    update links l set external_id = n.to, broken = null from ${rowsOf(sql, once, columns)} n
    where ${inBooks(sql, 'l', books, kind)} and l.external_id = n.from`;
}

/** A person's choice in place of one that is gone, until the books show whether it was a merge. */
async function keepGuesses(sql: Sql, books: Books, kind: NameKind, actor: string, guessed: Plan['guessed']): Promise<void> {
  if (guessed.length === 0) return;
  const once = [...new Map(guessed.map((one) => [one.from, one])).values()];
  await sql`
    insert into name_merges as m (company_id, target, environment, account, kind, external_id, survivor, accepted_by)
    select ${books.companyId}, ${books.target}, ${books.environment}, ${books.account}, ${kind}, n.from, n.to, ${actor}
    from ${rowsOf(sql, once, { from: 'text', to: 'text' })} n
    on conflict (company_id, target, environment, account, kind, external_id) do update
      set survivor = excluded.survivor, accepted_by = excluded.accepted_by
    where m.accepted_at is null`;
}

/** Gives the open records that documents of these keys come from a new revision, so that a preview's digest notices. */
async function raiseRevisions(sql: Sql, books: Books, kind: NameKind, keys: readonly string[]): Promise<void> {
  const { companyId, target } = books;
  if (kind === 'customer') {
    // Once through what is open, however many customers they are: an index would be written whenever a record opens or is claimed.
    await drizzleOn(sql)
      .update(openRecords)
      .set({ revision: expression`nextval('record_revision')` })
      .where(and(eq(openRecords.companyId, companyId), eq(openRecords.target, target), isAnyOf(openRecords.customerId, keys)));
    return;
  }
  const services = keys.flatMap((key) => (key.startsWith('service:') ? [key.slice(8).split('/category:')[0]!] : []));
  const others = services.length < keys.length;
  await sql`
    update open_records set revision = nextval('record_revision') where ctid = any (array(
      select distinct o.ctid ${fromOpenLines(sql, books)}
        and (line ->> 'serviceId' = any(${services}::text[]) or (${others} and not line ? 'serviceId'))
    ))`;
}
