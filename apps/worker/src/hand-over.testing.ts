import { handedOver, planItems, type Store, unhandedBatch } from '@ledgerpost/store';
import {
  type BatchOrder,
  ENGINE_QUEUE,
  RUN_BATCH,
  runWorkflowId,
  SEARCH_ATTRIBUTES,
  UNDO_BATCH,
  type UndoOrder,
  undoWorkflowId,
} from '@ledgerpost/workflows/names';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';

/** Hands a batch over as the API does, for tests that have no API. */
export async function handOver(client: Client, store: Store, batchId: string): Promise<WorkflowHandle> {
  const batch = await unhandedBatch(store.sql, batchId);
  if (batch === undefined) throw new Error(`The batch ${batchId} was handed over already.`);
  const { companyId, target, name } = batch;
  const key = (attribute: string) => defineSearchAttributeKey(attribute, SearchAttributeType.KEYWORD);
  const typedSearchAttributes = new TypedSearchAttributes([
    { key: key(SEARCH_ATTRIBUTES.company), value: companyId },
    { key: key(SEARCH_ATTRIBUTES.target), value: target },
    { key: key(SEARCH_ATTRIBUTES.name), value: name },
  ]);
  const undoing = batch.state === 'undoing';
  const handle = undoing
    ? await client.workflow.start(UNDO_BATCH, {
        taskQueue: ENGINE_QUEUE,
        workflowId: undoWorkflowId({ companyId, target, batchId, undo: batch.undoCount }),
        args: [{ companyId, target, batchId, name, items: await planItems(store.sql, batchId) } satisfies UndoOrder],
        typedSearchAttributes,
      })
    : await client.workflow.start(RUN_BATCH, {
        taskQueue: ENGINE_QUEUE,
        workflowId: runWorkflowId({ companyId, target, batchId }),
        args: [{ companyId, target, batchId, name, ...batch.policy } as BatchOrder],
        typedSearchAttributes,
      });
  await handedOver(store.sql, batchId);
  return handle;
}
