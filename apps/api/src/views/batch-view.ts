import { BATCH_STATES, type BatchState, ITEM_STATES, isOpen } from '@ledgerpost/core';
import type { BatchView } from '@ledgerpost/store';
import { runWorkflowId } from '@ledgerpost/workflows/names';
import { z } from 'zod';
import type { RouteDeps } from '../deps.ts';
import { servedNow, whatIsNotServed } from './missing-workers.ts';
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

/** A batch, as every answer shows it. */
export const batchView = z
  .object({
    id: z.uuid(),
    target: z.string(),
    name: z.string(),
    state: batchState,
    ended: z.boolean().describe('The batch has ended: nothing more happens without a person'),
    version: z.number().int().describe('Rises with every change; send it as `after` to wait for the next'),
    waiting: z.string().optional().describe('Why nothing happens yet, in a sentence'),
    waitingUntil: instant
      .optional()
      .describe('Until when the accounting system accepts nothing more, if that is known; then the batch continues by itself'),
    progress: z.object({
      items: z.number().int().describe('Documents in all'),
      done: z.number().int().describe('Documents that the current step has finished'),
      of: z.number().int().describe('Documents in the current step'),
      states: z.record(z.string(), z.number().int()).describe('Documents by item state'),
    }),
    totals: batchTotals.nullable(),
    stages: z
      .array(z.object({ id: z.string(), name: z.string(), fromSeq: z.number().int(), toSeq: z.number().int() }))
      .readonly()
      .nullable(),
    reason: z
      .object({ code: z.string(), message: z.string() })
      .nullable()
      .describe('Why it ended as it did, or why it is on hold'),
    startedBy: z.string(),
    startedById: z
      .string()
      .nullable()
      .describe('`person:<id>`, `key:<id>` or `schedule`; null for a batch from before people signed in'),
    starterId: z
      .string()
      .nullable()
      .describe('The id of the person who started it, or who owned the key that did. Neither they nor their keys may approve it'),
    startedAt: instant,
    endedAt: instant.nullable(),
    approvedBy: z.string().nullable(),
    decisionComment: z.string().nullable().describe('What the person who approved or declined wrote to it'),
    cancelRequestedBy: z.string().nullable(),
    confirmedBy: z.string().nullable().describe('The person who confirmed that the files were loaded'),
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
    date: z.string().nullable().describe('The day of the document, YYYY-MM-DD; null until it is frozen'),
    customerId: z.string().nullable(),
    customerName: z.string().nullable().describe('The customer as the document names it; null until it is frozen'),
    departmentName: z
      .string()
      .nullable()
      .describe('The department that the document had; null until it is frozen, or where it has none'),
    amount,
    problems: z.array(documentProblem).readonly(),
    externalId: z.string().nullable(),
    targetTotal: amount.nullable().describe('The total as the target holds it'),
  })
  .meta({ id: 'BatchItem' });

/** Documents of later versions have more members, so the form names only those that all have. */
const frozenDocument = z.looseObject({ kind: z.string(), date: z.string(), currency: z.string() });

/** One item with everything that is known about its way into the books. */
export const itemDetailsView = itemView
  .extend({
    receipt: z
      .object({
        number: z.string().optional().describe('The number as the target holds it'),
        total: amount.optional().describe('The total as the target holds it'),
        details: z.unknown().optional().describe('More of the target’s answer, in its own words'),
      })
      .nullable()
      .describe('The target’s answer; null before it, and at a target of files'),
    postedAt: instant.nullable(),
    customer: z
      .object({
        id: z.string(),
        name: z.string().describe('Our name of today'),
        externalId: z
          .string()
          .nullable()
          .describe('In the books: the one that the document went to, else the one that the customer is linked to'),
        nameInBooks: z.string().nullable().describe('When the books were last read; null: unknown'),
      })
      .nullable(),
    page: z.string().optional().describe('The address of its page in the books; absent where there is no such page'),
    attempts: z
      .array(
        z.object({
          requestId: z.string().describe('Of the call that sent the item, alone or with others'),
          attempt: z.number().int().describe('From 1'),
          sentAt: instant,
          endedAt: instant.nullable().describe('Null: in progress, or the worker that sent it stopped'),
          outcome: z.string().nullable().describe('`answered`, or the code of what went wrong; null as long as `endedAt` is'),
          traces: z.array(z.string()).readonly().describe('The target’s own ids of the requests, for the target’s support'),
        }),
      )
      .readonly(),
    document: frozenDocument
      .nullable()
      .describe('As it is sent: customer, dates, lines, tax, what it is applied to; null before it was built'),
    former: frozenDocument
      .nullable()
      .describe('The document that an update replaces; null where there is none, or where no batch posted it'),
  })
  .meta({ id: 'BatchItemDetails' });

/** What is wrong with several documents, for the same reason. */
export const causeView = z
  .object({
    code: z.string().describe('A problem code; see docs/errors.md'),
    severity: z.enum(['problem', 'warning', 'notice']),
    subject: z.string().nullable().describe('The name that the problems quote: an account, a tax, a class'),
    documents: z.number().int(),
    operations: z.record(z.string(), z.number().int()).describe('How many of them by operation'),
    example: documentProblem.extend({ number: z.string() }).describe('The problem of the first of them'),
  })
  .meta({ id: 'Cause' });

/** How a batch changed the books. */
export const batchLedger = z
  .object({
    currency: z.string(),
    entries: z
      .array(
        z.object({
          role: z.enum(['income', 'tax', 'receivable', 'deposit', 'refund', 'fee']),
          account: z.string().nullable().describe('By its full name; null: the books’ own account for that role'),
          class: z.string().nullable(),
          amount: amount.describe('Minor units; debits are above zero, credits below'),
        }),
      )
      .readonly()
      .describe('Their sum is zero'),
    taxDifference: amount.describe(
      'The tax that the books computed less ours; the entries have theirs. 0 where our tax is posted',
    ),
  })
  .meta({ id: 'BatchLedger' });

/** Batches for an answer, with links that people can open, and with the reason where a batch waits. */
export async function showBatches(batches: readonly BatchView[], deps: RouteDeps): Promise<z.output<typeof batchView>[]> {
  const served = batches.some(({ state }) => isOpen(state)) ? await servedNow(deps.store) : undefined;
  return batches.map((batch) =>
    shown(batch, deps, served === undefined ? undefined : whatIsNotServed(served, batch, deps.targets)),
  );
}

/** One batch for an answer. */
export async function showBatch(batch: BatchView, deps: RouteDeps): Promise<z.output<typeof batchView>> {
  const [view] = await showBatches([batch], deps);
  return view!;
}

function shown(batch: BatchView, deps: RouteDeps, notServed: string | undefined): z.output<typeof batchView> {
  const { publicUrl = '' } = deps;
  return {
    id: batch.id,
    target: batch.target,
    name: batch.name,
    state: batch.state,
    ended: !isOpen(batch.state),
    version: batch.version,
    ...waitOf(batch, notServed),
    progress: { ...batch.progress, states: { ...batch.progress.states } },
    totals: batch.totals,
    stages: batch.plan?.stages ?? null,
    reason: batch.reason,
    startedBy: batch.startedBy,
    startedById: batch.startedById,
    starterId: batch.starterId,
    startedAt: batch.startedAt,
    endedAt: batch.endedAt,
    approvedBy: batch.approvedBy,
    decisionComment: batch.decisionComment,
    cancelRequestedBy: batch.cancelRequestedBy,
    confirmedBy: batch.confirmedBy,
    confirmedAt: batch.confirmedAt,
    retryOf: batch.retryOf,
    undoCount: batch.undoCount,
    links: {
      self: `${publicUrl}/v1/companies/${encodeURIComponent(batch.companyId)}/batches/${batch.id}`,
      ...temporalLink(deps, runWorkflowId({ companyId: batch.companyId, target: batch.target, batchId: batch.id })),
    },
  };
}

/** Why a batch doesn't go on: nobody has it, nobody serves it, or its target takes nothing more for now. */
function waitOf(batch: BatchView, notServed: string | undefined): { readonly waiting?: string; readonly waitingUntil?: Date } {
  if (batch.handedOverAt === null && isOpen(batch.state))
    return { waiting: 'Temporal has not accepted the batch yet. The batch starts as soon as Temporal is available.' };
  if (notServed !== undefined) return { waiting: notServed };
  const { waiting } = batch;
  const until = waiting === null ? undefined : new Date(waiting.until);
  if (waiting === null || until === undefined || !isOpen(batch.state) || until.getTime() <= Date.now()) return {};
  return { waiting: waiting.reason.message, waitingUntil: until };
}

/** The link to a workflow, if the installation configured the address of Temporal's UI. */
export function temporalLink(deps: RouteDeps, workflowId: string): { readonly temporal?: string } {
  return linkTo(deps, `workflows/${encodeURIComponent(workflowId)}`);
}

/** The link to a schedule, if the installation configured the address of Temporal's UI. */
export function temporalScheduleLink(deps: RouteDeps, scheduleId: string): { readonly temporal?: string } {
  return linkTo(deps, `schedules/${encodeURIComponent(scheduleId)}`);
}

function linkTo({ temporalUiUrl, temporalNamespace = 'default' }: RouteDeps, path: string): { readonly temporal?: string } {
  if (temporalUiUrl === undefined) return {};
  return { temporal: `${temporalUiUrl}/namespaces/${temporalNamespace}/${path}` };
}
