import { ENGINE_QUEUE, SEARCH_ATTRIBUTES } from '@ledgerpost/workflows/names';
import type { WorkflowStartOptions } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';

/** How long one call to Temporal may take, in milliseconds: a caller of the API doesn't wait longer for what the sweeper does anyway. */
export const PATIENCE = 3_000;

/** The options that all workflows about a batch share. */
export function startOptions(about: { companyId: string; target: string; name: string; state: string; startedBy: string }) {
  const { companyId, target, name, state, startedBy } = about;
  return {
    taskQueue: ENGINE_QUEUE,
    workflowIdConflictPolicy: 'FAIL',
    // A big batch of one company must not keep another company's small one waiting.
    priority: { fairnessKey: `${target}:${companyId}`.slice(0, 64) },
    typedSearchAttributes: [
      { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.company, 'KEYWORD'), value: companyId },
      { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.target, 'KEYWORD'), value: target },
      { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.state, 'KEYWORD'), value: state },
      { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.name, 'KEYWORD'), value: name },
    ],
    memo: { startedBy },
  } satisfies Partial<WorkflowStartOptions>;
}
