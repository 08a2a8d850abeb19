import { customers, invoices, payment } from '@ledgerpost/e2e/made-records';
import { stream } from '@ledgerpost/e2e/stream-records';
import { type System, untilState } from '@ledgerpost/e2e/system';

/** A company with SaasAnt and this many open documents: invoices, and payments of some of them. */
export async function companyWith(system: System, id: string, sizes: { invoices: number; payments?: number }): Promise<void> {
  await system.call('PUT', `/v1/companies/${id}`, { name: id, timeZone: 'America/Los_Angeles', currency: 'USD' });
  await system.call('PUT', `/v1/companies/${id}/targets/saasant`, { accounts: { income: 'Services' } });
  const ofCustomers = Math.min(2_000, Math.max(10, Math.round(sizes.invoices / 10)));
  await stream(system, id, customers(ofCustomers));
  await stream(system, id, invoices(sizes.invoices, ofCustomers));
  const payments = Array.from({ length: sizes.payments ?? 0 }, (_, n) => JSON.stringify(payment(n, ofCustomers)));
  if (payments.length > 0) await stream(system, id, payments);
}

/** Ends of a batch that spoil a measurement. */
export const WRONG_ENDS: readonly string[] = ['posted-in-part', 'nothing-posted', 'failed', 'stopped'];

/** Batches everything that is open. @throws Error unless it reaches the state */
export async function batchAll(system: System, id: string, state = 'posted'): Promise<void> {
  const { body } = await system.call<{ batch: { id: string } }>('POST', `/v1/companies/${id}/targets/saasant/batches`, {});
  const reached = await untilState(system, id, body.batch.id, [state, 'posted', ...WRONG_ENDS], 900_000);
  const beyond = state === 'pushing' && reached.state === 'posted';
  if (reached.state !== state && !beyond) throw new Error(`The batch of ${id} ended ${reached.state}.`);
}
