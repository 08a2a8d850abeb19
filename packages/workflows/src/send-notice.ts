import { proxyActivities } from '@temporalio/workflow';
import type { CoreActivities } from './activities.ts';
import { ENGINE_QUEUE, type NoticeOrder } from './names.ts';
import { CHUNK, noticing } from './policies.ts';

/** Sends one message to one person over one channel. The outbox decides how often it is tried, and when to give up. */
export async function sendNotice(order: NoticeOrder): Promise<{ sent: boolean }> {
  const core = proxyActivities<Record<'core.sendNotice', CoreActivities['sendNotice']>>({
    ...noticing(CHUNK, order.heartbeatSeconds),
    taskQueue: ENGINE_QUEUE,
    summary: 'send the message',
    retry: {
      initialInterval: order.retrySeconds === undefined ? '10s' : order.retrySeconds * 1_000,
      backoffCoefficient: 2,
      maximumInterval: '30 minutes',
    },
  });
  return await core['core.sendNotice']({ sendId: order.sendId });
}
