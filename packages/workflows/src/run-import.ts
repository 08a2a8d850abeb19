import { defineSearchAttributeKey } from '@temporalio/common';
import { proxyActivities, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { CoreActivities, ImportReport } from './activities.ts';
import { ENGINE_QUEUE, type ImportOrder, SEARCH_ATTRIBUTES } from './names.ts';
import { noticing, WHOLE } from './policies.ts';
import { endAfterError } from './trouble.ts';

/**
 * Checks, applies or undoes one import. The database holds how far it is, so one activity does all of it: after a crash the next
 * attempt continues there. If it can't be done, the import goes back to where it was, with the reason.
 */
export async function runImport(order: ImportOrder): Promise<ImportReport> {
  const { importId, run, work } = order;
  const core = proxyActivities<Record<'core.workImport', CoreActivities['workImport']>>({
    ...noticing(WHOLE, order.heartbeatSeconds),
    taskQueue: ENGINE_QUEUE,
    summary: `${work} the import`,
  });
  const seal = proxyActivities<Record<'core.failImport', CoreActivities['failImport']>>({
    ...noticing(WHOLE, order.heartbeatSeconds),
    taskQueue: ENGINE_QUEUE,
    summary: 'record why it could not be done',
  });
  let report: ImportReport;
  try {
    report = await core['core.workImport']({ importId, run });
  } catch (error) {
    report = await endAfterError(error, ({ reason }) => seal['core.failImport']({ importId, run, reason }));
  }
  upsertSearchAttributes([{ key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.state, 'KEYWORD'), value: report.end }]);
  setCurrentDetails(`- **${work}**: ${report.end}`);
  return report;
}
