import { declaredQuotas, quotaLimitOf } from '@ledgerpost/connections';
import { type QuotaUse, quotaUse } from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { installation } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { errorAnswers, instant } from '../../views/views.ts';

const quotaView = z
  .object({
    target: z.string(),
    name: z.string().describe('The target’s name'),
    environment: z.string(),
    quota: z.string().describe('What is counted, such as reads'),
    used: z.number().describe('Counted by Ledgerpost in this month, over all companies'),
    today: z.number().describe('Of these, today'),
    perMonth: z.number().nullable().describe('The end of the month’s quota; null where there is none'),
    refusedSince: instant.nullable().describe('Since when the target refuses requests of this kind'),
    companies: z.array(z.object({ companyId: z.string(), used: z.number() })).describe('The highest counts, at most 20'),
  })
  .meta({ id: 'QuotaUse' });

/** What targets count by the month for the whole installation. */
export function quotaRoutes(app: App, { store, targets, connections }: RouteDeps): void {
  app.get(
    '/v1/quotas',
    {
      config: { access: installation('viewer') },
      schema: {
        tags: ['companies'],
        summary: 'Requests that targets count by the month',
        description: 'Months and days are in UTC. Requests by other programs with the same registration are not counted here.',
        params: z.strictObject({}),
        response: { 200: z.object({ rows: z.array(quotaView) }), ...errorAnswers },
      },
    },
    async () => ({ rows: (await quotaUse(store.sql)).flatMap(viewOf) }),
  );

  function viewOf({ companies, ...use }: QuotaUse): z.input<typeof quotaView>[] {
    const target = targets.find(({ id }) => id === use.target);
    // Counted by a plugin that is not installed any more, or under another name.
    if (target === undefined || !(use.quota in declaredQuotas(target))) return [];
    const ends = connections.apps[target.id]?.environment === use.environment;
    const perMonth = (ends ? quotaLimitOf(connections.apps, target, use.quota) : undefined) ?? null;
    return [{ ...use, name: target.name, perMonth, companies: [...companies] }];
  }
}
