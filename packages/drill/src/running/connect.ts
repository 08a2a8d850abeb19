import { setTimeout as wait } from 'node:timers/promises';
import { confirmConnect } from '@ledgerpost/devstack';
import type { DrillStack } from './drill-stack.ts';

/** How long a person tries to connect while QuickBooks fails, in milliseconds: a throttle lasts a minute. */
const PATIENCE_MS = 120_000;

/**
 * Connects or reconnects a company to books at the simulator, through the same addresses that a person opens. Nothing is connected
 * while QuickBooks fails to show its books, so a person tries again, as the page says.
 */
export async function connect(stack: DrillStack, company: string, realmId: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const begun = await stack.call<{ authorizeUrl: string }>('POST', `/v1/companies/${company}/targets/qbo/connection`);
    if (begun.status !== 201) throw new Error(`The API gave no authorize address: ${begun.status} ${JSON.stringify(begun.body)}`);
    const { targetUrl, cookie } = await confirmConnect(begun.body.authorizeUrl, stack.key);
    const back = await fetch(stack.simulator.control.authorize(targetUrl, realmId), { headers: { cookie } });
    const page = await back.text();
    if (back.ok) return;
    // A grant may be revoked before its first use: then the page asks the person to connect again.
    const again = back.status === 503 || page.includes('Code: not-granted');
    if (!again || Date.now() > deadline) throw new Error(`Not connected: ${back.status} ${page}`);
    await wait(500);
  }
}
