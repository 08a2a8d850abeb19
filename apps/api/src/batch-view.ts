import { BATCH_STATES, type BatchState, ITEM_STATES, isOpen } from '@ledgerpost/core';
import type { BatchView } from '@ledgerpost/store';
import { runWorkflowId } from '@ledgerpost/workflows/names';
import { z } from 'zod';
import type { Deps } from './deps.ts';
import { amount, batchedRef, documentProblem, instant, operation } from './views.ts';

const count = z.object({ documents: z.number().int(), amount });
const amounts = z.record(z.string(), amount);

export const batchState = z.enum(BATCH_STATES as [BatchState, ...BatchState[]]);

export const batchTotals = z
  .object({
    operations: z.record(z.string(), count),
    states: z.record(z.string(), count),
    tax: amount,
    accounts: amounts,
    classes: amounts,
    depositAccounts: amounts,
  })
  .meta({ id: 'BatchTotals' });

/** A batch, as every answer about it has it. */
export const batchView = z
  .object({
    id: z.uuid(),
    target: z.string(),
    name: z.string(),
    state: batchState,
    ended: z.boolean().describe('Nothing more happens to it by itself'),
    version: z.number().int().describe('Rises with every change; give it as `after` to wait for the next'),
    waiting: z.string().optional().describe('Why nothing happens yet, in a sentence'),
    progress: z.object({
      items: z.number().int().describe('Documents in all'),
      done: z.number().int().describe('With how many the present step is done'),
      of: z.number().int().describe('Of how many, in the present step'),
      states: z.record(z.string(), z.number().int()).describe('Documents by item state'),
    }),
    totals: batchTotals.nullable(),
    stages: z
      .array(z.object({ id: z.string(), name: z.string(), fromSeq: z.number().int(), toSeq: z.number().int() }))
      .readonly()
      .nullable(),
    reason: z.object({ code: z.string(), message: z.string() }).nullable().describe('Why it ended as it did, or why it is held'),
    startedBy: z.string(),
    startedAt: instant,
    endedAt: instant.nullable(),
    approvedBy: z.string().nullable(),
    cancelRequestedBy: z.string().nullable(),
    confirmedBy: z.string().nullable().describe('Who says that the files were loaded'),
    confirmedAt: instant.nullable(),
    retryOf: z.string().nullable(),
    undoCount: z.number().int(),
    links: z.object({ self: z.string(), temporal: z.string().optional() }),
  })
  .meta({ id: 'Batch' });

export const itemView = z
  .object({
    seq: z.number().int().describe('Its place in the batch, from 1'),
    record: batchedRef,
    operation,
    state: z.enum(ITEM_STATES),
    number: z.string(),
    customerId: z.string().nullable(),
    amount,
    problems: z.array(documentProblem).readonly(),
    externalId: z.string().nullable(),
    targetTotal: amount.nullable().describe('The total as the target holds it'),
  })
  .meta({ id: 'BatchItem' });

/** The batch for an answer, with links that people can open. */
export function showBatch(
  batch: BatchView,
  { publicUrl = '', temporalUiUrl, temporalNamespace = 'default' }: Deps,
): z.output<typeof batchView> {
  const workflow = encodeURIComponent(runWorkflowId({ companyId: batch.companyId, target: batch.target, batchId: batch.id }));
  return {
    id: batch.id,
    target: batch.target,
    name: batch.name,
    state: batch.state,
    ended: !isOpen(batch.state),
    version: batch.version,
    ...(batch.handedOverAt === null
      ? { waiting: 'Temporal has not taken the batch yet; it starts by itself as soon as it is there.' }
      : {}),
    progress: { ...batch.progress, states: { ...batch.progress.states } },
    totals: batch.totals,
    stages: batch.plan?.stages ?? null,
    reason: batch.reason,
    startedBy: batch.startedBy,
    startedAt: batch.startedAt,
    endedAt: batch.endedAt,
    approvedBy: batch.approvedBy,
    cancelRequestedBy: batch.cancelRequestedBy,
    confirmedBy: batch.confirmedBy,
    confirmedAt: batch.confirmedAt,
    retryOf: batch.retryOf,
    undoCount: batch.undoCount,
    links: {
      self: `${publicUrl}/v1/companies/${encodeURIComponent(batch.companyId)}/batches/${batch.id}`,
      ...(temporalUiUrl === undefined
        ? {}
        : { temporal: `${temporalUiUrl}/namespaces/${temporalNamespace}/workflows/${workflow}` }),
    },
  };
}
