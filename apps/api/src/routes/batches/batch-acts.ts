import { needBooks, retryBatch, undoView } from '@ledgerpost/batching';
import { dayIn } from '@ledgerpost/core';
import {
  type BatchView,
  beginUndo,
  confirmLoaded,
  orderCancel,
  orderDecision,
  orderResume,
  type Role,
  type Sql,
} from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { tryHandOver, tryNudge } from '../../temporal/hand-to-temporal.ts';
import { batchState, batchView, showBatch } from '../../views/batch-view.ts';
import { storableText } from '../../views/plain-name.ts';
import { batchParams, errorAnswers, limit, MOST_INT } from '../../views/views.ts';
import { batchOf, enabledTarget, installedTarget } from '../look-ups.ts';

interface Act {
  readonly verb: string;
  readonly summary: string;
  readonly roles: readonly Role[];
  /** Writes the order to the database, where it can't be lost; then the workflow is signalled. */
  order(sql: Sql, order: { companyId: string; batchId: string; actor: string; comment?: string | undefined }): Promise<void>;
  /** Whether the workflow must be signalled. */
  readonly nudges: boolean;
  /** Whether the person may write something to it. */
  readonly comments?: boolean;
}

const ACTS: readonly Act[] = [
  {
    verb: 'cancel',
    summary: 'Stop after the current chunk; posted documents stay posted',
    roles: ['poster'],
    order: orderCancel,
    nudges: true,
  },
  {
    verb: 'approve',
    summary: 'Approve the batch; anyone may but the person who started it, and their keys',
    roles: ['approver'],
    order: (sql, order) => orderDecision(sql, { ...order, decision: 'approved' }),
    nudges: true,
    comments: true,
  },
  {
    verb: 'decline',
    summary: 'Decline the batch before anything is sent; anyone may but the person who started it, and their keys',
    roles: ['approver'],
    order: (sql, order) => orderDecision(sql, { ...order, decision: 'declined' }),
    nudges: true,
    comments: true,
  },
  { verb: 'resume', summary: 'Continue a batch that is on hold', roles: ['poster'], order: orderResume, nudges: true },
  {
    verb: 'confirm',
    summary: 'State that the files were loaded into the books',
    roles: ['poster'],
    order: confirmLoaded,
    nudges: false,
  },
];

const orderedBatch = z.object({
  batch: batchView,
  note: z.string().optional().describe('Why the order takes effect later, if it does'),
});

const decisionBody = z
  .strictObject({ comment: storableText(0, 1_000).optional().describe('Why; the journal and the batch show it') })
  .nullish();

const retryBody = z
  .strictObject({
    cause: z
      .strictObject({ code: storableText(1, 100), subject: storableText(0, 1_000).nullable() })
      .optional()
      .describe('Only the records that this stopped, as `causes` has it. Absent: all'),
  })
  .nullish();

/** People's decisions about a batch. */
export function batchActRoutes(app: App, deps: RouteDeps): void {
  const { store, targets } = deps;
  for (const act of ACTS) {
    app.post(
      `/v1/companies/:company/batches/:batch/${act.verb}`,
      {
        config: { access: company(...act.roles) },
        schema: {
          tags: ['batches'],
          summary: act.summary,
          params: batchParams,
          ...(act.comments === true ? { body: decisionBody } : {}),
          response: { 200: orderedBatch, ...errorAnswers },
        },
      },
      async (request) => {
        const before = await batchOf(store, request.company.id, request.params.batch);
        const comment = act.comments === true ? (request.body as z.output<typeof decisionBody>)?.comment : undefined;
        const order = { companyId: before.companyId, batchId: before.id, actor: request.caller.actor, comment };
        await store.sql.begin((sql) => act.order(sql, order));
        const signalled = !act.nudges || (await tryNudge(deps, before, request.log));
        const batch = await showBatch(await batchOf(store, before.companyId, before.id), deps);
        return signalled ? { batch } : { batch, note: 'The order is saved. It takes effect as soon as Temporal is back.' };
      },
    );
  }

  app.post(
    '/v1/companies/:company/batches/:batch/retry',
    {
      config: { access: company('poster') },
      schema: {
        tags: ['batches'],
        summary: 'Start a new batch with the rejected, refused and blocked records, as they are now',
        params: batchParams,
        body: retryBody,
        response: { 201: z.object({ batch: batchView }), ...errorAnswers },
      },
    },
    async (request, reply) => {
      const former = await batchOf(store, request.company.id, request.params.batch);
      const { target, companyTarget } = await enabledTarget(store, targets, request.company, former.target);
      const started = await retryBatch(
        { store, target },
        {
          company: request.company,
          companyTarget,
          batchId: former.id,
          cause: request.body?.cause,
          // A person who retries knows the batch: its payments were acknowledged before.
          acknowledge: ['payments-without-invoices'],
          today: dayIn(request.company.timeZone, deps.now()),
          actor: request.caller.actor,
        },
      );
      const batch = await tryHandOver(deps, started.batch, request.log);
      return reply.code(201).send({ batch: await showBatch(batch, deps) });
    },
  );

  app.post(
    '/v1/companies/:company/batches/:batch/undo',
    {
      config: { access: company('admin') },
      schema: {
        tags: ['batches'],
        summary: 'Undo a batch',
        description:
          'Answers the first page of the documents that are undone, with what a person must remove from the books where the target can’t do it.',
        params: batchParams,
        response: { 200: undoAnswer, ...errorAnswers },
      },
    },
    async (request) => {
      const before = await batchOf(store, request.company.id, request.params.batch);
      const order = { companyId: before.companyId, batchId: before.id, actor: request.caller.actor };
      await store.sql.begin(async (sql) => {
        await beginUndo(sql, order);
        await needBooks(sql, installedTarget(targets, before.target), before.connectionId);
      });
      await tryHandOver(deps, { ...before, handedOverAt: null }, request.log);
      return await undoPage(await batchOf(store, before.companyId, before.id), request.company.currency, { limit: UNDO_PAGE });
    },
  );
  app.get(
    '/v1/companies/:company/batches/:batch/undo',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['batches'],
        summary: 'The documents of an undo, newest first',
        params: batchParams,
        querystring: z.strictObject({
          after: z.coerce.number().int().min(0).max(MOST_INT).optional().describe('`next` of the page before'),
          limit: limit(1_000, UNDO_PAGE),
        }),
        response: { 200: undoAnswer, ...errorAnswers },
      },
    },
    async (request) =>
      await undoPage(await batchOf(store, request.company.id, request.params.batch), request.company.currency, request.query),
  );

  async function undoPage(batch: BatchView, currency: string, page: { after?: number | undefined; limit: number }) {
    const view = await undoView(store, installedTarget(targets, batch.target), batch, currency, page);
    return { ...view, documents: [...view.documents] };
  }
}

const UNDO_PAGE = 500;

const undoAnswer = z
  .object({
    batch: z.object({ id: z.uuid(), name: z.string(), state: batchState }),
    by: z
      .enum(['target', 'hand'])
      .describe('How the documents are removed from the books: through the target’s interface, or by a person'),
    loaded: z.boolean().describe('A person confirmed that the files were loaded'),
    warning: z.string().nullable(),
    instructions: z.string().nullable(),
    documents: z.array(
      z.object({
        seq: z.number().int(),
        document: z.string(),
        state: z.string(),
        todo: z.string().nullable().describe('What a person must do; for a document that the undo left alone, also why'),
      }),
    ),
    next: z.string().optional().describe('Send it as `after` for the next page; absent on the last'),
  })
  .meta({ id: 'Undo' });
