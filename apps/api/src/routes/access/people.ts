import { Refusal } from '@ledgerpost/core';
import {
  changeRoles,
  createInvitation,
  endInvitation,
  findPerson,
  type GivenAccess,
  getCompany,
  giveKey,
  isNameOfPerson,
  joinPeople,
  listInvitations,
  listPeople,
  noPerson,
  type PersonView,
  type Role,
  removePerson,
} from '@ledgerpost/store';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { type Access, company, installation } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { rolesIn } from '../../http/caller.ts';
import { mailLink } from '../../sign-in/mail-link.ts';
import { plainName } from '../../views/plain-name.ts';
import { companyParams, errorAnswers, instant, role } from '../../views/views.ts';

const roles = z.array(role).min(1, 'Give at least one role.');
const personName = plainName(100).refine(
  isNameOfPerson,
  'Ledgerpost itself, or a key, has a name like this. Enter the full name.',
);
const newPerson = {
  name: personName.describe('The full name'),
  email: z.email('Enter an e-mail address.').max(254).optional(),
};
/** Of an invitation to one company. */
const companyInvitation = z.strictObject({ ...newPerson, roles });
/** Of an invitation to the installation, or to several companies. */
const anyInvitation = z.strictObject({
  ...newPerson,
  roles: z.array(role).default([]).describe('Roles in all companies'),
  companies: z
    .array(z.strictObject({ company: z.string().min(1).max(64), roles }))
    .max(200)
    .default([]),
});

const accessView = z.object({
  company: z.object({ id: z.string(), name: z.string() }).nullable().describe('Null: all companies'),
  roles: z.array(role).readonly(),
});

const personView = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    access: z.array(accessView),
    hasPassword: z.boolean(),
    accounts: z.number().int().describe('Accounts at sign-in providers that the person signs in with'),
    createdAt: instant,
    usedAt: instant.nullable().describe('When a session of the person was last used, as far as it is kept'),
  })
  .meta({ id: 'Person' });

const invitationView = z
  .object({
    id: z.string(),
    kind: z.enum(['invitation', 'set-up', 'password']),
    name: z.string(),
    email: z.string().nullable(),
    access: z.array(z.object({ companyId: z.string().nullable(), roles: z.array(role).readonly() })),
    createdAt: instant,
    createdBy: z.string(),
    expiresAt: instant,
  })
  .meta({ id: 'Invitation' });

const link = z
  .object({
    id: z.string(),
    link: z.url().describe('Shown only here; it is not stored. It works once'),
    expiresAt: instant,
    mailedTo: z.string().nullable().describe('The address to which the link was mailed; null: it was not, so hand it over'),
  })
  .meta({ id: 'InvitationLink' });

/** People of a company, and of the installation: the same operations. */
export function peopleRoutes(app: App, deps: RouteDeps): void {
  routesAt(app, deps, '/v1/companies/:company', companyParams, company('admin'));
  routesAt(app, deps, '/v1', z.strictObject({}), installation('admin'));

  const { store } = deps;
  app.post(
    '/v1/people/:person/join',
    {
      config: { access: installation('admin') },
      schema: {
        tags: ['people'],
        summary: 'Make two people one, who are the same person',
        description: 'Access, accounts and keys of the other one go to this one. It can’t be reversed.',
        params: z.strictObject({ person: z.string() }),
        body: z.strictObject({ other: z.string().min(1).max(64) }),
        response: { 204: z.undefined(), ...errorAnswers },
      },
    },
    async (request, reply) => {
      await joinPeople(store, { into: request.params.person, other: request.body.other, actor: request.caller.actor });
      return reply.code(204).send();
    },
  );
}

function routesAt(app: App, deps: RouteDeps, url: string, params: z.ZodObject, access: Access): void {
  const { store, publicUrl, mail } = deps;
  const ofCompany = access.to === 'company';
  const of = ofCompany ? 'of the company' : 'of the installation';
  const placeOf = (request: FastifyRequest) => (ofCompany ? request.company.id : null);
  const personParams = params.extend({ person: z.string() });

  app.get(
    `${url}/people`,
    {
      config: { access },
      schema: {
        tags: ['people'],
        summary: ofCompany ? 'People with access to the company, by name' : 'All people with access, by name',
        params,
        response: { 200: z.object({ rows: z.array(personView).readonly() }), ...errorAnswers },
      },
    },
    async (request) => ({ rows: (await listPeople(store, placeOf(request))).map(showPerson) }),
  );

  app.put(
    `${url}/people/:person`,
    {
      config: { access },
      schema: {
        tags: ['people'],
        summary: ofCompany ? 'Change a person’s roles in the company' : 'Change a person’s roles in all companies',
        description: 'A person without access there gets it only from an admin of the installation; others invite the person.',
        params: personParams,
        body: z.strictObject({ roles }),
        response: { 204: z.undefined(), ...errorAnswers },
      },
    },
    async (request, reply) => {
      await changeRoles(store, {
        personId: request.params.person as string,
        companyId: placeOf(request),
        roles: once(request.body.roles),
        mayAdd: rolesIn(request.caller, null)?.includes('admin') === true,
        actor: request.caller.actor,
      });
      return reply.code(204).send();
    },
  );

  app.delete(
    `${url}/people/:person`,
    {
      config: { access },
      schema: {
        tags: ['people'],
        summary: ofCompany ? 'Take away a person’s access to the company' : 'Take away all access of a person',
        description:
          'Sessions and event streams end within seconds; open connects and invitations end too. Batches, schedules and approvals stay.',
        params: personParams,
        querystring: z.strictObject({
          keys: z.enum(['end', 'keep']).default('end').describe('What becomes of the keys that the person owns there'),
        }),
        response: { 204: z.undefined(), ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { person } = request.params as { person: string };
      await removePerson(store, {
        ...{ personId: person, companyId: placeOf(request), keys: request.query.keys, actor: request.caller.actor },
      });
      return reply.code(204).send();
    },
  );

  app.post(
    `${url}/people/:person/password-link`,
    {
      config: { access },
      schema: {
        tags: ['people'],
        summary: 'Make a link with which a person chooses a new way to sign in',
        description:
          'It works once, for 24 hours, and ends all sessions of the person when it is used. An admin of a company makes it only for people without access to other companies.',
        params: personParams,
        response: { 201: link, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const companyId = placeOf(request);
      const person = await findPerson(store, request.params.person as string);
      if (person === undefined || (companyId !== null && !person.access.some((one) => one.companyId === companyId)))
        throw noPerson(request.params.person as string);
      // Otherwise an admin of one company could sign in as the person in the others.
      if (rolesIn(request.caller, null)?.includes('admin') !== true && person.access.some((one) => one.companyId !== companyId)) {
        throw new Refusal(
          'installation-key-needed',
          `${person.name} has access to other companies too, so an admin of the installation makes this link.`,
        );
      }
      const { name, email, id: personId } = person;
      const made = await createInvitation(
        store,
        { kind: 'password', companyId, name, email, personId, access: [] },
        request.caller.actor,
      );
      return reply
        .code(201)
        .header('Cache-Control', 'no-store')
        .send(await linkOf(request, made, person));
    },
  );

  app.post(
    `${url}/invitations`,
    {
      config: { access },
      schema: {
        tags: ['people'],
        summary: `Invite a person ${ofCompany ? 'to the company' : 'to the installation, or to several companies'}`,
        description: 'The link works once, for seven days. The address proves nothing: the person who opens the link accepts it.',
        params,
        body: ofCompany ? companyInvitation : anyInvitation,
        response: { 201: link, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { name, email } = request.body;
      const given = ofCompany
        ? [{ companyId: request.company.id, roles: once(request.body.roles) }]
        : await accessOf(request.body as z.output<typeof anyInvitation>);
      const wanted = { kind: 'invitation', companyId: placeOf(request), name, email, access: given } as const;
      const made = await createInvitation(store, wanted, request.caller.actor);
      return reply
        .code(201)
        .header('Cache-Control', 'no-store')
        .send(await linkOf(request, made, { name, email: email ?? null }));
    },
  );

  app.get(
    `${url}/invitations`,
    {
      config: { access },
      schema: {
        tags: ['people'],
        summary: `Invitations ${of} that nobody has accepted yet, newest first`,
        params,
        response: { 200: z.object({ rows: z.array(invitationView).readonly() }), ...errorAnswers },
      },
    },
    async (request) => ({ rows: await listInvitations(store, placeOf(request)) }),
  );

  app.delete(
    `${url}/invitations/:invitation`,
    {
      config: { access },
      schema: {
        tags: ['people'],
        summary: 'Take an invitation back; its link stops working at once',
        params: params.extend({ invitation: z.string() }),
        response: { 204: z.undefined(), ...errorAnswers },
      },
    },
    async (request, reply) => {
      const id = request.params.invitation as string;
      if (!(await endInvitation(store, placeOf(request), id, request.caller.actor)))
        throw new Refusal('not-found', `There is no open invitation ${JSON.stringify(id)}.`);
      return reply.code(204).send();
    },
  );

  app.put(
    `${url}/keys/:key/owner`,
    {
      config: { access },
      schema: {
        tags: ['keys'],
        summary: 'Name the person who answers for a key',
        description: 'Neither the owner nor the key approves what the other one started.',
        params: params.extend({ key: z.string() }),
        body: z.strictObject({ person: z.string().max(64).nullable().describe('Null: nobody') }),
        response: { 204: z.undefined(), ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { person } = request.body;
      const place = placeOf(request);
      if (person !== null && !(await listPeople(store, place)).some(({ id }) => id === person)) throw noPerson(person);
      const { key } = request.params as { key: string };
      if (!(await giveKey(store, place, key, person, request.caller.actor)))
        throw new Refusal('not-found', `There is no key ${JSON.stringify(key)} in force.`);
      return reply.code(204).send();
    },
  );

  /** The page of the console that accepts it. What follows # stays in the browser: no server and no log sees it. */
  async function linkOf(
    request: FastifyRequest,
    { id, token, expiresAt }: { id: string; token: string; expiresAt: Date },
    { name, email }: { name: string; email: string | null },
  ) {
    const link = `${publicUrl ?? `${request.protocol}://${request.host}`}/invitation#${token}`;
    const by = request.caller.actor.replace(/ \([0-9a-f]{12}\)$/, '');
    const sent =
      mail !== undefined && email !== null && (await mailLink(mail, { to: email, name, by, link, expiresAt }, request.log));
    return { id, link, expiresAt, mailedTo: sent ? email : null };
  }

  async function accessOf({ roles, companies }: z.output<typeof anyInvitation>): Promise<GivenAccess[]> {
    const given: GivenAccess[] = roles.length === 0 ? [] : [{ companyId: null, roles: once(roles) }];
    for (const one of companies) {
      if ((await getCompany(store, one.company)) === undefined)
        throw new Refusal('not-found', `There is no company ${JSON.stringify(one.company)}.`);
      if (given.some(({ companyId }) => companyId === one.company))
        throw new Refusal('bad-request', `The company ${one.company} is there twice. Name each company once.`);
      given.push({ companyId: one.company, roles: once(one.roles) });
    }
    if (given.length > 0) return given;
    throw new Refusal('bad-request', 'Give at least one role, in all companies or in one.');
  }
}

function showPerson({ access, ...person }: PersonView): z.output<typeof personView> {
  return {
    ...person,
    access: access.map(({ companyId, companyName, roles }) => ({
      company: companyId === null ? null : { id: companyId, name: companyName ?? companyId },
      roles,
    })),
  };
}

function once(roles: readonly Role[]): Role[] {
  return [...new Set(roles)];
}
