import { Refusal } from '@ledgerpost/core';
import { connectionsTo, hearNotices, wantLook } from '@ledgerpost/store';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { everybody } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { tryHandOverLook } from '../../temporal/tell-temporal.ts';
import { errorAnswers } from '../../views/views.ts';

/** Where targets say by themselves that books changed. Nothing that they say is believed: it is a reason to look. */
export function webhookRoutes(app: App, deps: RouteDeps): void {
  const { store, targets, webhookSecrets = {} } = deps;

  app.register(async (plain) => {
    const scope = plain.withTypeProvider<ZodTypeProvider>();
    // The signature is over the bytes as they came.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

    scope.post(
      '/v1/webhooks/:webhook',
      {
        config: { access: everybody },
        schema: {
          tags: ['drift'],
          summary: 'Where a target says by itself that something changed in the books',
          description:
            'For vendors: `quickbooks-online` takes Intuit’s webhooks in both forms, signed in `intuit-signature`. Answered at once; a look follows within half a minute, and finds by itself what changed. Books that nobody here is connected to are no error, and a notice that was heard before does nothing.',
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
          throw new Refusal('not-found', 'No webhook of that name is listened to here.');
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const header = (name: string) => {
          const value = request.headers[name];
          return Array.isArray(value) ? value[0] : value;
        };
        if (!webhook.isGenuine(secret, body, header))
          throw new Refusal('not-genuine', 'The signature is missing, or it is not of this body with the token that we know.');
        const notices = webhook.read(body.toString('utf8'));
        if (notices === undefined) {
          // Sent again it would be no better.
          request.log.warn({ target: target.id, bytes: body.length }, 'a genuine webhook could not be read');
          return reply.code(200).send();
        }
        const wanted = await store.sql.begin(async (sql) => {
          const ids = notices.map(({ id }) => id);
          const fresh = await hearNotices(sql, target.id, ids);
          const accounts = notices.filter(({ id }) => fresh.has(id)).map(({ account }) => account);
          const connections = accounts.length === 0 ? [] : await connectionsTo(sql, target.id, accounts);
          for (const connection of connections) await wantLook(sql, { ...connection, by: 'webhook' });
          return connections;
        });
        // Nobody waits for Temporal: if it does not take the look now, the sweeper gives it again.
        for (const { connectionId } of wanted) void tryHandOverLook(deps, connectionId, request.log);
        return reply.code(200).send();
      },
    );
  });
}
