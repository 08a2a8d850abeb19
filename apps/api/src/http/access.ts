import { type CompanyFacts, Refusal } from '@ledgerpost/core';
import { type ApiKey, findKey, findSessionKey, getCompany, type Role, type Store } from '@ledgerpost/store';
import type { FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import type { Caller } from './caller.ts';
import type { CallerGuard } from './caller-limits.ts';
import { hasCsrfToken, sessionToken } from './session-cookie.ts';

/** The callers that may use a route. Every route states it; the API refuses to start with one that doesn't. */
export type Access =
  /** Anybody, without a key. */
  | { readonly to: 'everybody' }
  /** Any key in force. */
  | { readonly to: 'every-key' }
  /** Keys of the installation with one of these roles. */
  | { readonly to: 'installation'; readonly roles: readonly Role[] }
  /** Keys of the company in the path, or of the installation, with one of these roles. */
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

/** Checks the key, or the browser's session of one, before a body is read, and loads the company that the path names. Whatever belongs to another company answers 404, as if it did not exist. */
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

  app.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access;
    if (access === undefined || access.to === 'everybody') {
      guard.countRequest(`address/${request.ip}`);
      return;
    }

    const caller = await callerOf(request, deps);
    guard.countRequest(`key/${caller.keyId}`);
    request.caller = caller;
    request.log = request.log.child({ key: caller.keyId });
    switch (access.to) {
      case 'every-key':
        return;
      case 'installation':
        if (caller.companyId !== null) {
          throw new Refusal('installation-key-needed', 'This needs a key of the installation; your key belongs to one company.');
        }
        needRole(caller, access.roles);
        return;
      case 'company': {
        const id = (request.params as { company: string }).company;
        if (caller.companyId !== null && caller.companyId !== id) throw noCompany(id);
        needRole(caller, access.roles);
        // A PUT of the company itself makes it; everything else needs it to be there.
        const found = storable(id) ? await getCompany(store, id) : undefined;
        if (found === undefined) throw noCompany(id);
        request.company = found;
        return;
      }
      default:
        access satisfies never;
    }
  });
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

/** Whether the key or the session of a request that takes long is still in force. */
export async function isStillInForce(request: FastifyRequest, { store, publicUrl }: AccessDeps): Promise<boolean> {
  const header = request.headers.authorization;
  const [secret, token] = header === undefined ? [undefined, sessionToken(request, publicUrl)] : [secretIn(header), undefined];
  const key =
    secret !== undefined
      ? await findKey(store, secret)
      : token !== undefined
        ? await findSessionKey(store, token, false)
        : undefined;
  return key?.id === request.caller.keyId;
}

/** The refusal for a key or session that ended while its request was under way. */
export function endedMeanwhile(): Refusal {
  return new Refusal('no-key', 'The key was revoked, or the session ended, while the request was in progress.');
}

export function asCaller(key: ApiKey): Caller {
  return { keyId: key.id, companyId: key.companyId, roles: key.roles, actor: `${key.name} (${key.id})` };
}

/** Browsers send a cookie with every request, also with one that another site made. So a request that changes something must prove that a page of ours made it. */
async function callerOfSession(
  request: FastifyRequest,
  { store, publicUrl }: AccessDeps,
  csrf: 'in-header' | 'checked',
): Promise<Caller> {
  const token = sessionToken(request, publicUrl);
  if (token === undefined) throw new Refusal('no-key', 'The request carries no key. Send `Authorization: Bearer lp_…`.');
  const key = await findSessionKey(store, token);
  if (key === undefined) throw new Refusal('no-key', 'The session has ended. Sign in again.');
  if (csrf === 'in-header' && !SAFE.has(request.method) && !hasCsrfToken(request.headers['x-csrf-token'], token)) {
    throw new Refusal(
      'no-csrf-token',
      'The request has a session cookie and no token in `X-CSRF-Token`. Send the token that signing in returned.',
    );
  }
  return asCaller(key);
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refusal `role-missing` unless the caller has one of the roles, or is an admin. */
export function needRole(caller: Caller, roles: readonly Role[]): void {
  if (caller.roles.includes('admin') || roles.some((role) => caller.roles.includes(role))) return;
  const wanted = [...roles, 'admin'];
  throw new Refusal(
    'role-missing',
    `This needs the role ${wanted.join(' or ')}; your key has ${caller.roles.join(', ') || 'none'}.`,
    {
      roles: wanted,
    },
  );
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
