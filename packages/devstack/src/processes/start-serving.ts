import { setTimeout as sleep } from 'node:timers/promises';
import { type Service, type ServiceOrder, startService } from './service.ts';

/**
 * Starts a process and answers when an address of it answers well.
 *
 * @throws Error with its last words if it ends or is not ready in time, or if somebody else has its address.
 */
export async function startServing(order: ServiceOrder, readyUrl: string): Promise<Service> {
  // Another program's answer must not be taken for ours.
  if (await answers(readyUrl))
    throw new Error(`${order.name} can't start: something answers at ${new URL(readyUrl).host} already.`);
  const service = await startService(order);
  const deadline = Date.now() + 60_000;
  while (service.isRunning() && Date.now() < deadline) {
    const ready = await answers(readyUrl, (answer) => answer.ok);
    if (ready && service.isRunning()) return service;
    await sleep(100);
  }
  await service.stop();
  throw new Error(`${order.name} did not come up. It said:\n${service.lastWords()}`);
}

async function answers(url: string, counts: (answer: Response) => boolean = () => true): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await answer.body?.cancel();
    return counts(answer);
  } catch {
    return false;
  }
}
