import type { CompanyFacts } from '@ledgerpost/core';
import { companySchema } from '@ledgerpost/core/schemas';
import { getCompany, listCompanies, putCompany } from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, installation, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { isPlainName, plainName } from '../../views/plain-name.ts';
import { after, companyParams, errorAnswers, limit, page } from '../../views/views.ts';

const companyView = z
  .object({
    id: z.string(),
    name: z.string(),
    timeZone: z.string().describe('IANA name'),
    currency: z.string().describe('ISO 4217'),
  })
  .meta({ id: 'Company' });

/** Ids are parts of addresses, where . and .. mean something else. */
const newCompanyId = companySchema.shape.id.refine(isPlainName, 'A company’s id can’t be . or ... Choose another id.');

/** The companies of the installation. */
export function companyRoutes(app: App, { store }: RouteDeps): void {
  app.put(
    '/v1/companies/:company',
    {
      config: { access: installation('admin') },
      schema: {
        tags: ['companies'],
        summary: 'Create a company, or rename it',
        description: 'Currency and time zone can’t change once records exist.',
        params: z.strictObject({ company: newCompanyId }),
        body: companySchema.omit({ id: true }).extend({ name: plainName(200).describe('The name on screens.') }),
        response: { 200: companyView, 201: companyView, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const facts: CompanyFacts = { id: request.params.company, ...request.body };
      const existed = (await getCompany(store, facts.id)) !== undefined;
      await putCompany(store, facts, request.caller.actor);
      return reply.code(existed ? 200 : 201).send(facts);
    },
  );
  app.get(
    '/v1/companies/:company',
    {
      config: { access: company(...READERS, 'source') },
      schema: {
        tags: ['companies'],
        summary: 'One company',
        params: companyParams,
        response: { 200: companyView, ...errorAnswers },
      },
    },
    async (request) => request.company,
  );
  app.get(
    '/v1/companies',
    {
      config: { access: installation('viewer') },
      schema: {
        tags: ['companies'],
        summary: 'All companies, by id',
        querystring: z.strictObject({ after, limit: limit() }),
        response: { 200: page(companyView), ...errorAnswers },
      },
    },
    async (request) => await listCompanies(store, request.query),
  );
}
