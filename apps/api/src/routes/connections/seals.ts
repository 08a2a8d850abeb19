import { rotateSeals } from '@ledgerpost/connections';
import { Refusal } from '@ledgerpost/core';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { installation } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { errorAnswers } from '../../views/views.ts';

/** The seals that protect stored grants. */
export function sealRoutes(app: App, { store, connections }: RouteDeps): void {
  app.post(
    '/v1/seals/rotate',
    {
      config: { access: installation('admin') },
      schema: {
        tags: ['connections'],
        summary: 'Seal all grants with the first sealing key',
        description:
          'Do this once every API and every worker has the new key first in LEDGERPOST_SEALING_KEYS. When nothing is unreadable, remove the former keys. It can be repeated at any time.',
        response: {
          200: z
            .object({
              key: z.string().describe('The id of the key that seals grants now'),
              sealedAgain: z.number().int(),
              unreadable: z
                .array(z.object({ company: z.string(), target: z.string(), key: z.string() }))
                .readonly()
                .describe('Sealed with a key that this API does not have, or damaged: add the key again, or reconnect'),
            })
            .meta({
              id: 'SealRotation',
              examples: [{ key: '2026-11', sealedAgain: 12, unreadable: [{ company: 'birds', target: 'qbo', key: '2025-01' }] }],
            }),
          ...errorAnswers,
        },
      },
    },
    async (request) => {
      if (connections.keys === undefined)
        throw new Refusal('no-oauth-app', 'There are no sealing keys, so nothing is sealed. Set LEDGERPOST_SEALING_KEYS.');
      return rotateSeals(store, connections.keys, request.caller.actor);
    },
  );
}
