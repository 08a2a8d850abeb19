import { postedByWeek, unbatchedSums } from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { companyParams, errorAnswers } from '../../views/views.ts';

/** A quarter. */
const WEEKS = 13;
const minor = z.number().int().describe('Minor units of the company’s currency');
const date = z.string().describe('YYYY-MM-DD');

const dashboardView = z
  .object({
    unbatched: z
      .array(
        z.object({
          target: z.string(),
          list: z.enum(['invoices', 'payments']),
          documents: z.number().int(),
          amount: minor,
          oldest: date,
        }),
      )
      .describe('What is in no batch yet. Lists without any are left out'),
    weeks: z
      .array(
        z.object({
          week: date.describe('Its Monday, in the company’s time zone'),
          invoices: z.number().int().describe('Documents'),
          payments: z.number().int(),
          others: z.number().int().describe('Refunds, credit memos and warnings'),
          invoiced: minor,
          paid: minor,
        }),
      )
      .describe('What batches posted in the last 13 weeks, oldest first. Undone batches don’t count'),
  })
  .meta({ id: 'Dashboard' });

/** The numbers of a company's home page. */
export function dashboardRoutes(app: App, { store, reads }: RouteDeps): void {
  app.get(
    '/v1/companies/:company/dashboard',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['companies'],
        summary: 'What is unbatched, and what was posted per week',
        params: companyParams,
        response: { 200: dashboardView, ...errorAnswers },
      },
    },
    ({ company: { id } }) =>
      reads.ask(id, 'dashboard', async () => ({
        unbatched: await unbatchedSums(store.sql, id),
        weeks: await postedByWeek(store.sql, id, WEEKS),
      })),
  );
}
