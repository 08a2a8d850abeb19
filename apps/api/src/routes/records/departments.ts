import { listDepartments } from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { companyParams, errorAnswers } from '../../views/views.ts';

/** The departments by which lists are filtered. */
export function departmentRoutes(app: App, { store }: RouteDeps): void {
  app.get(
    '/v1/companies/:company/departments',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['records'],
        summary: 'The departments of the records, by name',
        params: companyParams,
        response: {
          200: z.object({ rows: z.array(z.object({ id: z.string(), name: z.string() })).readonly() }),
          ...errorAnswers,
        },
      },
    },
    async (request) => ({ rows: await listDepartments(store, request.company.id) }),
  );
}
