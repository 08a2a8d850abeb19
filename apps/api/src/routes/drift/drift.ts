import { keepTheirs, needBooks, resolveDrift, sendAgain } from '@ledgerpost/batching';
import { type AnyTarget, Refusal } from '@ledgerpost/core';
import { countDrifts, type DriftView, getDrift, getLook, type LookView, listDrifts, wantLook } from '@ledgerpost/store';
import { lookWorkflowId } from '@ledgerpost/workflows/names';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { tryHandOverLook } from '../../temporal/tell-temporal.ts';
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
  .describe('What made somebody look: the hours, a webhook of the target, a person');
const state = z
  .enum(['open', 'kept-theirs', 'sent-again', 'resolved'])
  .describe(
    'What was decided. `resolved` by `ledgerpost`: it was put right in the books, or nothing of ours stands there any more',
  );
const choice = z.enum(['keep-theirs', 'send-again', 'resolve']);

const driftView = z
  .object({
    id: z.uuid(),
    target: z.string(),
    record: batchedRef,
    batch: z.object({ id: z.uuid(), name: z.string(), seq: z.number().int() }).describe('What posted it'),
    operation,
    kind: z.enum(['invoice', 'payment', 'journal', 'creditMemo', 'warning']),
    number: z.string(),
    customerId: z.string().nullable(),
    amount: amount.describe('What we posted'),
    externalId: z.string(),
    status: z.enum(['changed', 'gone']).describe('A void is a change: the document is still there, with nothing in it'),
    problem: documentProblem.describe('What changed, and by whom if the target tells'),
    total: amount.nullable().describe('What the books hold now, where the target says so'),
    foundBy: source,
    foundAt: instant,
    seenAt: instant.describe('When it was last seen to be so'),
    state,
    decidedBy: z.string().nullable(),
    decidedAt: instant.nullable(),
    choices: z
      .array(choice)
      .readonly()
      .describe('What can be decided about a document of this kind; one may be refused all the same'),
  })
  .meta({ id: 'Drift' });

const lookView = z
  .object({
    target: z.string(),
    state: z.enum(['running', 'done', 'failed']).nullable().describe('Null: nobody ever looked. `failed`: `reason` says why'),
    by: source.nullable(),
    beganAt: instant.nullable(),
    endedAt: instant.nullable(),
    reason: z.object({ code: z.string(), message: z.string() }).nullable(),
    through: instant.nullable().describe('All that changed before is known, by the target’s clock'),
    wantedAt: instant.nullable().describe('A look that somebody wishes for and that has not begun'),
    wantedBy: source.nullable().describe('What no person asked for waits until no batch writes into the books'),
    looked: z.number().int().describe('Documents of ours that were read'),
    found: z.number().int().describe('How many of them are newly found to drift'),
    postponed: z.number().int().describe('Left for the next look, because a batch has them'),
    open: z.number().int().describe('Drifts that nobody has decided about'),
    links: z.object({ temporal: z.string().optional() }),
  })
  .meta({ id: 'Look' });

/** What was changed, voided or deleted in the books since we posted it. */
export function driftRoutes(app: App, deps: RouteDeps): void {
  const { store, targets } = deps;
  const lookUrl = '/v1/companies/:company/targets/:target/look';

  app.get(
    '/v1/companies/:company/drift',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['drift'],
        summary: 'What was changed, voided or deleted in the books since it was posted',
        description:
          'Newest first. A balance that changed is no drift, and what we wrote ourselves is none. Nothing is ever overwritten by itself: a person decides.',
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
        summary: 'How the books were last looked at for changes',
        params: targetParams,
        response: { 200: lookView, ...errorAnswers },
      },
    },
    async (request) => {
      const { target } = await enabledTarget(store, targets, request.company, request.params.target);
      return showLook(request.company.id, await getLook(store.sql, request.company.id, target.id));
    },
  );

  app.post(
    lookUrl,
    {
      config: { access: company('poster', 'admin') },
      schema: {
        tags: ['drift'],
        summary: 'Look now for what was changed, voided or deleted in the books since it was posted',
        description:
          'Reads only. Follow it with GET. A look that runs already looks again at its end. A target that does not tell what changed answers 409 `drift-not-told`.',
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
        await wantLook(sql, { companyId, target: target.id, connectionId, by: 'request', actor: request.caller.actor });
      });
      await tryHandOverLook(deps, connectionId, request.log);
      return reply.code(202).send(await showLook(companyId, await getLook(store.sql, companyId, target.id)));
    },
  );

  const decisions = [
    {
      name: 'keep-theirs',
      decide: keepTheirs,
      access: company('admin'),
      summary: 'Keep what a person made of the document in the books',
      description:
        'Nothing is sent. Later updates of ours start from what is there, and no undo takes it away. What is gone stays gone: the record counts as posted, and is not offered again.',
    },
    {
      name: 'send-again',
      decide: sendAgain,
      access: company('admin'),
      summary: 'Offer our content again, for the next batch',
      description:
        'Nothing is sent by this: the record is among the unbatched again, as an update over what a person changed or as an insert of what is gone, and goes with the next batch that somebody starts. A further change in the books meanwhile makes that a `conflict`. Where it can’t be had soundly (a changed payment, credit memo or journal entry), the refusal says what to do instead.',
    },
    {
      name: 'resolve',
      decide: resolveDrift,
      access: company('poster', 'admin'),
      summary: 'Mark as resolved',
      description: 'Only closes it: what we know of the document stays as it was. It is found again if it is changed again.',
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

  async function showLook(companyId: string, look: LookView): Promise<z.output<typeof lookView>> {
    const { target } = look;
    const links = look.state === null ? {} : temporalLink(deps, lookWorkflowId({ companyId, target }));
    return { ...look, open: await countDrifts(store.sql, companyId, target), links };
  }
}

function needsChanges(target: AnyTarget): void {
  const { readback } = target;
  if (readback.by === 'hand') throw new Refusal('readback-by-hand', readback.instructions, { target: target.id });
  if (readback.changes === undefined)
    throw new Refusal('drift-not-told', `${target.name} does not tell what changed. Verify the batch that you ask about.`);
}

function show(drift: DriftView): z.output<typeof driftView> {
  const { keepable: _, standing: __, ...told } = drift;
  return { ...told, choices: choicesOf(drift) };
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
