import { Refusal } from '@ledgerpost/core';
import { createKey, listKeys, personBehind, type Role, revokeKey } from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { type Access, company, installation } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { plainName } from '../../views/plain-name.ts';
import { companyParams, errorAnswers, instant, role } from '../../views/views.ts';

const keyBody = z.strictObject({
  name: plainName(100).describe('The person or system that uses it; the journal shows this name'),
  roles: z.array(role).min(1, 'Give the key at least one role.').describe('What the key may do; admin covers everything'),
});

const keyView = z
  .object({
    id: z.string(),
    companyId: z.string().nullable(),
    name: z.string(),
    roles: z.array(role).readonly(),
    createdAt: instant,
    createdBy: z.string(),
    ownerId: z
      .string()
      .nullable()
      .describe('The person who answers for it; null for a key from before people signed in, until an admin names one'),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'ApiKey' });

const createdKey = z
  .object({ id: z.string(), secret: z.string().describe('Shown only here; it is not stored') })
  .meta({ id: 'CreatedKey' });

/** Keys of a company, and of the installation: the same three operations. */
export function keyRoutes(app: App, deps: RouteDeps): void {
  routesAt(app, deps, '/v1/companies/:company/keys', companyParams, company('admin'));
  routesAt(app, deps, '/v1/keys', z.strictObject({}), installation('admin'));
}

function routesAt(app: App, { store }: RouteDeps, url: string, params: z.ZodObject, access: Access): void {
  const of = access.to === 'company' ? 'of the company' : 'of the installation';
  const owner = (request: { company: { id: string } }) => (access.to === 'company' ? request.company.id : null);

  app.post(
    url,
    {
      config: { access },
      schema: {
        tags: ['keys'],
        summary: `Create a key ${of}`,
        params,
        body: keyBody,
        response: { 201: createdKey, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const roles = [...new Set(request.body.roles)] as Role[];
      const { actor, actorId } = request.caller;
      // A key that a key makes belongs to the same person.
      const ownerId = await personBehind(store.sql, actorId);
      const key = await createKey(store, { companyId: owner(request), name: request.body.name, roles, ownerId }, actor);
      return reply.code(201).header('Cache-Control', 'no-store').send(key);
    },
  );
  app.get(
    url,
    {
      config: { access },
      schema: {
        tags: ['keys'],
        summary: `The keys ${of}`,
        params,
        response: { 200: z.object({ rows: z.array(keyView).readonly() }), ...errorAnswers },
      },
    },
    async (request) => ({ rows: await listKeys(store, owner(request)) }),
  );
  app.delete(
    `${url}/:key`,
    {
      config: { access },
      schema: {
        tags: ['keys'],
        summary: 'Revoke a key; it stops working at once',
        params: params.extend({ key: z.string() }),
        response: { 204: z.undefined(), ...errorAnswers },
      },
    },
    async (request, reply) => {
      const id = request.params.key as string;
      const revoked = await revokeKey(store, owner(request), id, request.caller.actor);
      if (!revoked) throw new Refusal('not-found', `There is no key ${JSON.stringify(id)}.`);
      return reply.code(204).send();
    },
  );
}
