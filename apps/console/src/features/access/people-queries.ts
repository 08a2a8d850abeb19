import { answerOf, api } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';
import type { Role } from '../../api/session.ts';

type Schemas = components['schemas'];
export type Person = Schemas['Person'];
export type Invitation = Schemas['Invitation'];
export type ApiKey = Schemas['ApiKey'];

/** Where people have access: in one company, or (null) in the whole installation. */
export type Scope = string | null;

/** Everything about access begins with these, so that one call refreshes it. */
export const accessKey = (scope: Scope) => [scope ?? 'installation', 'access'] as const;

const at = (company: string) => ({ params: { path: { company } } });

export const peopleQuery = (scope: Scope) => ({
  queryKey: [...accessKey(scope), 'people'],
  queryFn: async (): Promise<readonly Person[]> =>
    (await answerOf(scope === null ? api.GET('/v1/people') : api.GET('/v1/companies/{company}/people', at(scope)))).rows,
});

export const invitationsQuery = (scope: Scope) => ({
  queryKey: [...accessKey(scope), 'invitations'],
  queryFn: async (): Promise<readonly Invitation[]> =>
    (await answerOf(scope === null ? api.GET('/v1/invitations') : api.GET('/v1/companies/{company}/invitations', at(scope))))
      .rows,
});

export const scopeKeysQuery = (scope: Scope) => ({
  queryKey: [...accessKey(scope), 'keys'],
  queryFn: async (): Promise<readonly ApiKey[]> =>
    (await answerOf(scope === null ? api.GET('/v1/keys') : api.GET('/v1/companies/{company}/keys', at(scope)))).rows,
});

export const invite = (
  scope: Scope,
  body: { name: string; email?: string; roles: Role[]; companies: { company: string; roles: Role[] }[] },
) => {
  const { companies, ...one } = body;
  return answerOf(
    scope === null
      ? api.POST('/v1/invitations', { body })
      : api.POST('/v1/companies/{company}/invitations', { ...at(scope), body: one }),
  );
};

export const endInvitation = (scope: Scope, invitation: string) =>
  answerOf(
    scope === null
      ? api.DELETE('/v1/invitations/{invitation}', { params: { path: { invitation } } })
      : api.DELETE('/v1/companies/{company}/invitations/{invitation}', { params: { path: { company: scope, invitation } } }),
  );

export const changeRoles = (scope: Scope, person: string, roles: Role[]) =>
  answerOf(
    scope === null
      ? api.PUT('/v1/people/{person}', { params: { path: { person } }, body: { roles } })
      : api.PUT('/v1/companies/{company}/people/{person}', { params: { path: { company: scope, person } }, body: { roles } }),
  );

export const removePerson = (scope: Scope, person: string, keys: 'end' | 'keep') =>
  answerOf(
    scope === null
      ? api.DELETE('/v1/people/{person}', { params: { path: { person }, query: { keys } } })
      : api.DELETE('/v1/companies/{company}/people/{person}', { params: { path: { company: scope, person }, query: { keys } } }),
  );

export const passwordLink = (scope: Scope, person: string) =>
  answerOf(
    scope === null
      ? api.POST('/v1/people/{person}/password-link', { params: { path: { person } } })
      : api.POST('/v1/companies/{company}/people/{person}/password-link', { params: { path: { company: scope, person } } }),
  );

export const joinPeople = (person: string, other: string) =>
  answerOf(api.POST('/v1/people/{person}/join', { params: { path: { person } }, body: { other } }));

export const createKey = (scope: Scope, body: { name: string; roles: Role[] }) =>
  answerOf(scope === null ? api.POST('/v1/keys', { body }) : api.POST('/v1/companies/{company}/keys', { ...at(scope), body }));

export const endKey = (scope: Scope, key: string) =>
  answerOf(
    scope === null
      ? api.DELETE('/v1/keys/{key}', { params: { path: { key } } })
      : api.DELETE('/v1/companies/{company}/keys/{key}', { params: { path: { company: scope, key } } }),
  );

export const ownKey = (scope: Scope, key: string, person: string | null) =>
  answerOf(
    scope === null
      ? api.PUT('/v1/keys/{key}/owner', { params: { path: { key } }, body: { person } })
      : api.PUT('/v1/companies/{company}/keys/{key}/owner', { params: { path: { company: scope, key } }, body: { person } }),
  );
