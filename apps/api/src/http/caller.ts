import type { ApiKey, GivenAccess, Person, Role } from '@ledgerpost/store';

/** Who sent a request: a key, directly or by a browser's session, or a person. */
export interface Caller {
  /** `key:<id>` or `person:<id>`, as in the journal. */
  readonly actorId: string;
  /** Of the two, one is null. */
  readonly keyId: string | null;
  readonly personId: string | null;
  /** Roles by company; without a company (null) they count everywhere. */
  readonly access: readonly (GivenAccess & { readonly companyName?: string | null })[];
  /** The name of the caller in the journal: the person's, or the key's name and id. */
  readonly actor: string;
}

export function asCaller({ id, name, companyId, roles }: ApiKey): Caller {
  return { actorId: `key:${id}`, keyId: id, personId: null, access: [{ companyId, roles }], actor: `${name} (${id})` };
}

export function personAsCaller({ id, name, access }: Person): Caller {
  return { actorId: `person:${id}`, keyId: null, personId: id, access, actor: name };
}

/** What the caller may do in a company (null: in the installation). Undefined where the caller has no access at all. */
export function rolesIn({ access }: Caller, companyId: string | null): readonly Role[] | undefined {
  const here = access.filter((one) => one.companyId === null || one.companyId === companyId);
  return here.length === 0 ? undefined : [...new Set(here.flatMap(({ roles }) => roles))];
}

/** The one company that the caller belongs to; null for a caller of the installation or of several companies. */
export function onlyCompany({ access }: Caller): string | null {
  return access.length === 1 ? access[0]!.companyId : null;
}
