import { Refusal } from '@ledgerpost/core';
import { acceptSameNames, decideMatching, type MatchingDecision, matchingRow as rowOf } from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { errorAnswers, targetParams } from '../../views/views.ts';
import { showRow } from './matching.ts';
import { KINDS, type MatchingOf, matchingOf } from './matching-scope.ts';
import { matchingRow, matchKind } from './matching-views.ts';

const URL = '/v1/companies/:company/targets/:target/matching';

const choice = z
  .union([
    z.strictObject({ externalId: z.string().min(1).max(200).describe('The id in the books') }),
    z.strictObject({ create: z.literal(true).describe('It is none of those in the books: create it') }),
    z.strictObject({ same: z.string().min(1).max(2_000).describe('The key of another of ours: both are one') }),
    z.strictObject({
      another: z
        .literal(true)
        .describe('It is another one of the same name: create it under a name that the books can tell apart'),
    }),
  ])
  .describe('One of `externalId`, `create`, `same`, `another`');

const rowParams = targetParams.extend({ kind: matchKind, key: z.string().min(1).max(2_000) });

/** What a person decides about ours and theirs. */
export function decideMatchingRoutes(app: App, { store, targets }: RouteDeps): void {
  app.put(
    `${URL}/:kind/:key`,
    {
      config: { access: company('admin') },
      schema: {
        tags: ['matching'],
        summary: 'Decide what one of ours is in the books',
        description:
          'Counts for documents from now on: posted documents stay where they are. 409 while an open batch is about to create that name.',
        params: rowParams,
        body: choice,
        response: { 200: matchingRow, ...errorAnswers },
      },
    },
    async (request) => decide(request, await matchingOf(store, targets, request), request.body),
  );

  app.delete(
    `${URL}/:kind/:key`,
    {
      config: { access: company('admin') },
      schema: {
        tags: ['matching'],
        summary: 'Undo the decision: the link ends, and the next document is matched again',
        description: 'Posted documents stay where they are.',
        params: rowParams,
        response: { 200: matchingRow, ...errorAnswers },
      },
    },
    async (request) => decide(request, await matchingOf(store, targets, request), { undo: true }),
  );

  app.post(
    `${URL}::accept-same-names`,
    {
      config: { access: company('admin') },
      schema: {
        tags: ['matching'],
        summary: 'Link all whose name exactly one in the books has, and no other of ours',
        params: targetParams,
        body: z.strictObject({ kind: matchKind.optional().describe('Absent: both') }),
        response: { 200: z.object({ linked: z.number().int() }), ...errorAnswers },
      },
    },
    async (request) => {
      const { scope } = await matchingOf(store, targets, request);
      const { actor } = request.caller;
      return store.sql.begin(async (sql) => {
        let linked = 0;
        for (const kind of KINDS) {
          if (request.body.kind !== undefined && request.body.kind !== kind) continue;
          linked += (await acceptSameNames(sql, { ...scope, kind, actor })).linked;
        }
        return { linked };
      });
    },
  );

  async function decide(
    request: { params: z.output<typeof rowParams>; caller: { actor: string } },
    { scope }: MatchingOf,
    decision: z.output<typeof choice> | { readonly undo: true },
  ): Promise<z.output<typeof matchingRow>> {
    const { kind, key } = request.params;
    return store.sql.begin(async (sql) => {
      const { actor } = request.caller;
      await decideMatching(sql, { ...scope, kind, actor }, [{ key, ...decision } as MatchingDecision]);
      const row = await rowOf(sql, { ...scope, kind, key });
      if (row === undefined) throw new Refusal('not-found', `The company has no ${kind} with the key ${JSON.stringify(key)}.`);
      return showRow(kind, row);
    });
  }
}
