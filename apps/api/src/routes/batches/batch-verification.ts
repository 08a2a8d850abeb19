import { needBooks } from '@ledgerpost/batching';
import { type AnyTarget, Refusal } from '@ledgerpost/core';
import {
  type BatchView,
  beginVerification,
  FINDING_SORTS,
  FINDINGS,
  getVerification,
  listFindings,
  type VerificationView,
} from '@ledgerpost/store';
import { verifyWorkflowId } from '@ledgerpost/workflows/names';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { tryHandOverVerification } from '../../temporal/hand-to-temporal.ts';
import { temporalLink } from '../../views/batch-view.ts';
import {
  after,
  amount,
  batchedRef,
  batchParams,
  documentProblem,
  errorAnswers,
  instant,
  limit,
  operation,
  page,
} from '../../views/views.ts';
import { batchOf, installedTarget } from '../look-ups.ts';

const finding = z
  .enum(FINDINGS)
  .describe('`same`: as it was posted; `changed`: changed in the books since; `gone`: deleted from the books');

const verificationView = z
  .object({
    batch: z.object({ id: z.uuid(), name: z.string() }),
    run: z.number().int().describe('Rises with each verification of the batch; only the newest is kept'),
    state: z
      .enum(['running', 'done', 'failed'])
      .describe('`failed`: not all documents could be checked, and `reason` states why'),
    waiting: z.string().optional().describe('Why nothing happens yet, in a sentence'),
    startedBy: z.string(),
    startedAt: instant,
    endedAt: instant.nullable(),
    reason: z.object({ code: z.string(), message: z.string() }).nullable(),
    counts: z
      .object({ same: z.number().int(), changed: z.number().int(), gone: z.number().int() })
      .describe('Documents that were checked so far. A document that a newer batch updated is checked with that batch'),
    links: z.object({ temporal: z.string().optional() }),
  })
  .meta({ id: 'Verification' });

const findingView = z
  .object({
    seq: z.number().int(),
    record: batchedRef,
    operation,
    number: z.string(),
    customerId: z.string().nullable(),
    amount,
    externalId: z.string().nullable(),
    status: finding,
    problem: documentProblem.nullable().describe('What changed, and who changed it if the target reports that'),
    total: amount.nullable().describe('The total at the target now, where the target reported it'),
    checkedAt: instant,
  })
  .meta({ id: 'Finding' });

/** The state of a batch's documents in the books. */
export function batchVerificationRoutes(app: App, deps: RouteDeps): void {
  const { store, targets } = deps;

  app.post(
    '/v1/companies/:company/batches/:batch/verify',
    {
      config: { access: company('poster', 'admin') },
      schema: {
        tags: ['batches'],
        summary: 'Check that each document of a batch is still in the books as it was posted',
        description:
          'Reads only. Follow it with GET …/verification; the findings of the former verification are dropped. A target that can’t be read answers 409 `readback-by-hand` with what a person does instead.',
        params: batchParams,
        response: { 202: verificationView, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const batch = await batchOf(store, request.company.id, request.params.batch);
      const target = installedTarget(targets, batch.target);
      checkable(target);
      const order = { companyId: batch.companyId, batchId: batch.id, actor: request.caller.actor };
      await store.sql.begin(async (sql) => {
        await beginVerification(sql, order);
        await needBooks(sql, target, batch.connectionId);
      });
      await tryHandOverVerification(deps, batch.id, request.log);
      return reply.code(202).send(show(batch, await verificationOf(batch)));
    },
  );

  app.get(
    '/v1/companies/:company/batches/:batch/verification',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['batches'],
        summary: 'The newest verification of a batch, with its findings',
        params: batchParams,
        querystring: z.strictObject({
          status: finding.optional(),
          differing: z.enum(['only']).optional().describe('Only what changed or was deleted since it was posted'),
          sort: z
            .enum(FINDING_SORTS)
            .default('seq')
            .describe('With a hyphen, the other way round. `seq` is the order in which the documents were sent'),
          after,
          limit: limit(1_000),
        }),
        response: { 200: verificationView.extend({ findings: page(findingView) }), ...errorAnswers },
      },
    },
    async (request) => {
      const batch = await batchOf(store, request.company.id, request.params.batch);
      const verification = await verificationOf(batch);
      const findings = await listFindings(store, { batchId: batch.id, run: verification.run, ...request.query });
      return {
        ...show(batch, verification),
        findings: findings as typeof findings & { rows: z.output<typeof findingView>[] },
      };
    },
  );

  async function verificationOf(batch: BatchView): Promise<VerificationView> {
    const found = await getVerification(store.sql, batch.id);
    if (found === undefined) throw new Refusal('not-found', `The batch "${batch.name}" has never been verified.`);
    return found;
  }

  function show(batch: BatchView, verification: VerificationView): z.output<typeof verificationView> {
    const { handedOverAt, ...shown } = verification;
    return {
      batch: { id: batch.id, name: batch.name },
      ...shown,
      counts: { ...shown.counts },
      ...(handedOverAt === null && shown.state === 'running'
        ? { waiting: 'Temporal has not accepted the verification yet. The verification starts as soon as Temporal is available.' }
        : {}),
      links: temporalLink(deps, verifyWorkflowId({ companyId: batch.companyId, target: batch.target, batchId: batch.id })),
    };
  }
}

function checkable(target: AnyTarget): void {
  if (target.readback.by === 'hand') {
    throw new Refusal('readback-by-hand', target.readback.instructions, { target: target.id });
  }
}
