import { setTimeout as sleep } from 'node:timers/promises';
import { isFreePort } from './free-port.ts';
import { type Service, type ServiceOrder, startService } from './service.ts';

/**
 * Starts a process. Resolves when its address answers with success.
 *
 * @throws Error if another program already listens there, or with its last output if it ends or is not ready in time.
 */
export async function startServing(order: ServiceOrder, readyUrl: string): Promise<Service> {
  // Another program's answer must not count as ours.
  const { host, port } = new URL(readyUrl);
  if (!(await isFreePort(Number(port)))) throw new Error(`${order.name} can't start: another program listens on ${host}.`);
  const service = await startService(order);
  // A second alone; a machine that does much else may need sixty.
  const deadline = Date.now() + 120_000;
  while (service.isRunning() && Date.now() < deadline) {
    const ready = await answers(readyUrl);
    if (ready && service.isRunning()) return service;
    await sleep(100);
  }
  await service.stop();
  throw new Error(`${order.name} did not start. Its last output:\n${service.lastWords()}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
