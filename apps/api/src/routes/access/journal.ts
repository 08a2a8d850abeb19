import { listJournal } from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, installation, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { after, companyParams, errorAnswers, instant, limit, page } from '../../views/views.ts';

const entry = z
  .object({
    id: z.number().int(),
    at: instant,
    actor: z.string().describe('The person’s name, the key’s name and id, or the engine'),
    actorId: z
      .string()
      .nullable()
      .describe('`person:<id>`, `key:<id>`, `schedule` or `engine`; null in lines from before people signed in'),
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
  app.get(
    '/v1/journal',
    {
      config: { access: installation('viewer') },
      schema: {
        tags: ['journal'],
        summary: 'The journal of the installation: its keys and sessions, and refused keys by address; newest first',
        description:
          'Refused keys are summed up: a line for the first one from an address in a minute (`key.refused`), and one when there are so many that further ones are answered 429 (`key.blocked`).',
        querystring: z.strictObject({ subject: z.string().max(200).optional(), after, limit: limit() }),
        response: { 200: page(entry), ...errorAnswers },
      },
    },
    async (request) => await listJournal(store, { companyId: null, ...request.query }),
  );
}
