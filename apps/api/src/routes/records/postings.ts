import { markInBooks } from '@ledgerpost/batching';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { batchedType, errorAnswers, targetParams } from '../../views/views.ts';
import { enabledTarget } from '../look-ups.ts';

/** Postings that Ledgerpost did not send. */
export function postingRoutes(app: App, { store, targets }: RouteDeps): void {
  app.post(
    '/v1/companies/:company/targets/:target/postings',
    {
      config: { access: company('admin') },
      schema: {
        tags: ['unbatched'],
        summary: 'Mark a record as already in the books, without sending it',
        params: targetParams,
        body: z.strictObject({
          type: batchedType,
          id: z.string().min(1).max(64),
          externalId: z.string().trim().min(1).max(200).describe('Its id in the books'),
          reason: z.string().trim().min(1, 'Give a reason for the journal.').max(1_000),
        }),
        response: { 204: z.undefined(), ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { target, companyTarget } = await enabledTarget(store, targets, request.company, request.params.target);
      const { type, id, externalId, reason } = request.body;
      await markInBooks(
        { store, target },
        { company: request.company, companyTarget, ref: { type, id }, externalId, reason, actor: request.caller.actor },
      );
      return reply.code(204).send();
    },
  );
}
