import { chartOf } from '@ledgerpost/batching';
import type { Chart } from '@ledgerpost/core';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { errorAnswers, targetParams } from '../../views/views.ts';
import { enabledTarget } from '../look-ups.ts';

const names = z.array(z.object({ name: z.string(), active: z.boolean() })).readonly();

const chartView = z
  .object({
    known: z.boolean().describe('Whether there is a chart. Without one, the lists are empty and names can’t be checked'),
    accounts: z
      .array(z.object({ name: z.string(), type: z.string().describe('The books’ own word for it'), active: z.boolean() }))
      .readonly(),
    classes: names,
    paymentMethods: names,
    terms: names,
    taxCodes: names,
    departments: names.describe('QuickBooks: locations. Empty where the books keep none'),
  })
  .meta({ id: 'Chart' });

/** The names that the books offer, for people who map to them. */
export function chartRoutes(app: App, { store, targets }: RouteDeps): void {
  app.get(
    '/v1/companies/:company/targets/:target/chart',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['settings'],
        summary: 'The accounts, classes, payment methods, terms, tax codes and locations of the books',
        description:
          'As they were last read from connected books, or as the settings declare them. Settings may use these names.',
        params: targetParams,
        response: { 200: chartView, ...errorAnswers },
      },
    },
    async (request) => {
      const { target, companyTarget } = await enabledTarget(store, targets, request.company, request.params.target);
      return viewOf(await chartOf(store.sql, target, companyTarget));
    },
  );
}

function viewOf(chart: Chart | undefined): z.output<typeof chartView> {
  const namesOf = (list: Chart['classes'] | undefined) => (list ?? []).map(({ name, active }) => ({ name, active }));
  return {
    known: chart !== undefined,
    accounts: (chart?.accounts ?? []).map(({ name, type, active }) => ({ name, type, active })),
    classes: namesOf(chart?.classes),
    paymentMethods: namesOf(chart?.paymentMethods),
    terms: namesOf(chart?.terms),
    taxCodes: namesOf(chart?.taxCodes),
    departments: namesOf(chart?.departments),
  };
}
