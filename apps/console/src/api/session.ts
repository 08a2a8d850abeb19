import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { api, rememberCsrfToken, told, toldOrNull } from './client.ts';
import type { components } from './schema.d.ts';

export type Session = components['schemas']['Session'];
export type Role = Session['roles'][number];

/** Who is signed in; null: nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    const session = await toldOrNull(api.GET('/v1/session'), ({ status }) => status === 401);
    return session && remember(session);
  },
  staleTime: Number.POSITIVE_INFINITY,
});

export async function signIn(queries: QueryClient, key: string): Promise<void> {
  queries.setQueryData(sessionQuery.queryKey, remember(await told(api.POST('/v1/session', { body: { key } }))));
}

export async function signOut(queries: QueryClient): Promise<void> {
  await told(api.DELETE('/v1/session'));
  forgetSession(queries);
}

/** Nothing that one key may see is left for the next. */
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
  if (session === undefined) throw new Error('Nobody is signed in here.');
  return session;
}

/** Whether whoever is signed in has one of the roles; `admin` covers all. */
export function useMay(...roles: readonly Role[]): boolean {
  const session = useSession();
  return session.roles.includes('admin') || roles.some((role) => session.roles.includes(role));
}

/** Every role but `source`, which only puts records. */
export function useMayRead(): boolean {
  return useMay('viewer', 'poster', 'approver');
}
