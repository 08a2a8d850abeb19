import { beginConnect, connectionCard, oauthOf, refreshConnection } from '@ledgerpost/connections';
import type { AnyTarget, CompanyFacts } from '@ledgerpost/core';
import { type CompanyTarget, enableTarget, getCompanyTarget } from '@ledgerpost/store';
import { z } from 'zod';
import { company, READERS } from '../access.ts';
import { connectionView, showCard } from '../connection-view.ts';
import type { App, RouteDeps } from '../deps.ts';
import { errorAnswers, instant, targetParams } from '../views.ts';
import { withoutSecrets } from '../without-secrets.ts';
import { installedTarget } from './targets.ts';
import { enabledTarget } from './unbatched.ts';

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
}
