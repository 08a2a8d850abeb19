import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';

interface Activities {
  nothing(): Promise<object>;
}
const activities = proxyActivities<Activities>({ startToCloseTimeout: '1 minute' });
const beside = proxyLocalActivities<Activities>({ startToCloseTimeout: '1 minute' });

/**
 * Runs a number of activities that do nothing, one after the other: the cost of Temporal itself.
 * @param steps how many there are besides that run where the workflow does, as the short steps of a batch do
 */
export async function nothing(count: number, steps = 0): Promise<void> {
  for (let n = 0; n < count; n++) await activities.nothing();
  for (let n = 0; n < steps; n++) await beside.nothing();
}
