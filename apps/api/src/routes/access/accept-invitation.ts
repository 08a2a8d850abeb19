import { Refusal } from '@ledgerpost/core';
import {
  acceptInvitation,
  badInvitation,
  findInvitation,
  findPerson,
  getCompany,
  hashPassword,
  type Invitation,
  PASSWORD_LENGTH,
  type Way,
} from '@ledgerpost/store';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { callerOf, everybody } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { personAsCaller } from '../../http/caller.ts';
import { plainName } from '../../views/plain-name.ts';
import { errorAnswers, instant, role } from '../../views/views.ts';
import { beginSession, sessionView, viewOf } from './session.ts';

export const tokenField = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'This is not the whole link. Copy it again.');

const offer = z
  .object({
    kind: z.enum(['invitation', 'set-up', 'password']).describe('`set-up`: the first admin; `password`: a new password'),
    name: z.string(),
    email: z.string().nullable(),
    access: z.array(
      z.object({
        company: z.string().nullable().describe('The company’s name; null: all companies'),
        roles: z.array(role).readonly(),
      }),
    ),
    expiresAt: instant,
    account: z.object({ name: z.string() }).nullable().describe('The provider at which it is accepted; null: with a password'),
  })
  .meta({ id: 'OfferedInvitation' });

/** The link of an invitation, as the person who got it uses it. Its token is never part of an address that a server sees. */
export function acceptInvitationRoutes(app: App, deps: RouteDeps): void {
  const { store, provider } = deps;

  app.post(
    '/v1/sign-in/invitation',
    {
      config: { access: everybody },
      schema: {
        tags: ['people'],
        summary: 'What an invitation offers',
        body: z.strictObject({ token: tokenField }),
        response: { 200: offer, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const invitation = await findInvitation(store, request.body.token);
      if (invitation === undefined) throw await deps.guard.keyRefused(request, badInvitation());
      return reply.header('Cache-Control', 'no-store').send(await offerOf(invitation));
    },
  );

  app.post(
    '/v1/sign-in/accept',
    {
      config: { access: everybody },
      schema: {
        tags: ['people'],
        summary: 'Accept an invitation, with a new password or as the person who is signed in',
        description:
          'Starts a session. Without a password the session of this browser accepts it; send its `X-CSRF-Token`. `POST /v1/sign-in/account` accepts invitations instead, if a provider is configured.',
        body: z.strictObject({
          token: tokenField,
          name: plainName(100).optional().describe('The full name; absent: as in the invitation'),
          email: z
            .email('Enter an e-mail address.')
            .max(254)
            .optional()
            .describe('The name for signing in, where the invitation has none'),
          password: z
            .string()
            .min(PASSWORD_LENGTH.least, `Choose a password of at least ${PASSWORD_LENGTH.least} characters.`)
            .max(PASSWORD_LENGTH.most)
            .optional(),
        }),
        response: { 201: sessionView, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { token, name, email, password } = request.body;
      const way = password === undefined ? await sessionWay(request) : await passwordWay(token, email, password);
      const id = await acceptAs(deps, request, token, way, name);
      const person = await findPerson(store, id);
      if (person === undefined) throw badInvitation();
      const caller = personAsCaller(person);
      const session = await beginSession(deps, request, reply, caller);
      return reply.code(201).header('Cache-Control', 'no-store').send(viewOf(caller, session));
    },
  );

  async function offerOf({ kind, name, email, access, expiresAt }: Invitation) {
    const named = access.map(async ({ companyId, roles }) => ({
      company: companyId === null ? null : ((await getCompany(store, companyId))?.name ?? companyId),
      roles,
    }));
    const account = provider === undefined ? null : { name: provider.name };
    return { kind, name, email, access: await Promise.all(named), expiresAt, account };
  }

  async function sessionWay(request: FastifyRequest): Promise<Way> {
    const { personId } = await callerOf(request, deps);
    if (personId !== null) return { by: 'session', personId };
    throw new Refusal('bad-request', 'A key can’t accept an invitation. Choose a password, or sign in as a person.');
  }

  async function passwordWay(token: string, email: string | undefined, password: string): Promise<Way> {
    if (provider !== undefined) {
      throw new Refusal('bad-request', `People sign in with ${provider.name} here. Accept the invitation there.`);
    }
    const invitation = await findInvitation(store, token);
    if (invitation !== undefined && invitation.email === null && invitation.personId === null && email === undefined) {
      throw new Refusal('bad-request', 'Enter an e-mail address: with a password, it is the name for signing in.');
    }
    return { by: 'password', hash: await hashPassword(password), email };
  }
}

/** Accepts an invitation. A wrong token counts as a wrong key. */
export async function acceptAs(
  { store, guard }: RouteDeps,
  request: FastifyRequest,
  token: string,
  way: Way,
  name: string | undefined,
): Promise<string> {
  try {
    return await acceptInvitation(store, token, way, name);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'bad-invitation') throw await guard.keyRefused(request, error);
    throw error;
  }
}
