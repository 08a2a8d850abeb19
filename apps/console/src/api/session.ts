import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
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
  queries.setQueryData(sessionQuery.queryKey, remember(await answerOf(api.POST('/v1/session', { body: { key } }))));
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

/** Whether the session has one of the roles; `admin` includes them all. */
export function useMay(...roles: readonly Role[]): boolean {
  const session = useSession();
  return session.roles.includes('admin') || roles.some((role) => session.roles.includes(role));
}

/** Every role except `source`, which can only send records. */
export function useMayRead(): boolean {
  return useMay('viewer', 'poster', 'approver');
}
