import { proxyActivities } from '@temporalio/workflow';

const activities = proxyActivities<{ nothing(): Promise<object> }>({ startToCloseTimeout: '1 minute' });

/** So many activities, one after the other, that do nothing: what Temporal itself costs. */
export async function nothing(count: number): Promise<void> {
  for (let n = 0; n < count; n++) await activities.nothing();
}
