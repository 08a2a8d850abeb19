import { companiesAtAGlance, homeNumbers } from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, everyKey, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { rolesIn } from '../../http/caller.ts';
import { after, companyParams, errorAnswers, instant, limit, page } from '../../views/views.ts';

/** A quarter. */
const WEEKS = 13;
const minor = z.number().int().describe('Minor units of the company’s currency');
const date = z.string().describe('YYYY-MM-DD');

const unbatchedSum = z.object({
  target: z.string(),
  list: z.enum(['invoices', 'payments']),
  documents: z.number().int(),
  amount: minor,
  oldest: date,
});

const numbers = {
  unbatched: z.array(unbatchedSum).readonly().describe('What is in no batch yet. Lists without any are left out'),
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
    .readonly()
    .describe('What batches posted in the last 13 weeks, oldest first. Undone batches don’t count'),
  leftOpen: z
    .array(
      z.object({
        target: z.string(),
        of: z
          .enum(['payments', 'refunds'])
          .describe('`payments`: unapplied in the books. `refunds`: their journals left Accounts Receivable open'),
        documents: z.number().int(),
        amount: minor,
        oldest: z
          .array(
            z.object({
              number: z.string(),
              customer: z.string().nullable(),
              amount: minor,
              batchId: z.string(),
              seq: z.number().int().describe('Its place in the batch'),
            }),
          )
          .readonly()
          .describe('At most five'),
      }),
    )
    .readonly()
    .describe(
      'Money that a person has to apply in the books, as batches left it; refunds of the last 13 weeks. Ledgerpost does not know which of it was applied there since',
    ),
  checks: z
    .array(
      z.object({
        target: z.string(),
        endedAt: instant.nullable().describe('Null: none has ended yet'),
        failed: z.boolean().describe('The newest check could not read the books'),
      }),
    )
    .readonly()
    .describe('When the books were last checked for changes'),
};

const dashboardView = z.object(numbers).meta({ id: 'Dashboard' });

const overviewView = z
  .object({
    id: z.string(),
    name: z.string(),
    currency: z.string().describe('ISO 4217'),
    timeZone: z.string().describe('IANA name'),
    ...numbers,
    onHold: z.number().int().describe('Batches on hold'),
    toApprove: z.number().int().describe('Batches that wait for approval'),
    changed: z.number().int().describe('Changes in the books without a decision'),
  })
  .meta({ id: 'CompanyAtAGlance' });

/** The numbers of a company's home page, and those of all companies of the caller. */
export function dashboardRoutes(app: App, { store, reads }: RouteDeps): void {
  app.get(
    '/v1/companies/:company/dashboard',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['companies'],
        summary: 'What is unbatched, what was posted per week, and what is left open in the books',
        params: companyParams,
        response: { 200: dashboardView, ...errorAnswers },
      },
    },
    ({ company: { id } }) => reads.ask(id, 'dashboard', async () => (await homeNumbers(store.sql, [id], WEEKS))(id)),
  );

  app.get(
    '/v1/overview',
    {
      config: { access: everyKey },
      schema: {
        tags: ['companies'],
        summary: 'The caller’s companies, with the numbers of their home pages and what waits for a person',
        querystring: z.strictObject({ after, limit: limit() }),
        response: { 200: page(overviewView), ...errorAnswers },
      },
    },
    async ({ caller, query }) => {
      const mayRead = (companyId: string | null) =>
        rolesIn(caller, companyId)?.some((role) => role === 'admin' || READERS.some((reader) => reader === role)) === true;
      const own = caller.access.flatMap(({ companyId }) => (companyId !== null && mayRead(companyId) ? [companyId] : []));
      return await companiesAtAGlance(store.sql, { only: mayRead(null) ? null : own, ...query, weeks: WEEKS });
    },
  );
}
