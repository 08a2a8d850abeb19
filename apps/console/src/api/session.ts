import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { useCompanyIfAny } from '../ui/company.ts';
import { answerOf, answerOrNull, api, rememberCsrfToken } from './client.ts';
import type { components } from './schema.d.ts';

export type Session = components['schemas']['Session'];
export type Role = Session['roles'][number];

/** The session, or null while nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    const session = await answerOrNull(api.GET('/v1/session'), ({ status }) => status === 401);
    return session && remember(session);
  },
  staleTime: Number.POSITIVE_INFINITY,
});

export async function signIn(queries: QueryClient, key: string): Promise<void> {
  enter(queries, await answerOf(api.POST('/v1/session', { body: { key } })));
}

/** The console is the session's from here on. */
export function enter(queries: QueryClient, session: Session): void {
  queries.setQueryData(sessionQuery.queryKey, remember(session));
}

export async function signOut(queries: QueryClient): Promise<void> {
  await answerOf(api.DELETE('/v1/session'));
  forgetSession(queries);
}

/** Removes everything that was loaded for this key, so that the next one can't see it. */
export function forgetSession(queries: QueryClient): void {
  rememberCsrfToken(null);
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
  queries.setQueryData(sessionQuery.queryKey, null);
}

function remember(session: Session): Session {
  rememberCsrfToken(session.csrfToken);
  return session;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('No session is open here.');
  return session;
}

/** What the session may do in a company: its roles everywhere, and those of a person there. */
export function rolesAt({ roles, companies }: Session, company: string | undefined): readonly Role[] {
  return [...roles, ...companies.filter(({ id }) => id === company).flatMap((one) => one.roles)];
}

/** Whether the session has one of the roles, in the company that is open; `admin` includes them all. */
export function useMay(...roles: readonly Role[]): boolean {
  const has = rolesAt(useSession(), useCompanyIfAny()?.id);
  return has.includes('admin') || roles.some((role) => has.includes(role));
}

/** Whether the person may not decide about a batch, because it is their own: they, or a key of theirs, started it. */
export function isOwnBatch(
  { actor, actorId, person }: Session,
  batch: { readonly startedBy: string; readonly startedById: string | null; readonly starterId: string | null },
): boolean {
  if (batch.startedById === null) return batch.startedBy === actor;
  return batch.startedById === actorId || (person !== null && batch.starterId === person.id);
}

/** Whether one of the roles is another than `source`, which can only send records. */
export function mayRead(roles: readonly Role[]): boolean {
  return roles.some((role) => role !== 'source');
}
