import { endSession, startSession, writeJournal } from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { asCaller, everybody, everyKey, keyInForce } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import type { Caller } from '../../http/caller.ts';
import { clearSessionCookie, csrfTokenOf, sessionToken, setSessionCookie } from '../../http/session-cookie.ts';
import { errorAnswers, role } from '../../views/views.ts';

const sessionView = z
  .object({
    keyId: z.string(),
    actor: z.string().describe('The name of the caller in batches and in the journal'),
    companyId: z.string().nullable().describe('Null: a key of the installation, whose roles apply to every company'),
    roles: z.array(role).readonly(),
    csrfToken: z
      .string()
      .nullable()
      .describe('Send it as `X-CSRF-Token` with every request but GET; null if the request came with a key instead of a cookie'),
  })
  .meta({ id: 'Session' });

/** Browsers keep no keys: they exchange a key for a cookie that scripts can't read. */
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
      const former = sessionToken(request, publicUrl);
      if (former !== undefined) await endSession(store, former);
      const token = await startSession(store, caller.keyId);
      await journal(caller, 'session.started');
      setSessionCookie(reply, token, publicUrl);
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
      const token = request.headers.authorization === undefined ? sessionToken(request, publicUrl) : undefined;
      return reply.header('Cache-Control', 'no-store').send(viewOf(request.caller, token));
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
        await journal(request.caller, 'session.ended');
      }
      clearSessionCookie(reply, publicUrl);
      return reply.code(204).send();
    },
  );

  function journal({ companyId, actor, keyId }: Caller, act: string): Promise<void> {
    return writeJournal(store.sql, { companyId, actor, act, subject: `key/${keyId}` });
  }
}

function viewOf({ keyId, actor, companyId, roles }: Caller, token: string | undefined) {
  return { keyId, actor, companyId, roles: [...roles], csrfToken: token === undefined ? null : csrfTokenOf(token) };
}
