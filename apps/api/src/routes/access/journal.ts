import { listJournal } from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { after, companyParams, errorAnswers, instant, limit, page } from '../../views/views.ts';

const entry = z
  .object({
    id: z.number().int(),
    at: instant,
    actor: z.string().describe('The key’s name and id, or the engine'),
    act: z.string(),
    subject: z.string().describe('What was acted on: `batch/<id>`, `key/<id>`, `target/<id>`'),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'JournalEntry' });

/** Who did what, when: only ever added to, newest first. */
export function journalRoutes(app: App, { store }: RouteDeps): void {
  app.get(
    '/v1/companies/:company/journal',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['journal'],
        summary: 'Who did what, when; newest first',
        params: companyParams,
        querystring: z.strictObject({ subject: z.string().max(200).optional(), after, limit: limit() }),
        response: { 200: page(entry), ...errorAnswers },
      },
    },
    async (request) => await listJournal(store, { companyId: request.company.id, ...request.query }),
  );
}
