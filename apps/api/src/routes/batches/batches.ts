import { previewBatch, previewGate, startBatch } from '@ledgerpost/batching';
import { dayIn, ITEM_STATES, Refusal } from '@ledgerpost/core';
import { selectionSchema } from '@ledgerpost/core/schemas';
import {
  causesOf,
  expectedLedgerOf,
  getBatch,
  getItem,
  ITEM_SORTS,
  ledgerOf,
  listBatches,
  listItems,
  markPreviewed,
  taxDifferenceOf,
  waitForBatch,
} from '@ledgerpost/store';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, endedMeanwhile, isStillInForce, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { whenHungUp } from '../../http/hung-up.ts';
import { tryHandOver } from '../../temporal/hand-to-temporal.ts';
import {
  batchLedger,
  batchState,
  batchTotals,
  batchView,
  causeView,
  itemDetailsView,
  itemView,
  showBatch,
  showBatches,
} from '../../views/batch-view.ts';
import { pageInBooks } from '../../views/page-in-books.ts';
import {
  after,
  amount,
  batchParams,
  companyParams,
  documentProblem,
  errorAnswers,
  limit,
  MOST_INT,
  page,
  targetParams,
} from '../../views/views.ts';
import { batchOf, enabledTarget, noBatch } from '../look-ups.ts';
import { MATCH_STATES } from '../matching/matching-views.ts';
import { draftSettings } from '../targets/company-targets.ts';

/** A selection of explicit ids may be long. */
const BODY_LIMIT = 32 * 1024 * 1024;

/** Of the pool's ten connections, previews have four at most. */
const PREVIEWS = { perCompany: 2, inAll: 4, waitMs: 10_000 };

/** Enough for the largest preview, and small enough for one answer. */
const MOST_PROBLEMS = 50_000;

const startBody = z.strictObject({
  name: z.string().optional().describe('1 to 100 characters; absent: the proposed one'),
  selection: selectionSchema.optional().describe('Absent: everything that can be sent'),
  digest: z
    .string()
    .max(200)
    .optional()
    .describe('The preview’s digest: if records have changed since, the start is refused and shows what changed'),
  acknowledge: z
    .array(z.enum(['payments-without-invoices']))
    .max(10)
    .default([])
    .describe('Warnings that a person has seen'),
  onProblem: z.enum(['skip', 'stop']).optional().describe('Absent: as set in the settings'),
});

/** Scheduled runs start their batches under keys of their own, which a caller must not take first. */
const callersKey = z
  .string()
  .min(1)
  .max(200)
  .refine(
    (key) => !key.startsWith('schedule/'),
    'Keys that begin with schedule/ belong to scheduled batches. Choose another key.',
  )
  .describe('Any text of your own that does not begin with `schedule/`');

const matchCounts = z.record(z.enum(MATCH_STATES), z.number().int());

const numbered = z.object({ id: z.string(), number: z.string() });

const previewView = z
  .object({
    totals: batchTotals.describe('Of the documents that would be sent'),
    notSelected: z
      .array(
        z.object({
          reason: z.string(),
          documents: z.number().int(),
          amount,
          sentence: z.string().optional().describe('Of `not-taken`: why the target accepts no such documents'),
        }),
      )
      .readonly()
      .describe('Open records that no batch can send now, by problem code'),
    problems: z
      .array(documentProblem.extend({ number: z.string() }))
      .readonly()
      .describe('The first problems, worst first; problemCounts counts all'),
    problemCounts: z.record(z.string(), z.number().int()),
    causes: z
      .array(causeView)
      .readonly()
      .describe('All problems by cause: those that stop documents first, then the most frequent'),
    warnings: z
      .array(
        z.object({
          code: z.literal('payments-without-invoices'),
          count: z.number().int(),
          pairs: z.array(z.object({ payment: numbered, invoice: numbered })).readonly(),
        }),
      )
      .readonly()
      .describe('Acknowledge these when you start the batch'),
    names: z
      .object({
        customers: z.number().int(),
        items: z.array(z.string()).readonly(),
        matching: z
          .object({ customer: matchCounts, item: matchCounts })
          .optional()
          .describe('How those of all these documents stand to the books, by state of the matching; absent where names decide'),
      })
      .describe('Customers and items that the documents use at the target'),
    name: z.string().describe('The proposed name'),
    verdictsChanged: z.boolean().describe('Other records than before need attention: read the unbatched lists again'),
    digest: z.string().describe('Send it with the start: the start is then refused if records have changed since'),
  })
  .meta({ id: 'Preview' });

/** Preview, start, list, follow. */
export function batchRoutes(app: App, deps: RouteDeps): void {
  const { store, targets, reads } = deps;
  const today = (timeZone: string) => dayIn(timeZone, deps.now());
  const previews = previewGate(PREVIEWS);

  app.post(
    '/v1/companies/:company/targets/:target/batches::preview',
    {
      config: { access: company(...READERS) },
      bodyLimit: BODY_LIMIT,
      schema: {
        tags: ['batches'],
        summary: 'Preview what a batch would send; starts nothing',
        description: `A company may have ${PREVIEWS.perCompany} previews at a time; more are refused as \`too-many-previews\`. A preview stops when its caller ends the connection. The unbatched lists show the problems that it finds, unless it tries \`settings\`.`,
        params: targetParams,
        body: z.strictObject({
          selection: selectionSchema.optional(),
          settings: z
            .record(z.string(), z.unknown())
            .optional()
            .describe('Settings to try, in the form of a `PUT` of the target; nothing is saved. Absent: those of the company'),
          unasked: z
            .boolean()
            .default(false)
            .describe('A screen only counts what could be sent. It does not count as the first preview of the company'),
          problems: z.number().int().min(0).max(MOST_PROBLEMS).default(200).describe('How many problems to list at most'),
        }),
        response: { 200: previewView, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { target, companyTarget } = await enabledTarget(store, targets, request.company, request.params.target);
      const draft = request.body.settings;
      const wanted = {
        company: request.company,
        companyTarget:
          draft === undefined
            ? companyTarget
            : { ...companyTarget, settings: await draftSettings(store, target, companyTarget, draft) },
        selection: request.body.selection ?? {},
        today: today(request.company.timeZone),
        problems: request.body.problems,
        isTrial: draft !== undefined,
      };
      const hungUp = whenHungUp(reply);
      const preview = await previews.enter(request.company.id, hungUp, () =>
        reads.beside(request.company.id, () => previewBatch({ store, target }, wanted, hungUp)),
      );
      if (draft === undefined && !request.body.unasked && companyTarget.previewedAt === null)
        await markPreviewed(store.sql, { companyId: request.company.id, target: target.id });
      return preview as typeof preview & z.output<typeof previewView>;
    },
  );

  app.post(
    '/v1/companies/:company/targets/:target/batches',
    {
      config: { access: company('poster') },
      bodyLimit: BODY_LIMIT,
      schema: {
        tags: ['batches'],
        summary: 'Start a batch',
        description:
          'The batch is saved as soon as this answers, also while Temporal is down: it then waits, and `waiting` states why. The same request with the same Idempotency-Key returns the same batch; another request with that key is refused as `key-reused`.',
        params: targetParams,
        headers: z.looseObject({ 'idempotency-key': callersKey.optional() }),
        body: startBody,
        response: { 200: z.object({ batch: batchView }), 201: z.object({ batch: batchView }), ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { target, companyTarget } = await enabledTarget(store, targets, request.company, request.params.target);
      const { selection = {}, ...body } = request.body;
      const started = await startBatch(
        { store, target },
        {
          ...body,
          company: request.company,
          companyTarget,
          selection,
          today: today(request.company.timeZone),
          actor: request.caller.actor,
          idempotencyKey: request.headers['idempotency-key'],
        },
      );
      const batch = await tryHandOver(deps, started.batch, request.log);
      return reply.code(started.created ? 201 : 200).send({ batch: await showBatch(batch, deps) });
    },
  );

  app.get(
    '/v1/companies/:company/batches',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['batches'],
        summary: 'The batches of a company, newest first',
        params: companyParams,
        querystring: z.strictObject({
          target: z.string().max(64).optional(),
          state: batchState.optional(),
          after,
          limit: limit(),
        }),
        response: { 200: page(batchView), ...errorAnswers },
      },
    },
    async (request) => {
      const found = await listBatches(store, { companyId: request.company.id, ...request.query });
      return { ...found, rows: await showBatches(found.rows, deps) };
    },
  );

  app.get(
    '/v1/companies/:company/batches/:batch',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['batches'],
        summary: 'One batch; with `after` and `wait`, as soon as it changes',
        params: batchParams,
        querystring: z.strictObject({
          after: z.coerce
            .number()
            .int()
            .min(0)
            .max(MOST_INT)
            .optional()
            .describe('The version you know. While the batch moves, the answer waits a tenth of a second for more'),
          wait: z.coerce.number().int().min(0).max(60).default(0).describe('Seconds to wait at most for a newer one'),
        }),
        response: { 200: batchView, ...errorAnswers },
      },
    },
    async (request) => {
      const { after, wait } = request.query;
      const { batch: id } = request.params;
      const found =
        after === undefined || wait === 0
          ? await getBatch(store.sql, request.company.id, id)
          : await waitForBatch(store, request.company.id, id, after, wait * 1_000, deps.closing);
      if (wait > 0 && !(await isStillInForce(request as FastifyRequest, deps))) throw endedMeanwhile();
      return showBatch(found ?? noBatch(id), deps);
    },
  );

  app.get(
    '/v1/companies/:company/batches/:batch/items',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['batches'],
        summary: 'The documents of a batch, by default in sending order',
        params: batchParams,
        querystring: z.strictObject({
          state: z.enum(ITEM_STATES).optional(),
          search: z.string().max(200).optional().describe('In number and customer name; upper and lower case are the same'),
          sort: z.enum(ITEM_SORTS).default('seq').describe('With a hyphen, the other way round. `seq` is the sending order'),
          after,
          limit: limit(1_000),
        }),
        response: { 200: page(itemView), ...errorAnswers },
      },
    },
    async (request) => {
      const batch = await batchOf(store, request.company.id, request.params.batch);
      const items = await listItems(store, { batchId: batch.id, ...request.query });
      return items as typeof items & { rows: z.output<typeof itemView>[] };
    },
  );

  app.get(
    '/v1/companies/:company/batches/:batch/items/:seq',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['batches'],
        summary: 'One document of a batch, with the target’s answer and each attempt to send it',
        params: batchParams.extend({ seq: z.coerce.number().int().min(1).max(MOST_INT) }),
        response: { 200: itemDetailsView, ...errorAnswers },
      },
    },
    async (request) => {
      const batch = await batchOf(store, request.company.id, request.params.batch);
      const { seq } = request.params;
      const item = await getItem(store.sql, batch.id, seq);
      if (item === undefined) throw new Refusal('not-found', `The batch has no document ${seq}.`);
      const inBooks = await pageInBooks(deps, batch, item);
      return { ...item, ...(inBooks === undefined ? {} : { page: inBooks }) } as typeof item & z.output<typeof itemDetailsView>;
    },
  );

  app.get(
    '/v1/companies/:company/batches/:batch/causes',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['batches'],
        summary: 'What is wrong with the documents of a batch, by cause',
        description:
          'Causes that stop documents come first, then the most frequent. A document with two causes counts in both. At most 200.',
        params: batchParams,
        response: { 200: z.object({ rows: z.array(causeView).readonly() }), ...errorAnswers },
      },
    },
    async (request) => {
      const batch = await batchOf(store, request.company.id, request.params.batch);
      return { rows: (await causesOf(store.sql, batch.id)) as readonly z.output<typeof causeView>[] };
    },
  );

  app.get(
    '/v1/companies/:company/batches/:batch/ledger',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['batches'],
        summary: 'How the posted documents of a batch changed the accounts',
        description:
          'By account and class. An update counts with its difference from the former document. A former document that was only marked as in the books is unknown, and counts as nothing. While a batch waits for approval, this is how its documents would change them.',
        params: batchParams,
        response: { 200: batchLedger, ...errorAnswers },
      },
    },
    async (request) => {
      const batch = await batchOf(store, request.company.id, request.params.batch);
      const expected = batch.state === 'awaiting-approval';
      const [entries, taxDifference] = await Promise.all([
        expected ? expectedLedgerOf(store.sql, batch.id) : ledgerOf(store.sql, batch.id),
        taxDifferenceOf(store.sql, batch.id),
      ]);
      return { currency: request.company.currency, entries, taxDifference };
    },
  );
}
