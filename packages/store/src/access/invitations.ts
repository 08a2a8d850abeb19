import { randomBytes } from 'node:crypto';
import { Refusal } from '@ledgerpost/core';
import { and, desc, eq, sql as expression, getTableColumns, gt, isNull } from 'drizzle-orm';
import { drizzleOn, isSame, NOW } from '../database/drizzle-on.ts';
import { hashOf } from '../database/hash.ts';
import type { Sql, Store } from '../database/open-store.ts';
import { type GivenAccess, type InvitationKind, identities, invitations, memberships, people } from '../schema/index.ts';
import { actingAs, actorIdOf, isNameOfPerson } from './actors.ts';
import { writeJournal } from './journal.ts';
import { addressOf } from './passwords.ts';
import { endLinksFromElsewhere, personWithIdentity } from './people.ts';
import { endSessionsOf } from './sessions.ts';

/** Hours for which each kind of link works. */
const HOURS: Readonly<Record<InvitationKind, number>> = { invitation: 7 * 24, 'set-up': 1, password: 24 };

const { tokenHash: _, ...columns } = getTableColumns(invitations);

export type Invitation = Readonly<Omit<typeof invitations.$inferSelect, 'tokenHash'>>;

export interface NewInvitation {
  readonly kind: InvitationKind;
  /** The company whose admins see it; null: the installation's. */
  readonly companyId: string | null;
  readonly name: string;
  readonly email?: string | null | undefined;
  readonly access: readonly GivenAccess[];
  readonly personId?: string | undefined;
}

/** Makes a link that gives access once. Only this call returns its token: the database keeps the hash. */
export async function createInvitation(
  store: Store,
  wanted: NewInvitation,
  actor: string,
): Promise<{ id: string; token: string; expiresAt: Date }> {
  const id = randomBytes(6).toString('hex');
  const token = randomBytes(32).toString('base64url');
  const { kind, companyId, name, access } = wanted;
  const email = wanted.email == null || wanted.email.trim() === '' ? null : addressOf(wanted.email);
  const expiresAt = await store.sql.begin(async (sql) => {
    const [row] = await drizzleOn(sql)
      .insert(invitations)
      .values({
        ...{ id, tokenHash: hashOf(token), kind, companyId, name, email, access: [...access] },
        personId: wanted.personId ?? null,
        createdBy: actor,
        createdById: actorIdOf(actor),
        expiresAt: expression`now() + make_interval(hours => ${HOURS[kind]})`,
      })
      .returning({ expiresAt: invitations.expiresAt });
    await writeJournal(sql, {
      ...{ companyId, actor, act: kind === 'password' ? 'person.password-link' : 'person.invited', subject: `invitation/${id}` },
      details: { name, email, access },
    });
    return row!.expiresAt;
  });
  return { id, token, expiresAt };
}

const isOpen = and(isNull(invitations.acceptedAt), isNull(invitations.endedAt), gt(invitations.expiresAt, NOW));

/** The invitation behind a token; undefined once it was used, was taken back or has expired. */
export async function findInvitation({ sql }: Store, token: string): Promise<Invitation | undefined> {
  const [row] = await drizzleOn(sql)
    .select(columns)
    .from(invitations)
    .where(and(eq(invitations.tokenHash, hashOf(token)), isOpen));
  return row;
}

/** Links that nobody has used yet, newest first. */
export async function listInvitations({ sql }: Store, companyId: string | null): Promise<readonly Invitation[]> {
  return drizzleOn(sql)
    .select(columns)
    .from(invitations)
    .where(and(isSame(invitations.companyId, companyId), isOpen))
    .orderBy(desc(invitations.createdAt), desc(invitations.id));
}

/** Takes a link back. False if there is no such one that still works. */
export async function endInvitation(store: Store, companyId: string | null, id: string, actor: string): Promise<boolean> {
  return store.sql.begin(async (sql) => {
    const [ended] = await drizzleOn(sql)
      .update(invitations)
      .set({ endedAt: NOW })
      .where(and(eq(invitations.id, id), isSame(invitations.companyId, companyId), isOpen))
      .returning({ name: invitations.name });
    if (ended === undefined) return false;
    await writeJournal(sql, { companyId, actor, act: 'invitation.ended', subject: `invitation/${id}`, details: ended });
    return true;
  });
}

/** How the person who accepts will sign in: already does, elsewhere, or with a password (its hash). */
export type Way =
  | { readonly by: 'session'; readonly personId: string }
  | { readonly by: 'account'; readonly issuer: string; readonly subject: string }
  | { readonly by: 'password'; readonly hash: string; readonly email?: string | undefined };

/**
 * Uses up an invitation: the person gets its access, and signs in this way from now on. A second invitation to an address adds a
 * way to the person who is known by it.
 * @param name as the person or the provider writes it; one that can't be a person's name gives way to the invitation's
 * @returns the person's id
 * @throws Refusal `bad-invitation` | `other-person` | `sign-in-first`
 */
export async function acceptInvitation(store: Store, token: string, way: Way, name?: string): Promise<string> {
  return store.sql.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('access of people', 7))`;
    const [invitation] = await drizzleOn(sql)
      .update(invitations)
      .set({ acceptedAt: NOW })
      .where(and(eq(invitations.tokenHash, hashOf(token)), isOpen))
      .returning(columns);
    if (invitation === undefined) throw badInvitation();
    const personId = (await knownPerson(sql, invitation, way)) ?? (await newPerson(sql, invitation, way, name));
    await drizzleOn(sql).update(invitations).set({ acceptedBy: personId }).where(eq(invitations.id, invitation.id));
    await addWay(sql, personId, way);
    for (const access of invitation.access) await addAccess(sql, personId, access, invitation.createdBy);
    await endLinksFromElsewhere(sql, personId);
    await noteAccepted(sql, invitation, personId);
    return personId;
  });
}

export function badInvitation(): Refusal {
  return new Refusal('bad-invitation', 'This link was used already, was taken back or has expired. Ask an admin for a new one.');
}

/** The person who is known to accept, if there is one. @throws Refusal `other-person` | `sign-in-first` */
async function knownPerson(sql: Sql, invitation: Invitation, way: Way): Promise<string | undefined> {
  const signedIn =
    way.by === 'session'
      ? way.personId
      : way.by === 'account'
        ? await personWithIdentity(sql, way.issuer, way.subject)
        : undefined;
  const { personId, companyId } = invitation;
  const email = addressIn(invitation, way);
  if (signedIn !== undefined) {
    if (personId === null || personId === signedIn) return signedIn;
    throw new Refusal('other-person', 'This account signs in as someone else already. Ask an admin to join the two people.');
  }
  if (personId !== null) return personId;
  if (email === null) return undefined;
  const [known] = await sql<{ id: string; elsewhere: boolean }[]>`
    select p.id, exists (
      select from memberships m where m.person_id = p.id and m.company_id is distinct from ${companyId}) as elsewhere
    from people p where p.email = ${email} and p.joined_into is null`;
  if (known === undefined) return undefined;
  // An address that the person typed proves nothing.
  if (invitation.email === null) {
    throw new Refusal('sign-in-first', 'Someone with this address has access already. Sign in first, then open the link again.');
  }
  // Otherwise an admin of one company could open another company with a link that names one of its people.
  if (known.elsewhere && companyId !== null) {
    throw new Refusal(
      'sign-in-first',
      'The person with this address has access to other companies. Sign in first, then open the link again.',
    );
  }
  return known.id;
}

/** The address that goes with an invitation: its own, or else the one that the person chose for signing in. */
function addressIn({ email }: Invitation, way: Way): string | null {
  return email ?? (way.by === 'password' && way.email !== undefined ? addressOf(way.email) : null);
}

async function newPerson(sql: Sql, invitation: Invitation, way: Way, given: string | undefined): Promise<string> {
  const id = randomBytes(6).toString('hex');
  const said = given?.trim().replace(/\s+/g, ' ').slice(0, 100);
  const name = said && isNameOfPerson(said) ? said : invitation.name;
  await drizzleOn(sql)
    .insert(people)
    .values({ id, name, email: addressIn(invitation, way) });
  return id;
}

async function addWay(sql: Sql, personId: string, way: Way): Promise<void> {
  if (way.by === 'session') return;
  if (way.by === 'account') {
    const { issuer, subject } = way;
    await drizzleOn(sql).insert(identities).values({ issuer, subject, personId }).onConflictDoNothing();
  } else {
    // A new password ends every session that the former one began.
    await endSessionsOf(sql, personId);
  }
  // Who signs in elsewhere has no password beside it, which nobody there could take away.
  const passwordHash = way.by === 'password' ? way.hash : null;
  await drizzleOn(sql).update(people).set({ passwordHash, wrongPasswords: 0 }).where(eq(people.id, personId));
}

async function addAccess(sql: Sql, personId: string, { companyId, roles }: GivenAccess, givenBy: string): Promise<void> {
  await drizzleOn(sql)
    .insert(memberships)
    .values({ personId, companyId, roles: [...roles], givenBy })
    .onConflictDoUpdate({
      target: [memberships.personId, memberships.companyId],
      set: {
        roles: expression`(select jsonb_agg(distinct r) from jsonb_array_elements(${memberships.roles} || excluded.roles) r)`,
      },
    });
}

async function noteAccepted(sql: Sql, invitation: Invitation, personId: string): Promise<void> {
  const [person] = await drizzleOn(sql).select({ name: people.name }).from(people).where(eq(people.id, personId));
  const actor = person!.name;
  const places = invitation.access.length === 0 ? [{ companyId: invitation.companyId, roles: [] }] : invitation.access;
  await actingAs({ text: actor, id: `person:${personId}` }, async () => {
    for (const { companyId, roles } of places) {
      await writeJournal(sql, {
        ...{ companyId, actor, subject: `person/${personId}` },
        act: invitation.kind === 'password' ? 'person.password-set' : 'person.joined',
        details: { roles, invitation: invitation.id, invitedBy: invitation.createdBy },
      });
    }
  });
}

/**
 * The token of a link that makes the first admin, where nobody has access yet; undefined elsewhere. It works once, for an hour, and
 * ends the one before it.
 */
export async function setUpToken(store: Store): Promise<string | undefined> {
  const [row] = await store.sql<{ empty: boolean }[]>`
    select not exists (select from memberships) and not exists (select from api_keys where revoked_at is null) as empty`;
  if (!row!.empty) return undefined;
  await drizzleOn(store.sql)
    .update(invitations)
    .set({ endedAt: NOW })
    .where(and(eq(invitations.kind, 'set-up'), isOpen));
  const access = [{ companyId: null, roles: ['admin' as const] }];
  const { token } = await createInvitation(store, { kind: 'set-up', companyId: null, name: 'Admin', access }, 'set-up link');
  return token;
}
