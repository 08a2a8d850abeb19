import { Refusal } from '@ledgerpost/core';
import { and, eq, sql as expression, inArray, isNotNull, isNull, or, type SQL } from 'drizzle-orm';
import { drizzleOn, isSame, NOW } from '../database/drizzle-on.ts';
import type { Sql, Store } from '../database/open-store.ts';
import { probeOrNull } from '../database/probe.ts';
import {
  apiKeys,
  type GivenAccess,
  identities,
  invitations,
  memberships,
  oauthStates,
  people,
  type Role,
} from '../schema/index.ts';
import { endLinks } from './end-links.ts';
import { writeJournal } from './journal.ts';
import { endSessionsOf } from './sessions.ts';

/** A person with what they may do, and where. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  /** Roles by company; without a company they count everywhere. By id of the company. */
  readonly access: readonly (GivenAccess & { readonly companyName: string | null })[];
}

/** A person as admins see one. */
export interface PersonView extends Person {
  readonly createdAt: Date;
  readonly hasPassword: boolean;
  /** How many accounts elsewhere the person signs in with. */
  readonly accounts: number;
  /** When one of their sessions was last used, as far as it is known. */
  readonly usedAt: Date | null;
}

const accessOf = (sql: Sql) => sql`coalesce((
  select jsonb_agg(jsonb_build_object('companyId', m.company_id, 'companyName', c.name, 'roles', m.roles) order by m.company_id nulls first)
  from memberships m ${probeOrNull(sql, 'c', sql`select name from companies where id = m.company_id`)} where m.person_id = p.id), '[]')`;

/** A person who has access somewhere; undefined once it was taken away. */
export async function findPerson({ sql }: Store, id: string): Promise<Person | undefined> {
  const [person] = await sql<Person[]>`
    select p.id, p.name, p.email, ${accessOf(sql)} as access from people p where p.id = ${id} and p.joined_into is null`;
  return person === undefined || person.access.length === 0 ? undefined : person;
}

/** The person who signs in with an account elsewhere, with access or without. */
export async function personWithIdentity(sql: Sql, issuer: string, subject: string): Promise<string | undefined> {
  const [row] = await drizzleOn(sql)
    .select({ id: identities.personId })
    .from(identities)
    .where(and(eq(identities.issuer, issuer), eq(identities.subject, subject)));
  return row?.id;
}

/** Those who have access to a company, with those who have it everywhere; or (null) all. By name. */
export async function listPeople({ sql }: Store, companyId: string | null): Promise<readonly PersonView[]> {
  const here = companyId === null ? sql`true` : sql`(m.company_id is null or m.company_id = ${companyId})`;
  const rows = await sql<PersonView[]>`
    select p.id, p.name, p.email, ${accessOf(sql)} as access, p.created_at as "createdAt",
      p.password_hash is not null as "hasPassword",
      (select count(*)::int from identities i where i.person_id = p.id) as accounts,
      (select max(s.used_at) from sessions s where s.person_id = p.id) as "usedAt"
    from people p where exists (select from memberships m where m.person_id = p.id and ${here})
    order by lower(p.name), p.id`;
  if (companyId === null) return rows;
  // An admin of one company sees nothing of the others.
  return rows.map((row) => ({
    ...row,
    access: row.access.filter((one) => one.companyId === null || one.companyId === companyId),
  }));
}

interface Change {
  readonly personId: string;
  /** Null: everywhere. */
  readonly companyId: string | null;
  readonly actor: string;
}

/**
 * Gives a person other roles.
 * @param change.mayAdd whether a person who had no access there gets it
 * @throws Refusal `not-found` | `last-admin`
 */
export async function changeRoles(
  store: Store,
  change: Change & { readonly roles: readonly Role[]; readonly mayAdd: boolean },
): Promise<void> {
  const { personId, companyId, actor, roles } = change;
  await changingAccess(store, async (sql) => {
    const before = await rolesOf(sql, personId, companyId);
    const [known] = await drizzleOn(sql)
      .select({ id: memberships.personId })
      .from(memberships)
      .where(eq(memberships.personId, personId))
      .limit(1);
    if (known === undefined || (before === undefined && !change.mayAdd)) throw noPerson(personId);
    await drizzleOn(sql)
      .insert(memberships)
      .values({ personId, companyId, roles: [...roles], givenBy: actor })
      .onConflictDoUpdate({ target: [memberships.personId, memberships.companyId], set: { roles: [...roles] } });
    if (!roles.includes('admin')) await endWhatTheyOpened(sql, personId, companyId);
    if (before === undefined) await endLinksFromElsewhere(sql, personId);
    await writeJournal(sql, {
      ...{ companyId, actor, act: 'person.roles-changed', subject: `person/${personId}` },
      details: { ...(await nameOf(sql, personId)), before: before ?? [], after: roles },
    });
  });
}

/**
 * Takes a person's access to a company away, or (null) all access. Their sessions, open connects and invitations end with it;
 * batches, schedules and approvals stay.
 * @param change.keys whether the keys that the person answers for end as well
 * @throws Refusal `not-found` | `last-admin`
 */
export async function removePerson(store: Store, change: Change & { readonly keys: 'end' | 'keep' }): Promise<void> {
  const { personId, companyId, actor, keys } = change;
  await changingAccess(store, async (sql) => {
    const left = companyId === null ? undefined : eq(memberships.companyId, companyId);
    const ended = await drizzleOn(sql)
      .delete(memberships)
      .where(and(eq(memberships.personId, personId), left))
      .returning({ companyId: memberships.companyId, roles: memberships.roles });
    if (ended.length === 0) throw noPerson(personId);
    await endWhatTheyOpened(sql, personId, companyId);
    const revoked = keys === 'end' ? await endKeysOf(sql, personId, companyId) : [];
    for (const key of revoked)
      await writeJournal(sql, { companyId: key.companyId, actor, act: 'key.revoked', subject: `key/${key.id}` });
    const [more] = await drizzleOn(sql)
      .select({ id: memberships.personId })
      .from(memberships)
      .where(eq(memberships.personId, personId));
    if (more === undefined) {
      await endSessionsOf(sql, personId);
      // To come back takes an invitation, and a way to sign in that was bound by it.
      await drizzleOn(sql).delete(identities).where(eq(identities.personId, personId));
      await drizzleOn(sql).update(people).set({ passwordHash: null }).where(eq(people.id, personId));
    }
    for (const one of ended) {
      await writeJournal(sql, {
        ...{ companyId: one.companyId, actor, act: 'person.removed', subject: `person/${personId}` },
        details: { ...(await nameOf(sql, personId)), roles: one.roles, keys: revoked.map(({ id }) => id) },
      });
    }
  });
}

/**
 * Makes two entries one, where an admin knows that they are one person: what the other one has goes to the first. Rules take both
 * for one from then on, in old batches too.
 * @throws Refusal `not-found` | `last-admin`
 */
export async function joinPeople(store: Store, join: { into: string; other: string; actor: string }): Promise<void> {
  const { into, other, actor } = join;
  await changingAccess(store, async (sql) => {
    const found = await drizzleOn(sql)
      .select({ id: people.id, name: people.name, email: people.email })
      .from(people)
      .where(and(inArray(people.id, [into, other]), isNull(people.joinedInto)))
      .for('update');
    const [kept, gone] = [into, other].map((id) => found.find((one) => one.id === id));
    if (kept === undefined) throw noPerson(into);
    if (gone === undefined || into === other) throw noPerson(other);
    await sql`
      insert into memberships (person_id, company_id, roles, since, given_by)
      select ${into}, company_id, roles, since, given_by from memberships where person_id = ${other}
      on conflict on constraint memberships_one do update set roles = (
        select jsonb_agg(distinct r) from jsonb_array_elements(memberships.roles || excluded.roles) r)`;
    await drizzleOn(sql).delete(memberships).where(eq(memberships.personId, other));
    await drizzleOn(sql).update(identities).set({ personId: into }).where(eq(identities.personId, other));
    await drizzleOn(sql).update(apiKeys).set({ ownerId: into }).where(eq(apiKeys.ownerId, other));
    await drizzleOn(sql)
      .update(people)
      .set({ joinedInto: into, passwordHash: null })
      .where(or(eq(people.id, other), eq(people.joinedInto, other)));
    if (kept.email === null && gone.email !== null)
      await drizzleOn(sql).update(people).set({ email: gone.email }).where(eq(people.id, into));
    await endSessionsOf(sql, other);
    await endLinks(sql, eq(invitations.personId, other));
    await endLinksFromElsewhere(sql, into);
    await writeJournal(sql, {
      ...{ companyId: null, actor, act: 'person.joined-with', subject: `person/${into}` },
      details: { name: kept.name, other: { id: other, name: gone.name } },
    });
  });
}

/** One change of access at a time, so that two admins can't take the role from each other, and nobody is left. */
async function changingAccess(store: Store, change: (sql: Sql) => Promise<void>): Promise<void> {
  await store.sql.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('access of people', 7))`;
    const before = await admins(sql);
    await change(sql);
    const after = await admins(sql);
    // An admin of the installation is an admin of each company.
    const without = [...before].filter((id) => !after.has(id) && (id === null || !after.has(null)));
    if (without.length === 0) return;
    const where = without.includes(null) ? 'the installation' : 'the company';
    throw new Refusal('last-admin', `This is the last person who is an admin of ${where}. Make someone else an admin first.`);
  });
}

/** The companies (null: the installation) that have an admin among the people. */
async function admins(sql: Sql): Promise<ReadonlySet<string | null>> {
  const rows = await sql<{ companyId: string | null }[]>`
    select distinct company_id as "companyId" from memberships where roles ? 'admin'`;
  return new Set(rows.map(({ companyId }) => companyId));
}

async function rolesOf(sql: Sql, personId: string, companyId: string | null): Promise<readonly Role[] | undefined> {
  const [row] = await drizzleOn(sql)
    .select({ roles: memberships.roles })
    .from(memberships)
    .where(and(eq(memberships.personId, personId), isSame(memberships.companyId, companyId)));
  return row?.roles;
}

/** Ends open requests to connect books, and invitations from and for the person. */
async function endWhatTheyOpened(sql: Sql, personId: string, companyId: string | null): Promise<void> {
  const here = (column: Parameters<typeof isSame>[0]): SQL | undefined =>
    companyId === null ? undefined : isSame(column, companyId);
  await drizzleOn(sql)
    .delete(oauthStates)
    .where(and(eq(oauthStates.personId, personId), here(oauthStates.companyId)));
  const [person] = await drizzleOn(sql).select({ email: people.email }).from(people).where(eq(people.id, personId));
  const email = person?.email ?? null;
  const forThem = email === null ? undefined : and(isNotNull(invitations.email), eq(invitations.email, email));
  const theirs = or(eq(invitations.createdById, `person:${personId}`), eq(invitations.personId, personId), forThem);
  await endLinks(sql, and(here(invitations.companyId), theirs));
}

/**
 * Ends links for a new way to sign in that an admin of one company made, once the person has access elsewhere: that admin could sign
 * in as the person there. Call it after access was given.
 */
export async function endLinksFromElsewhere(sql: Sql, personId: string): Promise<void> {
  const elsewhere = expression`exists (
    select from memberships m where m.person_id = ${personId} and m.company_id is distinct from ${invitations.companyId})`;
  const ofCompany = and(eq(invitations.kind, 'password'), isNotNull(invitations.companyId));
  await endLinks(sql, and(ofCompany, eq(invitations.personId, personId), elsewhere));
}

async function endKeysOf(sql: Sql, personId: string, companyId: string | null) {
  const here = companyId === null ? undefined : eq(apiKeys.companyId, companyId);
  return drizzleOn(sql)
    .update(apiKeys)
    .set({ revokedAt: NOW })
    .where(and(eq(apiKeys.ownerId, personId), isNull(apiKeys.revokedAt), here))
    .returning({ id: apiKeys.id, companyId: apiKeys.companyId });
}

async function nameOf(sql: Sql, personId: string): Promise<{ readonly name: string }> {
  const [row] = await drizzleOn(sql).select({ name: people.name }).from(people).where(eq(people.id, personId));
  return { name: row?.name ?? personId };
}

export function noPerson(id: string): Refusal {
  return new Refusal('not-found', `There is no person ${JSON.stringify(id)} with access here.`);
}
