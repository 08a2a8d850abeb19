import { connectToSimulator, qboSimulatorClient } from '@ledgerpost/devstack';
import { customers, invoice, payment, service, withServices } from './made-records.ts';
import { stream } from './stream-records.ts';
import { type System, untilState } from './system.ts';

/** A request to the simulator for a company, without its body. */
export interface Arrival {
  /** Milliseconds. */
  readonly at: number;
  readonly realmId: string;
  /** `batch`, `query`, `create`… */
  readonly operation: string;
  readonly status: number;
  /** `limit` if it exceeded a limit. */
  readonly trouble?: string;
}

export interface Sizes {
  readonly invoices: number;
  readonly payments: number;
  readonly customers: number;
}

/** Creates the customers and services that must be in the books before the measurement; the same for both sides of it. */
async function makeNames(system: System, realm: string, ofCustomers: number): Promise<void> {
  const simulator = qboSimulatorClient(system.simulator!.url);
  await withoutLimits(system, 0);
  const { access_token: token } = await simulator.control<{ access_token: string }>('POST', '/grants', { realmId: realm });
  const income = (await simulator.records<{ Id: string; Name: string }>(realm, 'Account')).find(
    ({ Name }) => Name === 'Services',
  )!;
  const names = [
    ...Array.from({ length: ofCustomers }, (_, n) => ({ Customer: { DisplayName: `Customer ${n}` } })),
    ...Array.from({ length: 50 }, (_, n) => ({
      Item: { Name: `Service ${n}`, Type: 'Service', IncomeAccountRef: { value: income.Id } },
    })),
  ];
  for (let from = 0; from < names.length; from += 30) {
    const items = names.slice(from, from + 30).map((one, at) => ({ bId: `n${at}`, operation: 'create', ...one }));
    const answer = await fetch(`${system.simulator!.url}/v3/company/${realm}/batch`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ BatchItemRequest: items }),
    });
    const text = await answer.text();
    if (!answer.ok || text.includes('"Fault"')) throw new Error(`The names were not created: ${text.slice(0, 300)}`);
  }
}

/** Books that hold only these names. Returns their realm. */
export async function booksFor(system: System, companyName: string, ofCustomers: number): Promise<string> {
  const preferences = { autoApplyCredit: false, classTracking: 'off' };
  const realm = await qboSimulatorClient(system.simulator!.url).createCompany({ companyName, preferences });
  await makeNames(system, realm, ofCustomers);
  return realm;
}

/** A company that is connected to such books, with records that are ready to batch. Returns the realm. */
export async function companyWithRecords(system: System, id: string, sizes: Sizes, useOfLimits: number): Promise<string> {
  const realm = await booksFor(system, id, sizes.customers);
  await put(system, `/v1/companies/${id}`, { name: 'Bench', timeZone: 'America/Los_Angeles', currency: 'USD' });
  await put(system, `/v1/companies/${id}/targets/qbo`, { useOfLimits });
  await connectToSimulator(system.api, system.key, id, system.simulator!.url, { realm });
  await stream(system, id, recordsOf(sizes));
  return realm;
}

async function put(system: System, path: string, body: object): Promise<void> {
  const answer = await system.call('PUT', path, body);
  if (answer.status >= 300) throw new Error(`The API answered ${answer.status}: ${JSON.stringify(answer.body)}`);
}

/** Batches everything, and waits until all of it is posted. */
export async function postBatch(system: System, id: string): Promise<void> {
  const { body } = await system.call<{ batch: { id: string } }>('POST', `/v1/companies/${id}/targets/qbo/batches`, {});
  const { state } = await untilState(system, id, body.batch.id, ENDS, 1_800_000);
  if (state === 'posted') return;
  const [item] = await system.sql<{ problems: unknown }[]>`
    select problems from batch_items where batch_id = ${body.batch.id} and problems is not null limit 1`;
  throw new Error(`The batch of ${id} ended ${state}: ${JSON.stringify(item?.problems ?? null)}`);
}

const ENDS = ['posted', 'posted-in-part', 'nothing-posted', 'failed', 'held'];

export function* recordsOf(sizes: Sizes): Generator<string> {
  yield* customers(sizes.customers);
  for (let n = 0; n < 50; n++) yield JSON.stringify(service(n));
  for (let n = 0; n < sizes.invoices; n++) yield JSON.stringify(withServices(invoice(n, sizes.customers)));
  for (let n = 0; n < sizes.payments; n++) yield JSON.stringify(payment(n, sizes.customers));
}

/** The requests for a company since the simulator's log was last cleared. */
export async function arrivalsOf(system: System, realm: string): Promise<readonly Arrival[]> {
  const all = await qboSimulatorClient(system.simulator!.url).control<readonly Arrival[]>('GET', '/arrivals');
  return all.filter(({ realmId }) => realmId === realm);
}

/** Refused because it exceeded a limit. */
export const throttled = ({ trouble }: Arrival): boolean => trouble === 'limit';

/** Turns limits off, and sets the latency. */
export async function withoutLimits(system: System, latencyMs: number): Promise<void> {
  const { control } = qboSimulatorClient(system.simulator!.url);
  await control('POST', '/latency', { milliseconds: latencyMs });
  await control('POST', '/limits', 'off');
}

/** Turns QuickBooks' own limits on, sets the latency, and clears the log. */
export async function withLimits(system: System, latencyMs: number): Promise<void> {
  const { control } = qboSimulatorClient(system.simulator!.url);
  await control('POST', '/latency', { milliseconds: latencyMs });
  await control('POST', '/limits', {});
  await control('DELETE', '/requests');
}
