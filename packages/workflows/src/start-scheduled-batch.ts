import { defineSearchAttributeKey } from '@temporalio/common';
import { proxyActivities, setCurrentDetails, sleep, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { CoreActivities, ScheduledReport } from './activities.ts';
import { ENGINE_QUEUE, type ScheduledOrder, SEARCH_ATTRIBUTES } from './names.ts';
import { CHECK_WHETHER_ENDED_MS, CHUNK, MOST_CHECKS } from './policies.ts';

/**
 * Starts the batch of a schedule that is due, or reports why there is none. If another batch is in progress, it waits for that
 * batch to end, unless that batch itself waits for a person. It doesn't wait for the batch that it starts, which is a workflow
 * of its own.
 */
export async function startScheduledBatch(order: ScheduledOrder): Promise<ScheduledReport> {
  const due = dueAt();
  const core = proxyActivities<Record<'core.startScheduled', CoreActivities['startScheduled']>>({
    ...CHUNK,
    taskQueue: ENGINE_QUEUE,
    summary: `start the batch that was due at ${due}`,
  });
  const { companyId, target, lookAgainSeconds } = order;
  const wait = lookAgainSeconds === undefined ? CHECK_WHETHER_ENDED_MS : lookAgainSeconds * 1_000;
  const start = (patient: boolean) => core['core.startScheduled']({ companyId, target, due, patient });
  let report = await start(true);
  for (let checks = 1; report.outcome === 'waits'; checks++) {
    setCurrentDetails(`- ${report.message}`);
    await sleep(wait);
    report = await start(checks < MOST_CHECKS);
  }
  upsertSearchAttributes([{ key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.state, 'KEYWORD'), value: report.outcome }]);
  setCurrentDetails(`- **${report.outcome}**: ${report.message}${report.batchId === null ? '' : `\n- batch ${report.batchId}`}`);
  return report;
}

/** When the run was due, which Temporal keeps in a search attribute. Started manually, without a schedule: now. */
function dueAt(): string {
  const { typedSearchAttributes, startTime } = workflowInfo();
  return (typedSearchAttributes.get(SCHEDULED_START) ?? startTime).toISOString();
}

const SCHEDULED_START = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');
