import type { DrillStack } from './drill-stack.ts';

/** Connects a company to books at the simulator, or again, as a person does: by the address that the API gives, and back by the one that the books give. */
export async function connect(stack: DrillStack, company: string, realmId: string): Promise<void> {
  const begun = await stack.call<{ authorizeUrl: string }>('POST', `/v1/companies/${company}/targets/qbo/connection`);
  if (begun.status !== 201) throw new Error(`There is no address to connect by: ${begun.status} ${JSON.stringify(begun.body)}`);
  const back = await fetch(stack.simulator.control.authorize(begun.body.authorizeUrl, realmId));
  const page = await back.text();
  if (!back.ok) throw new Error(`Not connected: ${back.status} ${page}`);
}
