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

  /** The connection of the company in the path. Refusal `bad-request` for a target without sign-in. */
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
        summary: 'Get the address at which a person signs in to the books and grants access',
        description:
          'Open the address in a browser window: it is a page of ours, on which an admin signs in and confirms. Then the target asks which books to connect, and leads back to a page that shows the result. Only the browser that confirmed can connect. The address works once, for ten minutes, for this company, and while the key that asked for it is in force. A company without settings at the target gets the defaults. To reconnect, send the same request: the same books keep all postings, and other books are refused while documents are posted in the former.',
        params: targetParams,
        response: {
          201: z
            .object({
              authorizeUrl: z.url().meta({
                examples: ['https://ledgerpost.example.com/v1/oauth/connect?request=…'],
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
      const { keyId, personId, actor } = request.caller;
      const { confirmUrl, expiresAt } = await beginConnect(connections, target, companyTarget, { keyId, personId, actor });
      return reply.code(201).header('Cache-Control', 'no-store').send({ authorizeUrl: confirmUrl, expiresAt });
    },
  );

  /** Connecting is the first thing that an admin does, so it enables the target with its defaults. */
  async function enabledOrNew(target: AnyTarget, companyId: string, actor: string): Promise<CompanyTarget> {
    const known = await getCompanyTarget(store, companyId, target.id);
    if (known !== undefined) return known;
    const settings = target.settings.parse({});
    const forJournal = (shown: typeof settings) => withoutSecrets(target, shown);
    await enableTarget(store, { companyId, target: target.id, delivery: target.delivery.by, settings, forJournal }, actor);
    return (await getCompanyTarget(store, companyId, target.id))!;
  }

  app.get(
    url,
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['connections'],
        summary: 'The connection: which books, what they offer, and what needs attention',
        description: 'The state when the books were last read. A refresh reads them again.',
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
        description: 'Takes a few seconds. The answer is the connection as it is then, with what no longer works.',
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
          'The name must exactly match an active account of the chart that fits the role; surrounding spaces are ignored. Otherwise the refusal shows the nearest names. If the account is new in the books, refresh the connection first.',
        params: targetParams.extend({ role: accountRole }),
        body: z.strictObject({
          name: z
            .string()
            .trim()
            .min(1)
            .max(1_000)
            .describe('As in the chart of accounts; Parent:Child for a sub-account')
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
        summary: 'Create missing classes in the books',
        description:
          'An existing class stays as it is. Parents of a Parent:Child are created too. Nothing else in Ledgerpost creates classes.',
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
        summary: 'Disconnect: end the access, at the target too',
        description:
          'The grant is revoked at the target and deleted here. Settings and postings stay: connecting the same books again continues from there.',
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
