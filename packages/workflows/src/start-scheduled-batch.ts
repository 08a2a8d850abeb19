import { defineSearchAttributeKey } from '@temporalio/common';
import { proxyActivities, setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { CoreActivities, ScheduledReport } from './activities.ts';
import { ENGINE_QUEUE, type ScheduledOrder, SEARCH_ATTRIBUTES } from './names.ts';
import { CHUNK } from './policies.ts';

/**
 * Starts the batch of a schedule that is due, or says why there is none. It does not wait for the batch: that is a workflow
 * of its own, and whether the next may start is for the database to say.
 */
export async function startScheduledBatch(order: ScheduledOrder): Promise<ScheduledReport> {
  const due = dueAt();
  const core = proxyActivities<Record<'core.startScheduled', CoreActivities['startScheduled']>>({
    ...CHUNK,
    taskQueue: ENGINE_QUEUE,
    summary: `start what was due at ${due}`,
  });
  const { companyId, target } = order;
  const report = await core['core.startScheduled']({ companyId, target, due });
  upsertSearchAttributes([{ key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.state, 'KEYWORD'), value: report.outcome }]);
  setCurrentDetails(`- **${report.outcome}**: ${report.message}${report.batchId === null ? '' : `\n- batch ${report.batchId}`}`);
  return report;
}

/** When the schedule meant it to start, which it tells in a search attribute; by hand without a schedule: now. */
function dueAt(): string {
  const { typedSearchAttributes, startTime } = workflowInfo();
  return (typedSearchAttributes.get(SCHEDULED_START) ?? startTime).toISOString();
}

const SCHEDULED_START = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');
