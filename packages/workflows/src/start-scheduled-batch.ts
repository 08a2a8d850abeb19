import { defineSearchAttributeKey } from '@temporalio/common';
import { proxyActivities, setCurrentDetails, sleep, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { CoreActivities, ScheduledReport } from './activities.ts';
import { ENGINE_QUEUE, type ScheduledOrder, SEARCH_ATTRIBUTES } from './names.ts';
import { CHUNK, LOOK_WHETHER_ENDED_MS, MOST_LOOKS } from './policies.ts';

/**
 * Starts the batch of a schedule that is due, or says why there is none. One that is under way already is waited for, unless
 * it waits for a person itself. The batch that was started is not: it is a workflow of its own.
 */
export async function startScheduledBatch(order: ScheduledOrder): Promise<ScheduledReport> {
  const due = dueAt();
  const core = proxyActivities<Record<'core.startScheduled', CoreActivities['startScheduled']>>({
    ...CHUNK,
    taskQueue: ENGINE_QUEUE,
    summary: `start what was due at ${due}`,
  });
  const { companyId, target, lookAgainSeconds } = order;
  const wait = lookAgainSeconds === undefined ? LOOK_WHETHER_ENDED_MS : lookAgainSeconds * 1_000;
  const start = (patient: boolean) => core['core.startScheduled']({ companyId, target, due, patient });
  let report = await start(true);
  for (let looks = 1; report.outcome === 'waits'; looks++) {
    setCurrentDetails(`- ${report.message}`);
    await sleep(wait);
    report = await start(looks < MOST_LOOKS);
  }
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
