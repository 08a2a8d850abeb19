import { type CompanyFacts, Refusal } from '@ledgerpost/core';
import { type ApiKey, actingAs, findKey, findPerson, findSession, getCompany, type Role, type Store } from '@ledgerpost/store';
import type { FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import { asCaller, type Caller, personAsCaller, rolesIn } from './caller.ts';
import type { CallerGuard } from './caller-limits.ts';
import { hasCsrfToken, sessionToken } from './session-cookie.ts';
import { fairReads } from './shared/fair-reads.ts';

/** The callers that may use a route. Every route states it; the API refuses to start with one that doesn't. */
export type Access =
  /** Anybody, without a key. */
  | { readonly to: 'everybody' }
  /** Any key in force, and any person who has access. */
  | { readonly to: 'every-key' }
  /** Keys and people of the installation with one of these roles. */
  | { readonly to: 'installation'; readonly roles: readonly Role[] }
  /** Keys and people of the company in the path, or of the installation, with one of these roles. */
  | { readonly to: 'company'; readonly roles: readonly Role[] };

/** Everyone reads but sources, which only put records. `admin` may do everything and is implied everywhere. */
export const READERS = ['viewer', 'poster', 'approver'] as const satisfies readonly Role[];

export const everybody: Access = { to: 'everybody' };
export const everyKey: Access = { to: 'every-key' };
export function installation(...roles: readonly Role[]): Access {
  return { to: 'installation', roles };
}
export function company(...roles: readonly Role[]): Access {
  return { to: 'company', roles };
}

/** Callers of one company whose access is checked at a time, and in all: the rest wait, so that companies are served in turns. */
const CHECKS = { perCompany: 2, inAll: 6 };

/** Checks the key, or the browser's session, before a body is read, and loads the company that the path names. Whatever belongs to another company answers 404, as if it did not exist. */
export function registerAccess(app: App, deps: AccessDeps): void {
  const { store, guard } = deps;
  app.decorateRequest('caller', null as unknown as Caller);
  app.decorateRequest('company', null as never);

  app.addHook('onRoute', (route) => {
    const config = route.config ?? {};
    route.config = config;
    if (config.access === undefined && route.schema?.hide) config.access = everybody; // pages of the documentation
    if (config.access === undefined)
      throw new Error(`Route ${route.method} ${route.url} does not state who may use it (config.access).`);
  });

  const turns = fairReads(CHECKS);
  app.addHook('onRequest', (request) => {
    const { company: id } = (request.params ?? {}) as { readonly company?: string };
    return id === undefined ? check(request) : turns.turn(id, () => check(request));
  });

  async function check(request: FastifyRequest): Promise<void> {
    const access = request.routeOptions.config.access;
    if (access === undefined || access.to === 'everybody') {
      guard.countRequest(`address/${request.ip}`);
      return;
    }

    const caller = await callerOf(request, deps);
    guard.countRequest(caller.actorId);
    request.caller = caller;
    request.log = request.log.child({ key: caller.keyId ?? caller.actorId });
    needAccess(request, caller);
    if (access.to !== 'company') return;
    const { company: id } = request.params as { company: string };
    // A PUT of the company itself makes it; everything else needs it to be there.
    const found = storable(id) ? await getCompany(store, id) : undefined;
    if (found === undefined) throw noCompany(id);
    request.company = found;
  }

  // The id of the caller goes into the journal with all that the route does.
  app.addHook('preHandler', (request, _reply, done) => {
    if (request.caller === null) done();
    else actingAs({ text: request.caller.actor, id: request.caller.actorId }, done);
  });
}

/** Refuses a caller who may not use the route of this request. */
function needAccess(request: FastifyRequest, caller: Caller): void {
  const access = request.routeOptions.config.access ?? everybody;
  switch (access.to) {
    case 'everybody':
    case 'every-key':
      return;
    case 'installation':
      if (rolesIn(caller, null) === undefined) {
        throw new Refusal(
          'installation-key-needed',
          caller.keyId === null
            ? 'This needs access to the whole installation; yours is to single companies.'
            : 'This needs a key of the installation; your key belongs to one company.',
        );
      }
      needRole(caller, access.roles, null);
      return;
    case 'company': {
      const id = (request.params as { company: string }).company;
      if (rolesIn(caller, id) === undefined) throw noCompany(id);
      needRole(caller, access.roles, id);
      return;
    }
    default:
      access satisfies never;
  }
}

export function noCompany(id: string): Refusal {
  return new Refusal('not-found', `There is no company ${JSON.stringify(id)} that this key can access.`);
}

/** What finding the caller takes. */
export interface AccessDeps {
  readonly store: Store;
  /** The address at which people reach the API. */
  readonly publicUrl?: string | undefined;
  readonly guard: CallerGuard;
}

/**
 * The caller of a request, by its key or its session. Refusal `no-key`, or `no-csrf-token`.
 * @param csrf `checked`: the route compared the token itself
 */
export async function callerOf(
  request: FastifyRequest,
  deps: AccessDeps,
  csrf: 'in-header' | 'checked' = 'in-header',
): Promise<Caller> {
  const header = request.headers.authorization;
  if (header === undefined) return callerOfSession(request, deps, csrf);
  const secret = secretIn(header);
  if (secret === undefined) {
    const detail =
      'The Authorization header holds no key of Ledgerpost. Send `Authorization: Bearer lp_…`, with nothing around it.';
    throw await deps.guard.keyRefused(request, new Refusal('no-key', detail));
  }
  return asCaller(await keyInForce(request, deps, secret));
}

function secretIn(header: string): string | undefined {
  return /^Bearer +(lp_[A-Za-z0-9_-]{1,200})$/i.exec(header)?.[1];
}

/** The key with this secret. Refusal `no-key` if there is none in force, `too-many-requests` after too many of those. */
export async function keyInForce(request: FastifyRequest, { store, guard }: AccessDeps, secret: string): Promise<ApiKey> {
  const key = await findKey(store, secret);
  if (key !== undefined) return key;
  throw await guard.keyRefused(request, new Refusal('no-key', 'The key is unknown or revoked. Ask an admin for a new one.'));
}

/** Whether the caller of a request that takes long may still use its route. */
export async function isStillInForce(request: FastifyRequest, deps: AccessDeps): Promise<boolean> {
  const header = request.headers.authorization;
  const token = header === undefined ? sessionToken(request, deps.publicUrl) : undefined;
  const secret = header === undefined ? undefined : secretIn(header);
  const key = secret === undefined ? undefined : await findKey(deps.store, secret);
  const caller =
    key !== undefined ? asCaller(key) : token === undefined ? undefined : await ownerOfSession(deps.store, token, false);
  if (caller?.actorId !== request.caller.actorId) return false;
  try {
    needAccess(request, caller);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** The refusal for a key or session that ended while its request was under way. */
export function endedMeanwhile(): Refusal {
  return new Refusal('no-key', 'The key was revoked, or the session ended, while the request was in progress.');
}

/** The caller whose session has this token: undefined once it has ended, or access was taken away. */
export async function ownerOfSession(store: Store, token: string, keepAlive = true): Promise<Caller | undefined> {
  const owner = await findSession(store, token, keepAlive);
  if (owner === undefined) return undefined;
  if ('key' in owner) return asCaller(owner.key);
  const person = await findPerson(store, owner.personId);
  return person === undefined ? undefined : personAsCaller(person);
}

/** Browsers send a cookie with every request, also with one that another site made. So a request that changes something must prove that a page of ours made it. */
async function callerOfSession(
  request: FastifyRequest,
  { store, publicUrl }: AccessDeps,
  csrf: 'in-header' | 'checked',
): Promise<Caller> {
  const token = sessionToken(request, publicUrl);
  if (token === undefined) throw new Refusal('no-key', 'The request carries no key. Send `Authorization: Bearer lp_…`.');
  const caller = await ownerOfSession(store, token);
  if (caller === undefined) throw new Refusal('no-key', 'The session has ended. Sign in again.');
  if (csrf === 'in-header' && !SAFE.has(request.method) && !hasCsrfToken(request.headers['x-csrf-token'], token)) {
    throw new Refusal(
      'no-csrf-token',
      'The request has a session cookie and no token in `X-CSRF-Token`. Send the token that signing in returned.',
    );
  }
  return caller;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refusal `role-missing` unless the caller has one of the roles, or is an admin.
 * @param companyId where; null: in the installation
 */
export function needRole(caller: Caller, roles: readonly Role[], companyId: string | null): void {
  const has = rolesIn(caller, companyId) ?? [];
  if (has.includes('admin') || roles.some((role) => has.includes(role))) return;
  const wanted = [...roles, 'admin'];
  const have = `${caller.keyId === null ? 'you have' : 'your key has'} ${has.join(', ') || 'none'}`;
  throw new Refusal('role-missing', `This needs the role ${wanted.join(' or ')}; ${have}.`, { roles: wanted });
}

/** The path is read before it is validated, and Postgres can't store NUL. */
function storable(text: string): boolean {
  return !text.includes('\0');
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller;
    company: CompanyFacts;
  }
  interface FastifyContextConfig {
    access?: Access;
  }
}
