import { refreshNames } from '@ledgerpost/connections';
import { BOOK_NAME_SORTS, bookNames, MATCHING_SORTS, type MatchingRow, matchingCounts, matchingPage } from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { after, errorAnswers, limit, page, targetParams } from '../../views/views.ts';
import { KINDS, type MatchingOf, matchingOf } from './matching-scope.ts';
import { bookName, matchingCountsView, matchingRow, matchKind, matchState } from './matching-views.ts';

const URL = '/v1/companies/:company/targets/:target/matching';

const search = z.string().max(200).optional().describe('In the name; upper and lower case are the same');

/** Our customers and services beside what the books have. */
export function matchingRoutes(app: App, deps: RouteDeps): void {
  const { store, targets, connections, reads } = deps;

  app.get(
    URL,
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['matching'],
        summary: 'Our customers, or products and services, with what each is in the books',
        description:
          'By name. Those that an unbatched document uses, or that have a link, as all have that are posted. Names in the books are those of the last reading; nothing is asked there now.',
        params: targetParams,
        querystring: z.strictObject({
          kind: matchKind,
          state: matchState.optional(),
          q: search,
          sort: z
            .enum(MATCHING_SORTS)
            .default('name')
            .describe('With a hyphen, the other way round. `there`: by the name in the books'),
          after,
          limit: limit(500),
        }),
        response: { 200: page(matchingRow), ...errorAnswers },
      },
    },
    async (request) => {
      const { scope } = await matchingOf(store, targets, request);
      const { kind } = request.query;
      const question = JSON.stringify(['matching', scope, request.query]);
      const found = await reads.ask(scope.companyId, question, () => matchingPage(store.sql, { ...scope, ...request.query }));
      return { ...found, rows: found.rows.map((row) => showRow(kind, row)) };
    },
  );

  app.get(
    `${URL}/counts`,
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['matching'],
        summary: 'How many of ours are linked, can be linked, will be created, or need a person',
        params: targetParams,
        response: { 200: matchingCountsView, ...errorAnswers },
      },
    },
    async (request) => countsOf(await matchingOf(store, targets, request)),
  );

  app.get(
    `${URL}/books`,
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['matching'],
        summary: 'The names that the books have, to search in',
        params: targetParams,
        querystring: z.strictObject({
          kind: matchKind,
          q: search,
          unlinked: z.enum(['true', 'false']).default('false').describe('`true`: only those that are linked to none of ours'),
          sort: z
            .enum(BOOK_NAME_SORTS)
            .default('name')
            .describe('With a hyphen, the other way round. `contact`: by e-mail, then phone'),
          after,
          limit: limit(500),
        }),
        response: { 200: page(bookName), ...errorAnswers },
      },
    },
    async (request) => {
      const { scope } = await matchingOf(store, targets, request);
      const { unlinked, ...query } = request.query;
      return bookNames(store.sql, { ...scope, ...query, unlinked: unlinked === 'true' });
    },
  );

  app.post(
    `${URL}::refresh`,
    {
      config: { access: company('admin') },
      schema: {
        tags: ['matching'],
        summary: 'Read all names of customers, products and services from the books again',
        description:
          'Finds what was renamed, merged, deleted or made inactive there. Reads a thousand names a request; 20,000 take a few seconds.',
        params: targetParams,
        response: {
          200: matchingCountsView.extend({ read: z.number().int().describe('Names that were read') }),
          ...errorAnswers,
        },
      },
    },
    async (request) => {
      const matching = await matchingOf(store, targets, request);
      const { target, companyTarget } = matching;
      const { names } = await refreshNames(connections, target, companyTarget);
      return { read: names, ...(await countsOf(matching)) };
    },
  );

  async function countsOf({ scope }: MatchingOf): Promise<z.output<typeof matchingCountsView>> {
    const [customer, item] = await reads.ask(scope.companyId, JSON.stringify(['matching counts', scope]), () =>
      Promise.all(KINDS.map((kind) => matchingCounts(store.sql, { ...scope, kind }))),
    );
    const { listedAt, ...customers } = customer!;
    const { listedAt: _, ...items } = item!;
    return { customer: customers, item: items, listedAt };
  }
}

/** A row as the API shows it. */
export function showRow(kind: (typeof KINDS)[number], row: MatchingRow): z.output<typeof matchingRow> {
  return { kind, ...row };
}
