import { Refusal } from '@ledgerpost/core';
import {
  actingAs,
  endSession,
  endSessionOf,
  listSessions,
  type SessionOwner,
  startSession,
  writeJournal,
} from '@ledgerpost/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { everybody, everyKey, keyInForce } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { asCaller, type Caller, onlyCompany, rolesIn } from '../../http/caller.ts';
import { clearSessionCookie, csrfTokenOf, sessionToken, setSessionCookie } from '../../http/session-cookie.ts';
import { errorAnswers, instant, role } from '../../views/views.ts';

export const sessionView = z
  .object({
    keyId: z.string().nullable().describe('The key that was signed in with; null for a person'),
    person: z.object({ id: z.string(), name: z.string() }).nullable().describe('The person who signed in; null where a key did'),
    actor: z.string().describe('The name of the caller in batches and in the journal'),
    actorId: z.string().describe('`person:<id>` or `key:<id>`, as in batches and in the journal'),
    companyId: z.string().nullable().describe('The one company that the caller has access to; null where it may be several'),
    roles: z.array(role).readonly().describe('Roles in that company; or, without one, the roles that apply to every company'),
    companies: z
      .array(z.object({ id: z.string(), name: z.string(), roles: z.array(role).readonly() }))
      .readonly()
      .describe('A person’s roles in single companies, beside `roles`'),
    csrfToken: z
      .string()
      .nullable()
      .describe('Send it as `X-CSRF-Token` with every request but GET; null if the request came with a key instead of a cookie'),
  })
  .meta({ id: 'Session' });

const listedSession = z
  .object({
    id: z.uuid(),
    browser: z.string().nullable().describe('The browser’s own name for itself'),
    startedAt: instant,
    usedAt: instant.describe('When it was last used, to the minute'),
    here: z.boolean().describe('Whether it is the one that asked'),
  })
  .meta({ id: 'ListedSession' });

/** Browsers keep no keys and no passwords: they exchange them for a cookie that scripts can't read. */
export function sessionRoutes(app: App, deps: RouteDeps): void {
  const { store, publicUrl } = deps;
  const url = '/v1/session';

  app.post(
    url,
    {
      config: { access: everybody },
      schema: {
        tags: ['session'],
        summary: 'Sign in with a key: starts a session',
        description:
          'Sets a cookie that only the browser reads. The session has the key’s roles. It ends with DELETE, after 12 hours without a request, after seven days, or when the key is revoked.',
        security: [],
        body: z.strictObject({ key: z.string().trim().min(1, 'Paste a key: lp_…').max(300) }),
        response: { 201: sessionView, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const caller = asCaller(await keyInForce(request, deps, request.body.key));
      const token = await beginSession(deps, request, reply, caller);
      return reply.code(201).header('Cache-Control', 'no-store').send(viewOf(caller, token));
    },
  );

  app.get(
    url,
    {
      config: { access: everyKey },
      schema: {
        tags: ['session'],
        summary: 'The caller, and the caller’s roles',
        response: { 200: sessionView, ...errorAnswers },
      },
    },
    async (request, reply) => {
      return reply.header('Cache-Control', 'no-store').send(viewOf(request.caller, tokenOf(request)));
    },
  );

  app.delete(
    url,
    {
      config: { access: everyKey },
      schema: { tags: ['session'], summary: 'Sign out', response: { 204: z.undefined(), ...errorAnswers } },
    },
    async (request, reply) => {
      const token = sessionToken(request, publicUrl);
      if (token !== undefined) {
        await endSession(store, token);
        await journalSession(deps, request.caller, 'session.ended');
      }
      clearSessionCookie(reply, publicUrl);
      return reply.code(204).send();
    },
  );

  app.get(
    '/v1/sessions',
    {
      config: { access: everyKey },
      schema: {
        tags: ['session'],
        summary: 'The caller’s own sessions, newest first',
        response: { 200: z.object({ rows: z.array(listedSession).readonly() }), ...errorAnswers },
      },
    },
    async (request) => ({ rows: await listSessions(store, ownerOf(request.caller), tokenOf(request)) }),
  );

  app.delete(
    '/v1/sessions/:session',
    {
      config: { access: everyKey },
      schema: {
        tags: ['session'],
        summary: 'End one of the caller’s own sessions',
        params: z.strictObject({ session: z.uuid('A session’s id is a UUID.') }),
        response: { 204: z.undefined(), ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { session } = request.params;
      if (!(await endSessionOf(store, ownerOf(request.caller), session)))
        throw new Refusal('not-found', `You have no session ${session}.`);
      await journalSession(deps, request.caller, 'session.ended');
      return reply.code(204).send();
    },
  );

  function tokenOf(request: FastifyRequest): string | undefined {
    return request.headers.authorization === undefined ? sessionToken(request, publicUrl) : undefined;
  }
}

/** Starts a session of the caller in this browser, in place of the one before. Returns its token. */
export async function beginSession(
  deps: RouteDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  caller: Caller,
): Promise<string> {
  const { store, publicUrl } = deps;
  const former = sessionToken(request, publicUrl);
  if (former !== undefined) await endSession(store, former);
  const token = await startSession(store, ownerOf(caller), request.headers['user-agent']);
  await journalSession(deps, caller, 'session.started');
  setSessionCookie(reply, token, publicUrl);
  return token;
}

export function viewOf(caller: Caller, token: string | undefined) {
  const companyId = onlyCompany(caller);
  const companies = caller.access.flatMap(({ companyId: id, companyName, roles }) =>
    id === null || id === companyId ? [] : [{ id, name: companyName ?? id, roles: [...roles] }],
  );
  return {
    keyId: caller.keyId,
    person: caller.personId === null ? null : { id: caller.personId, name: caller.actor },
    actor: caller.actor,
    actorId: caller.actorId,
    companyId,
    roles: [...(rolesIn(caller, companyId) ?? [])],
    companies,
    csrfToken: token === undefined ? null : csrfTokenOf(token),
  };
}

function ownerOf({ keyId, personId }: Caller): SessionOwner {
  return keyId === null ? { personId: personId! } : { keyId };
}

async function journalSession({ store }: RouteDeps, caller: Caller, act: string): Promise<void> {
  const { actor, actorId, keyId, personId } = caller;
  const subject = keyId === null ? `person/${personId}` : `key/${keyId}`;
  await actingAs({ text: actor, id: actorId }, () =>
    writeJournal(store.sql, { companyId: onlyCompany(caller), actor, act, subject }),
  );
}
