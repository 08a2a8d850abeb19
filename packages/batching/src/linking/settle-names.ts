import { type AnyTarget, type Candidate, foldedName, type Problem, type ReferenceNeed } from '@ledgerpost/core';
import {
  type Books,
  endIntents,
  hashOf,
  intend,
  keepBookNames,
  type Link,
  linksOf,
  linksTo,
  lockCompany,
  type Matcher,
  makeLinks,
  type NewLink,
  openMatcher,
  renameLinks,
  type Sql,
  type Store,
  shareLinks,
  type WorkBatch,
} from '@ledgerpost/store';
import { anotherName } from './another-name.ts';
import { booksIn } from './books-in.ts';
import { followNames } from './follow-names.ts';
import { judgeNames, type KeyedNeed, needsMatcher, type Verdict } from './judge-names.ts';
import { alreadyThere, claimedByTwo, renamedToAnother, severalThere } from './link-problems.ts';
import { type Desk, type Found, foundIn, idsIn, NAMES_AT_ONCE, type Settled, settleByName } from './settle-by-name.ts';

export type { Settled } from './settle-by-name.ts';

/**
 * Finds out who the customers and items of a batch are in the books. What has a link goes by it, without a request. The rest is looked
 * up; exactly one that nobody else claims is linked, none is created and linked, and everything else waits for a person.
 * @param keep stores what is settled, before the next request
 * @returns whether it was stopped
 * @throws TargetError; what was settled so far is kept, and an intention to create is stored before its request
 */
export async function settleNames(
  store: Store,
  target: AnyTarget,
  session: unknown,
  batch: WorkBatch,
  needs: readonly ReferenceNeed[],
  rest: Pick<Desk, 'stopRequested' | 'keep'>,
): Promise<{ readonly stopped: boolean }> {
  if (target.delivery.by !== 'push') return { stopped: false };
  const desk: Desk = { store, delivery: target.delivery, session, batch, books: await booksIn(store.sql, batch), ...rest };
  const keyless = needs.filter(({ key }) => key === undefined);
  if (await settleByName(desk, keyless)) return { stopped: true };
  for (const kind of ['customer', 'item'] as const) {
    const keyed = needs.filter((need): need is KeyedNeed => need.kind === kind && need.key !== undefined);
    if (keyed.length > 0 && (await settleKind(desk, kind, keyed))) return { stopped: true };
  }
  return { stopped: false };
}

async function settleKind(desk: Desk, kind: 'customer' | 'item', needs: readonly KeyedNeed[]): Promise<boolean> {
  const { store, books, batch } = desk;
  const keys = needs.map(({ key }) => key);
  await store.sql.begin((sql) => adoptPosted(sql, books, kind, needs));
  const links = new Map((await linksOf(store.sql, books, kind, keys)).map((link) => [link.key, link]));
  const matcher = needsMatcher(needs, links)
    ? await openMatcher(store.sql, books, { kind, settings: batch.settings })
    : undefined;
  const verdicts = judgeNames(needs, links, matcher);
  const linked = verdicts.filter((verdict) => verdict.is === 'linked');
  await desk.keep([
    ...linked.filter(({ renamed }) => !renamed).map(({ need, link }) => ({ need, externalId: link.externalId, created: false })),
    ...verdicts.flatMap((verdict) => (verdict.is === 'stopped' ? [{ need: verdict.need, problem: verdict.problem }] : [])),
  ]);
  await settleRenamed(
    desk,
    kind,
    linked.filter(({ renamed }) => renamed),
  );
  const unknown = verdicts.filter((verdict) => verdict.is === 'unknown');
  const later: Unknown[] = [];
  for (let from = 0; from < unknown.length; from += NAMES_AT_ONCE) {
    if (await desk.stopRequested()) return true;
    later.push(...(await settleUnknown(desk, kind, unknown.slice(from, from + NAMES_AT_ONCE), matcher)));
  }
  // "The same as that one": once that one has its link.
  if (later.length > 0) await linkToOthers(desk, kind, later);
  return false;
}

type Unknown = Extract<Verdict, { is: 'unknown' }>;
type Renamed = Extract<Verdict, { is: 'linked' }>;

/** Items that were posted before items had keys are linked by their names. The first document with a key takes the link over. */
async function adoptPosted(sql: Sql, books: Books, kind: 'customer' | 'item', needs: readonly KeyedNeed[]): Promise<void> {
  if (kind === 'customer') return;
  const known = new Set(
    (
      await linksOf(
        sql,
        books,
        kind,
        needs.map(({ key }) => key),
      )
    ).map(({ key }) => key),
  );
  const unlinked = needs.filter(({ key }) => !known.has(key));
  if (unlinked.length === 0) return;
  await lockCompany(sql, books.companyId);
  const posted = new Map(
    (
      await linksOf(
        sql,
        books,
        kind,
        unlinked.map(({ name }) => `name:${name}`),
      )
    ).map((link) => [link.key, link]),
  );
  const made = unlinked.flatMap(({ key, name }): NewLink[] => {
    const link = posted.get(`name:${name}`);
    return link === undefined ? [] : [{ key, externalId: link.externalId, name, shared: true, how: 'posted' }];
  });
  await makeLinks(sql, books, kind, made, { actor: ENGINE, batchId: null });
}

/** A name of ours that changed: unless another one in the books is called so, the link stays and the new name is remembered. */
async function settleRenamed(desk: Desk, kind: 'customer' | 'item', renamed: readonly Renamed[]): Promise<void> {
  if (renamed.length === 0) return;
  const { store, books, delivery, session, batch } = desk;
  const settled: Settled[] = [];
  const follow: Renamed[] = [];
  for (let from = 0; from < renamed.length; from += NAMES_AT_ONCE) {
    const part = renamed.slice(from, from + NAMES_AT_ONCE);
    const sought = await delivery.find(
      session,
      part.map(({ need }) => need),
    );
    for (const [at, one] of part.entries()) {
      const other = idsIn(sought[at]!).some((id) => id !== one.link.externalId);
      const own = idsIn(sought[at]!).includes(one.link.externalId);
      if (other && !own) settled.push({ need: one.need, problem: renamedToAnother(one.need, one.link) });
      else follow.push(one);
    }
  }
  const notices = batch.settings.names?.follow === 'source' ? await followNames(desk, kind, follow) : new Map<string, Problem>();
  await store.sql.begin((sql) =>
    renameLinks(
      sql,
      books,
      kind,
      follow.map(({ need }) => ({ key: need.key, name: need.name })),
    ),
  );
  for (const { need, link } of follow) {
    const notice = notices.get(need.key);
    settled.push({ need, externalId: link.externalId, created: false, ...(notice === undefined ? {} : { notice }) });
  }
  await desk.keep(settled);
}

/** @returns those that are the same as another one of ours */
async function settleUnknown(
  desk: Desk,
  kind: 'customer' | 'item',
  unknown: readonly Unknown[],
  matcher: Matcher | undefined,
): Promise<readonly Unknown[]> {
  const { delivery, session } = desk;
  const same = unknown.filter(({ intent }) => intent?.wish === 'same');
  // What a batch began to create is finished by its own name and key. `create` looks first.
  const begun = unknown.filter(({ intent }) => intent !== undefined && intent.requestKey !== null);
  const others = unknown.filter(({ intent }) => intent?.wish === 'another' && intent.requestKey === null);
  const sought = unknown.filter((one) => !same.includes(one) && !begun.includes(one) && !others.includes(one));
  const outcomes =
    sought.length === 0
      ? []
      : await delivery.find(
          session,
          sought.map(({ need }) => need),
        );
  const link: Found[] = [];
  const create: KeyedNeed[] = [
    ...begun.map(({ need }) => need),
    ...others.map(({ need }) => ({ ...need, name: anotherName(need, desk.batch.settings) })),
  ];
  const settled: Settled[] = [];
  const seen: Candidate[] = [];
  for (const [at, { need, alone, intent }] of sought.entries()) {
    const outcome = outcomes[at]!;
    if ((outcome.status === 'found' || outcome.status === 'refused') && outcome.there !== undefined) seen.push(outcome.there);
    if (outcome.status === 'candidates') seen.push(...outcome.candidates);
    const found = foundIn(outcome);
    const isToCreate = intent?.wish === 'create';
    // The books have one of the name, and two of ours could be it: all wait.
    if (found !== undefined && (alone || (intent === undefined && waitsFor(need, matcher).length > 0)))
      settled.push({ need, problem: claimedByTwo(need, waitsFor(need, matcher)) });
    else if (found !== undefined && isToCreate) settled.push({ need, problem: alreadyThere(need) });
    else if (found !== undefined) link.push({ need, ...found });
    // What keeps a look-up from using the name, such as one that was deleted, may not keep it from being created.
    else if (outcome.status === 'missing' || (outcome.status === 'refused' && isToCreate)) create.push(need);
    else if (outcome.status === 'candidates') settled.push({ need, problem: severalThere(need, outcome.candidates.length) });
    else if (outcome.status === 'refused') settled.push({ need, problem: outcome.problem });
  }
  await keepBookNames(desk.store.sql, desk.books, kind, seen, new Date());
  await desk.keep([...settled, ...(await linkFound(desk, kind, link))]);
  // A link keeps our name, and never the one that tells it apart there: else the next document would call it renamed.
  const called = new Map(unknown.flatMap(({ need, intent }) => (intent?.wish === 'another' ? [[need.key, need.name]] : [])));
  if (create.length > 0) await createNamed(desk, kind, create, called);
  return same;
}

/** The others of ours that could be meant by the name. */
function waitsFor(need: KeyedNeed, matcher: Matcher | undefined): readonly string[] {
  return matcher?.claims({ key: need.key, folded: foldedName(need.name) }) ?? [];
}

/**
 * Stores the links under the company's lock. What a person or another worker linked first stays.
 * @param called our names of those that have another one there, by key
 */
async function linkFound(
  desk: Desk,
  kind: 'customer' | 'item',
  found: readonly Found[],
  called: ReadonlyMap<string, string> = new Map(),
): Promise<Settled[]> {
  if (found.length === 0) return [];
  const { store, books, batch } = desk;
  return store.sql.begin(async (sql) => {
    await lockCompany(sql, books.companyId);
    const taken = new Map(
      (
        await linksTo(
          sql,
          books,
          kind,
          found.map(({ externalId }) => externalId),
        )
      ).map((l) => [l.externalId, l.key]),
    );
    const shared = kind === 'item';
    const free = found.filter(({ need, externalId }) => shared || (taken.get(externalId) ?? need.key) === need.key);
    const made = await makeLinks(
      sql,
      books,
      kind,
      free.map(({ need, externalId, created }) => ({
        ...{ key: need.key, externalId, name: called.get(need.key) ?? need.name, shared },
        how: created === true ? ('created' as const) : ('same-name' as const),
      })),
      { actor: ENGINE, batchId: batch.id },
    );
    await keepBookNames(
      sql,
      books,
      kind,
      found.flatMap(({ there }) => there ?? []),
      new Date(),
    );
    const now = new Map(
      (
        await linksOf(
          sql,
          books,
          kind,
          found.map(({ need }) => need.key),
        )
      ).map((link) => [link.key, link]),
    );
    return found.map(({ need, externalId, created }): Settled => {
      if (made.has(need.key)) return { need, externalId, created: created === true };
      const other: Link | undefined = now.get(need.key);
      if (other !== undefined && other.broken === null) return { need, externalId: other.externalId, created: false };
      return {
        need,
        problem: claimedByTwo(
          need,
          [taken.get(externalId)].filter((key) => key !== undefined),
        ),
      };
    });
  });
}

/** Stores the intentions with the keys of their creations, creates, and links. */
async function createNamed(
  desk: Desk,
  kind: 'customer' | 'item',
  needs: readonly KeyedNeed[],
  called: ReadonlyMap<string, string>,
): Promise<void> {
  const { store, books, batch, delivery, session } = desk;
  const stored = await store.sql.begin(async (sql) => {
    await lockCompany(sql, books.companyId);
    return intend(
      sql,
      books,
      kind,
      batch.id,
      needs.map(({ key, name }) => ({
        ...{ key, wish: 'create' as const, name, folded: foldedName(name) },
        requestKey: hashOf([batch.id, kind, key, name].join('\n')).slice(0, 36),
      })),
      ENGINE,
    );
  });
  const begun = needs.flatMap((need) => {
    const intent = stored.get(need.key);
    return intent === undefined ? [] : [{ ...need, ...intent }];
  });
  const refused = needs.filter(({ key }) => !stored.has(key));
  const outcomes = begun.length === 0 ? [] : await delivery.create(session, begun);
  const found: Found[] = [];
  const settled: Settled[] = refused.map((need) => ({ need, problem: claimedByTwo(need, []) }));
  const ended: string[] = [];
  for (const [at, outcome] of outcomes.entries()) {
    const need = begun[at]!;
    const one = foundIn(outcome);
    if (one !== undefined) {
      found.push({ need, ...one, created: outcome.status === 'created' });
      continue;
    }
    // A definite answer: whoever tries again begins anew, with a new key.
    ended.push(need.key);
    if (outcome.status === 'refused') settled.push({ need, problem: outcome.problem });
    else if (outcome.status === 'candidates') settled.push({ need, problem: severalThere(need, outcome.candidates.length) });
    else settled.push({ need, problem: undefined });
  }
  await endIntents(store.sql, books, kind, ended, ENGINE);
  await desk.keep([...settled, ...(await linkFound(desk, kind, found, called))]);
}

/** A person said that they are the same as another one of ours: its link, if it has one by now. */
async function linkToOthers(desk: Desk, kind: 'customer' | 'item', same: readonly Unknown[]): Promise<void> {
  const { store, books, batch } = desk;
  const settled = await store.sql.begin(async (sql) => {
    await lockCompany(sql, books.companyId);
    const others = same.flatMap(({ intent }) => intent?.sameAs ?? []);
    const links = new Map((await linksOf(sql, books, kind, others)).map((link) => [link.key, link]));
    const made = same.flatMap(({ need, intent }): NewLink[] => {
      const link = links.get(intent?.sameAs ?? '');
      return link === undefined || link.broken !== null
        ? []
        : [{ key: need.key, externalId: link.externalId, name: need.name, shared: true, how: 'person' }];
    });
    await shareLinks(
      sql,
      books,
      kind,
      made.map(({ externalId }) => externalId),
    );
    const done = await makeLinks(sql, books, kind, made, { actor: ENGINE, batchId: batch.id });
    return same.map(({ need, intent }): Settled => {
      const one = made.find(({ key }) => key === need.key);
      return one !== undefined && done.has(need.key)
        ? { need, externalId: one.externalId, created: false }
        : { need, problem: claimedByTwo(need, [intent?.sameAs ?? '']) };
    });
  });
  await desk.keep(settled);
}

/** Who makes the links that nobody decided about. */
const ENGINE = 'ledgerpost';
