import { confirmConnect } from '@ledgerpost/devstack';
import type { DrillStack } from './drill-stack.ts';

/** Connects or reconnects a company to books at the simulator, through the same addresses that a person opens. */
export async function connect(stack: DrillStack, company: string, realmId: string): Promise<void> {
  const begun = await stack.call<{ authorizeUrl: string }>('POST', `/v1/companies/${company}/targets/qbo/connection`);
  if (begun.status !== 201) throw new Error(`The API gave no authorize address: ${begun.status} ${JSON.stringify(begun.body)}`);
  const { targetUrl, cookie } = await confirmConnect(begun.body.authorizeUrl, stack.key);
  const back = await fetch(stack.simulator.control.authorize(targetUrl, realmId), { headers: { cookie } });
  const page = await back.text();
  if (!back.ok) throw new Error(`Not connected: ${back.status} ${page}`);
}
