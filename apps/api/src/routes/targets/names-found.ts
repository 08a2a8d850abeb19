import { chartOf } from '@ledgerpost/batching';
import { FOUND_KINDS, namesFound } from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { errorAnswers, targetParams } from '../../views/views.ts';
import { enabledTarget } from '../look-ups.ts';

/** More than anyone maps in one sitting. */
const MOST = 500;

const foundView = z
  .object({
    kind: z.enum(FOUND_KINDS).describe('The member of the settings that maps it'),
    name: z.string(),
    records: z.number().int().describe('How many open records use it'),
    example: z.string().describe('The number of one of them'),
    mappedTo: z.string().nullable().describe('The name in the books that the settings map it to; null: it is sent as it is'),
  })
  .meta({ id: 'FoundName' });

/** What there is to map. */
export function namesFoundRoutes(app: App, { store, targets }: RouteDeps): void {
  app.get(
    '/v1/companies/:company/targets/:target/found',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['settings'],
        summary: 'The categories, taxes, payment methods, terms, classes and departments found in open records',
        description: `The most frequent names first, at most ${MOST}. Departments only where the books keep locations.`,
        params: targetParams,
        response: { 200: z.object({ rows: z.array(foundView) }), ...errorAnswers },
      },
    },
    async (request) => {
      const { target, companyTarget } = await enabledTarget(store, targets, request.company, request.params.target);
      const settings = companyTarget.settings as unknown as Readonly<Record<string, unknown>>;
      const rows = await namesFound(store.sql, request.company.id, target.id, MOST);
      const chart = await chartOf(store.sql, target, companyTarget);
      const isKept = ({ kind }: (typeof rows)[number]) => kind !== 'departments' || chart?.preferences?.departments === true;
      return { rows: rows.filter(isKept).map((row) => ({ ...row, mappedTo: mappedTo(settings[row.kind], row.name) })) };
    },
  );
}

function mappedTo(map: unknown, name: string): string | null {
  const to = typeof map === 'object' && map !== null && Object.hasOwn(map, name) ? (map as Record<string, unknown>)[name] : null;
  return typeof to === 'string' ? to : null;
}
