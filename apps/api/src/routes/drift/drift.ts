import { keepTheirs, needBooks, resolveDrift, sendAgain } from '@ledgerpost/batching';
import { type AnyTarget, Refusal } from '@ledgerpost/core';
import {
  countDrifts,
  type DriftCheckView,
  type DriftView,
  getDrift,
  getDriftCheck,
  listDrifts,
  requestDriftCheck,
} from '@ledgerpost/store';
import { lookWorkflowId } from '@ledgerpost/workflows/names';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { tryHandOverLook } from '../../temporal/hand-to-temporal.ts';
import { temporalLink } from '../../views/batch-view.ts';
import {
  after,
  amount,
  batchedRef,
  companyParams,
  documentProblem,
  errorAnswers,
  instant,
  limit,
  operation,
  page,
  targetParams,
} from '../../views/views.ts';
import { enabledTarget, installedTarget } from '../look-ups.ts';

const source = z
  .enum(['schedule', 'webhook', 'request'])
  .describe('What started the check: the schedule, a webhook of the target, or a person');
const state = z
  .enum(['open', 'kept-theirs', 'sent-again', 'resolved'])
  .describe(
    'The decision. `resolved` by `ledgerpost`: the document was corrected in the books, or none of ours is there any more',
  );
const choice = z.enum(['keep-theirs', 'send-again', 'resolve']);

const driftView = z
  .object({
    id: z.uuid(),
    target: z.string(),
    record: batchedRef,
    batch: z.object({ id: z.uuid(), name: z.string(), seq: z.number().int() }).describe('The batch that posted the document'),
    operation,
    kind: z.enum(['invoice', 'payment', 'journal', 'creditMemo', 'warning']),
    number: z.string(),
    customerId: z.string().nullable(),
    amount: amount.describe('What we posted'),
    externalId: z.string(),
    status: z.enum(['changed', 'gone']).describe('A void is a change: the document is still there, with zero amounts'),
    problem: documentProblem.describe('What changed, and who changed it if the target reports that'),
    total: amount.nullable().describe('The amount in the books now, where the target reports it'),
    foundBy: source,
    foundAt: instant,
    seenAt: instant.describe('When the change was last seen'),
    state,
    decidedBy: z.string().nullable(),
    decidedAt: instant.nullable(),
    choices: z
      .array(choice)
      .readonly()
      .describe('The decisions that a document of this kind allows; one of them may still be refused'),
  })
  .meta({ id: 'Drift' });

const lookView = z
  .object({
    target: z.string(),
    state: z.enum(['running', 'done', 'failed']).nullable().describe('Null: never checked. `failed`: `reason` states why'),
    by: source.nullable(),
    beganAt: instant.nullable(),
    endedAt: instant.nullable(),
    reason: z.object({ code: z.string(), message: z.string() }).nullable(),
    through: instant.nullable().describe('All changes before this instant are known, by the target’s clock'),
    wantedAt: instant.nullable().describe('When a check was requested that has not begun'),
    wantedBy: source.nullable().describe('A check that no person requested waits until no batch is posting'),
    looked: z.number().int().describe('Posted documents that were read'),
    found: z.number().int().describe('How many of them are new drifts'),
    postponed: z.number().int().describe('Left for the next check, because a batch is using them'),
    open: z.number().int().describe('Drifts without a decision'),
    links: z.object({ temporal: z.string().optional() }),
  })
  .meta({ id: 'Look' });

/** Documents that were changed, voided or deleted in the books since they were posted. */
export function driftRoutes(app: App, deps: RouteDeps): void {
  const { store, targets } = deps;
  const lookUrl = '/v1/companies/:company/targets/:target/look';

  app.get(
    '/v1/companies/:company/drift',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['drift'],
        summary: 'Documents that were changed, voided or deleted in the books since they were posted',
        description:
          'Newest first. A changed balance is not drift, and neither are our own writes. Nothing is overwritten automatically: a person decides.',
        params: companyParams,
        querystring: z.strictObject({
          target: z.string().min(1).max(64).optional(),
          batch: z.uuid().optional(),
          state: state.optional(),
          after,
          limit: limit(500),
        }),
        response: { 200: page(driftView).extend({ open: z.number().int().describe('All that is open') }), ...errorAnswers },
      },
    },
    async (request) => {
      const { batch: batchId, ...query } = request.query;
      const companyId = request.company.id;
      const found = await listDrifts(store, { companyId, batchId, ...query });
      return { ...found, rows: found.rows.map(show), open: await countDrifts(store.sql, companyId, query.target) };
    },
  );

  app.get(
    lookUrl,
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['drift'],
        summary: 'The last check of the books for changes',
        params: targetParams,
        response: { 200: lookView, ...errorAnswers },
      },
    },
    async (request) => {
      const { target } = await enabledTarget(store, targets, request.company, request.params.target);
      return showLook(request.company.id, await getDriftCheck(store.sql, request.company.id, target.id));
    },
  );

  app.post(
    lookUrl,
    {
      config: { access: company('poster', 'admin') },
      schema: {
        tags: ['drift'],
        summary: 'Check now for documents that were changed, voided or deleted in the books',
        description:
          'Reads only. Follow it with GET. A check that is already running starts again at its end. A target that does not report changes answers 409 `drift-not-told`.',
        params: targetParams,
        response: { 202: lookView, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { target, companyTarget } = await enabledTarget(store, targets, request.company, request.params.target);
      needsChanges(target);
      const { connectionId } = companyTarget;
      const companyId = request.company.id;
      await store.sql.begin(async (sql) => {
        await needBooks(sql, target, connectionId);
        await requestDriftCheck(sql, { companyId, target: target.id, connectionId, by: 'request', actor: request.caller.actor });
      });
      await tryHandOverLook(deps, connectionId, request.log);
      return reply.code(202).send(await showLook(companyId, await getDriftCheck(store.sql, companyId, target.id)));
    },
  );

  const decisions = [
    {
      name: 'keep-theirs',
      decide: keepTheirs,
      access: company('admin'),
      summary: 'Keep the document as it is in the books',
      description:
        'Nothing is sent. Later updates start from the version in the books, and an undo does not remove it. A deleted document stays deleted: the record counts as posted and is not offered again.',
    },
    {
      name: 'send-again',
      decide: sendAgain,
      access: company('admin'),
      summary: 'Offer our version again, for the next batch',
      description:
        'Nothing is sent now: the record is unbatched again and goes with the next batch, as an update of a changed document or as an insert of a deleted one. A further change in the books until then makes it a `conflict`. A changed payment, credit memo or journal entry can’t be sent again safely: the refusal states what to do instead.',
    },
    {
      name: 'resolve',
      decide: resolveDrift,
      access: company('poster', 'admin'),
      summary: 'Mark as resolved',
      description: 'Only closes the drift; our posting stays as it was. A further change in the books is found again.',
    },
  ] as const;
  for (const { name, decide, access, summary, description } of decisions) {
    app.post(
      `/v1/companies/:company/drift/:drift/${name}`,
      {
        config: { access },
        schema: {
          tags: ['drift'],
          summary,
          description,
          params: companyParams.extend({ drift: z.uuid('A drift’s id is a UUID.') }),
          response: { 200: driftView, ...errorAnswers },
        },
      },
      async (request) => {
        const { drift: driftId } = request.params;
        const found = await getDrift(store.sql, request.company.id, driftId);
        if (found === undefined) throw new Refusal('not-found', 'There is no such change in the books of this company.');
        const target = installedTarget(targets, found.target);
        return show(await decide(store, { company: request.company, target, driftId, actor: request.caller.actor }));
      },
    );
  }

  async function showLook(companyId: string, look: DriftCheckView): Promise<z.output<typeof lookView>> {
    const { target } = look;
    const links = look.state === null ? {} : temporalLink(deps, lookWorkflowId({ companyId, target }));
    return { ...look, open: await countDrifts(store.sql, companyId, target), links };
  }
}

function needsChanges(target: AnyTarget): void {
  const { readback } = target;
  if (readback.by === 'hand') throw new Refusal('readback-by-hand', readback.instructions, { target: target.id });
  if (readback.changes === undefined)
    throw new Refusal('drift-not-told', `${target.name} does not report what changed. Verify a batch to check its documents.`);
}

function show(drift: DriftView): z.output<typeof driftView> {
  const { keepable: _, standing: __, ...shown } = drift;
  return { ...shown, choices: choicesOf(drift) };
}

function choicesOf({ state, status, kind, keepable, standing }: DriftView): readonly z.output<typeof choice>[] {
  if (!standing) return [];
  const keep = state !== 'kept-theirs' && (status === 'gone' || keepable);
  const send = state !== 'sent-again' && (status === 'gone' || (keepable && kind === 'invoice'));
  return [
    ...(keep ? ['keep-theirs' as const] : []),
    ...(send ? ['send-again' as const] : []),
    ...(state === 'open' ? ['resolve' as const] : []),
  ];
}
