import {
  beginConnect,
  connectionCard,
  createClasses,
  disconnect,
  oauthOf,
  refreshConnection,
  setDefaultAccount,
} from '@ledgerpost/connections';
import type { AnyTarget, CompanyFacts } from '@ledgerpost/core';
import { type CompanyTarget, enableTarget, getCompanyTarget } from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { accountRole, connectionView, showCard } from '../../views/connection-view.ts';
import { errorAnswers, instant, targetParams } from '../../views/views.ts';
import { withoutSecrets } from '../../views/without-secrets.ts';
import { enabledTarget, installedTarget } from '../look-ups.ts';

/** A company's connection to the books at a target. */
export function connectionRoutes(app: App, deps: RouteDeps): void {
  const { store, targets, connections } = deps;
  const url = '/v1/companies/:company/targets/:target/connection';

  /** The connection of the company in the path. Refusal `bad-request` for a target that nobody signs in to. */
  async function connectable(request: { company: CompanyFacts; params: { target: string } }) {
    oauthOf(installedTarget(targets, request.params.target));
    return enabledTarget(store, targets, request.company, request.params.target);
  }

  async function card(target: AnyTarget, companyId: string) {
    const companyTarget = (await getCompanyTarget(store, companyId, target.id))!;
    return showCard(await connectionCard(connections, target, companyTarget));
  }

  app.post(
    url,
    {
      config: { access: company('admin') },
      schema: {
        tags: ['connections'],
        summary: 'Ask for the address at which a person signs in to the books and grants access',
        description:
          'Open the address in a browser window: the target asks whose books it shall be, and leads back to a page that says “connected”. The address is good once, for ten minutes, for this company, and as long as the key that asked for it is in force. A company that has no settings at the target yet gets the defaults. Connecting again is the same request: the same books keep all that was posted, and other books are refused while documents stand in the former.',
        params: targetParams,
        response: {
          201: z
            .object({
              authorizeUrl: z.url().meta({
                examples: ['https://appcenter.intuit.com/connect/oauth2?client_id=…&response_type=code&state=…'],
              }),
              expiresAt: instant,
            })
            .meta({ id: 'AuthorizeAddress' }),
          ...errorAnswers,
        },
      },
    },
    async (request, reply) => {
      const target = installedTarget(targets, request.params.target);
      oauthOf(target);
      const companyTarget = await enabledOrNew(target, request.company.id, request.caller.actor);
      const { keyId, actor } = request.caller;
      const address = await beginConnect(connections, target, companyTarget, { keyId, actor });
      return reply.code(201).header('Cache-Control', 'no-store').send(address);
    },
  );

  /** Connecting is the first thing that an admin does, and the defaults are complete. */
  async function enabledOrNew(target: AnyTarget, companyId: string, actor: string): Promise<CompanyTarget> {
    const known = await getCompanyTarget(store, companyId, target.id);
    if (known !== undefined) return known;
    const settings = target.settings.parse({});
    const forJournal = (told: typeof settings) => withoutSecrets(target, told);
    await enableTarget(store, { companyId, target: target.id, delivery: target.delivery.by, settings, forJournal }, actor);
    return (await getCompanyTarget(store, companyId, target.id))!;
  }

  app.get(
    url,
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['connections'],
        summary: 'The connection card: whose books, what they offer, and what needs a look',
        description: 'What the target said when the books were last read; a refresh reads them again.',
        params: targetParams,
        response: { 200: connectionView, ...errorAnswers },
      },
    },
    async (request) => {
      const { target } = await connectable(request);
      return card(target, request.company.id);
    },
  );

  app.post(
    `${url}/refresh`,
    {
      config: { access: company('admin') },
      schema: {
        tags: ['connections'],
        summary: 'Read the books again: edition, accounts, classes, preferences',
        description: 'Takes seconds; the answer is the card as it is then, with what broke since the last time.',
        params: targetParams,
        response: { 200: connectionView, ...errorAnswers },
      },
    },
    async (request) => {
      const { target, companyTarget } = await connectable(request);
      await refreshConnection(connections, target, { company: request.company, companyTarget, actor: request.caller.actor });
      return card(target, request.company.id);
    },
  );

  app.put(
    `${url}/accounts/:role`,
    {
      config: { access: company('admin') },
      schema: {
        tags: ['connections'],
        summary: 'Set a default account by its name in the chart of accounts',
        description:
          'The name must match one of the chart to the character, an active one that can be used for that; blanks around it are forgiven. Else the refusal shows the nearest names. If the account is new in the books, refresh the connection first.',
        params: targetParams.extend({ role: accountRole }),
        body: z.strictObject({
          name: z
            .string()
            .trim()
            .min(1)
            .max(1_000)
            .describe('As the chart of accounts has it; Parent:Child for a sub-account')
            .meta({ examples: ['Checking'] }),
        }),
        response: { 200: connectionView, ...errorAnswers },
      },
    },
    async (request) => {
      const { target, companyTarget } = await connectable(request);
      const { role } = request.params;
      await setDefaultAccount(connections, target, { companyTarget, role, ...request.body, actor: request.caller.actor });
      return card(target, request.company.id);
    },
  );

  app.post(
    `${url}/classes`,
    {
      config: { access: company('admin') },
      schema: {
        tags: ['connections'],
        summary: 'Create classes in the books that are missing there',
        description:
          'One that is there already is left as it is. Parents of a Parent:Child are created too. Nothing else in Ledgerpost creates classes.',
        params: targetParams,
        body: z.strictObject({
          names: z
            .array(z.string().trim().min(1).max(500))
            .min(1, 'Name at least one class.')
            .max(100, 'Name at most 100 classes at a time.')
            .meta({ examples: [['HVAC', 'Plumbing:Drains']] }),
        }),
        response: { 200: z.object({ outcomes: z.array(classOutcome).readonly(), connection: connectionView }), ...errorAnswers },
      },
    },
    async (request) => {
      const { target, companyTarget } = await connectable(request);
      const { names } = request.body;
      const order = { company: request.company, companyTarget, names, actor: request.caller.actor };
      const outcomes = await createClasses(connections, target, order);
      return { outcomes, connection: await card(target, request.company.id) };
    },
  );

  app.delete(
    url,
    {
      config: { access: company('admin') },
      schema: {
        tags: ['connections'],
        summary: 'End the access, at the target too',
        description:
          'The grant is revoked there and forgotten here. Settings stay, and all that is known of what was posted: connecting the same books again goes on from there.',
        params: targetParams,
        response: { 204: z.undefined(), ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { target, companyTarget } = await connectable(request);
      await disconnect(connections, target, companyTarget, request.caller.actor);
      return reply.code(204).send();
    },
  );
}

const classOutcome = z
  .discriminatedUnion('status', [
    z.object({ status: z.enum(['found', 'created']), name: z.string(), externalId: z.string() }),
    z.object({ status: z.literal('refused'), name: z.string(), reason: z.string().describe('A sentence') }),
  ])
  .meta({
    id: 'ClassOutcome',
    examples: [
      { status: 'created', name: 'Solar', externalId: '5000000000000012345' },
      { status: 'refused', name: 'Roofing', reason: 'It is inactive in QuickBooks. Make it active there.' },
    ],
  });
