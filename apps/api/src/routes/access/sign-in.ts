import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '@ledgerpost/core';
import { checkPassword, findPerson, hasPasswords, PASSWORD_LENGTH, personWithIdentity } from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { everybody } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { personAsCaller } from '../../http/caller.ts';
import { CALLBACK_PATH } from '../../sign-in/oidc.ts';
import { setSignInCookie, takeSignInCookie } from '../../sign-in/sign-in-cookie.ts';
import { errorAnswers } from '../../views/views.ts';
import { acceptAs, tokenField } from './accept-invitation.ts';
import { beginSession, sessionView, viewOf } from './session.ts';

const ways = z
  .object({
    account: z
      .object({ name: z.string().describe('As in “Sign in with Google”') })
      .nullable()
      .describe('The provider with which people sign in; null: none is configured'),
    password: z.boolean().describe('Whether anybody signs in with an address and a password'),
  })
  .meta({ id: 'SignInWays' });

/** People sign in at the provider, or with a password where none is configured. */
export function signInRoutes(app: App, deps: RouteDeps): void {
  const { store, publicUrl, provider } = deps;

  app.get(
    '/v1/sign-in',
    {
      config: { access: everybody },
      schema: { tags: ['session'], summary: 'How people sign in here', response: { 200: ways, ...errorAnswers } },
    },
    async () => ({
      account: provider === undefined ? null : { name: provider.name },
      password: await hasPasswords(store),
    }),
  );

  app.post(
    '/v1/sign-in',
    {
      config: { access: everybody },
      schema: {
        tags: ['session'],
        summary: 'Sign in with an address and a password: starts a session',
        description:
          'After some wrong passwords of a person each further attempt takes longer, up to eight seconds. Nobody is locked out.',
        body: z.strictObject({
          email: z.string().trim().min(1, 'Enter your e-mail address.').max(254),
          password: z.string().min(1, 'Enter your password.').max(PASSWORD_LENGTH.most),
        }),
        response: { 201: sessionView, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { email, password } = request.body;
      const id = await checkPassword(store, email, password, pause);
      const person = id === undefined ? undefined : await findPerson(store, id);
      if (person === undefined) {
        const wrong = new Refusal(
          'wrong-password',
          'No person here has this address with this password. Check both, then try again.',
        );
        throw await deps.guard.keyRefused(request, wrong);
      }
      const caller = personAsCaller(person);
      const token = await beginSession(deps, request, reply, caller);
      return reply.code(201).header('Cache-Control', 'no-store').send(viewOf(caller, token));
    },
  );

  app.post(
    '/v1/sign-in/account',
    {
      config: { access: everybody },
      schema: {
        tags: ['session'],
        summary: 'Begin to sign in at the provider',
        description:
          'Open the address in this browser within ten minutes: the cookie of this answer must come back with the provider’s answer. With an invitation, signing in accepts it.',
        body: z.strictObject({
          invitation: tokenField.optional(),
          returnTo: z
            .string()
            .max(500)
            .regex(/^\/(?![/\\])[^\\]*$/, 'Name a page of the console, beginning with /.')
            .optional()
            .describe('The page of the console to open afterwards; absent: the first one'),
        }),
        response: { 200: z.object({ url: z.url() }), ...errorAnswers },
      },
    },
    async (request, reply) => {
      if (provider === undefined)
        throw new Refusal('not-found', 'No sign-in provider is configured here. Sign in with a password or a key.');
      const { url, checks } = await provider.begin();
      setSignInCookie(reply, { ...checks, ...request.body }, publicUrl);
      return reply.header('Cache-Control', 'no-store').send({ url });
    },
  );

  app.get(
    CALLBACK_PATH,
    {
      config: { access: everybody },
      schema: {
        tags: ['session'],
        summary: 'Where the sign-in provider leads back',
        description: 'For browsers. Leads to the console; where the sign-in failed, with the code of the error as `problem`.',
        querystring: z.looseObject({}),
        response: { 303: z.undefined(), ...errorAnswers },
      },
    },
    async (request, reply) => {
      const begun = takeSignInCookie(request, reply, publicUrl);
      reply.header('Cache-Control', 'no-store').header('Referrer-Policy', 'no-referrer');
      try {
        if (provider === undefined || begun === undefined) throw notBegun();
        const account = await provider.finish(new URL(request.url, 'http://here').search, begun);
        const id =
          begun.invitation === undefined
            ? await personWithIdentity(store.sql, account.issuer, account.subject)
            : await acceptAs(deps, request, begun.invitation, { by: 'account', ...account }, account.name);
        const person = id === undefined ? undefined : await findPerson(store, id);
        if (person === undefined) {
          throw new Refusal('no-access', `Nobody has invited this account of ${provider.name}. Ask an admin for an invitation.`);
        }
        await beginSession(deps, request, reply, personAsCaller(person));
        return reply.redirect(begun.returnTo ?? '/', 303);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const refusal = error.code === 'sign-in-unavailable' ? error : await deps.guard.keyRefused(request, error);
        return reply.redirect(`/?problem=${refusal.code}`, 303);
      }
    },
  );
}

function notBegun(): Refusal {
  return new Refusal('sign-in-failed', 'This browser began no sign-in, or it took longer than ten minutes. Start again.');
}
