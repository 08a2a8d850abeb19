import { Refusal } from '@ledgerpost/core';
import { connectionsTo, newNotices, requestDriftCheck } from '@ledgerpost/store';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { everybody } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { findUnstorableText } from '../../intake/unstorable-text.ts';
import { tryHandOverLook } from '../../temporal/hand-to-temporal.ts';
import { errorAnswers } from '../../views/views.ts';

/** The addresses at which targets report that books changed. A report is not believed: it is a reason to check. */
export function webhookRoutes(app: App, deps: RouteDeps): void {
  const { store, targets, webhookSecrets = {} } = deps;

  app.register(async (plain) => {
    const scope = plain.withTypeProvider<ZodTypeProvider>();
    // The signature covers the bytes as they arrived.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

    scope.post(
      '/v1/webhooks/:webhook',
      {
        config: { access: everybody },
        schema: {
          tags: ['drift'],
          summary: 'The address at which a target reports changes in the books',
          description:
            'For vendors: `quickbooks-online` accepts Intuit’s webhooks in both forms, signed in `intuit-signature`. Answered at once; a check for changes follows within half a minute. Books without a connection here are not an error, and a repeated notice does nothing.',
          security: [],
          params: z.strictObject({ webhook: z.string().min(1).max(64) }),
          body: z.any().describe('As the vendor sends it'),
          response: { 200: z.undefined(), ...errorAnswers },
        },
      },
      async (request, reply) => {
        const target = targets.find(({ webhook }) => webhook?.name === request.params.webhook);
        const { webhook } = target ?? {};
        const secret = target === undefined ? undefined : webhookSecrets[target.id];
        if (target === undefined || webhook === undefined || secret === undefined)
          throw new Refusal('not-found', 'There is no webhook of that name here.');
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const header = (name: string) => {
          const value = request.headers[name];
          return Array.isArray(value) ? value[0] : value;
        };
        if (!webhook.isGenuine(secret, body, header))
          throw new Refusal('not-genuine', 'The signature is missing, or does not match this body and the configured token.');
        const notices = webhook.read(body.toString('utf8'));
        if (notices === undefined || findUnstorableText(notices) !== undefined) {
          // Sending it again would not help, so it is accepted.
          request.log.warn({ target: target.id, bytes: body.length }, 'a webhook with a valid signature could not be read');
          return reply.code(200).send();
        }
        const wanted = await store.sql.begin(async (sql) => {
          const ids = notices.map(({ id }) => id);
          const fresh = await newNotices(sql, target.id, ids);
          const accounts = notices.filter(({ id }) => fresh.has(id)).map(({ account }) => account);
          const connections = accounts.length === 0 ? [] : await connectionsTo(sql, target.id, accounts);
          for (const connection of connections) await requestDriftCheck(sql, { ...connection, by: 'webhook' });
          return connections;
        });
        // The vendor does not wait for Temporal: if Temporal does not accept the check now, the sweeper repeats it.
        for (const { connectionId } of wanted) void tryHandOverLook(deps, connectionId, request.log);
        return reply.code(200).send();
      },
    );
  });
}
