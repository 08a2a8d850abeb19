import { proxyActivities } from '@temporalio/workflow';

const activities = proxyActivities<{ nothing(): Promise<object> }>({ startToCloseTimeout: '1 minute' });

/** Runs a number of activities that do nothing, one after the other: the cost of Temporal itself. */
export async function nothing(count: number): Promise<void> {
  for (let n = 0; n < count; n++) await activities.nothing();
}
