import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { type Bench, type Entity, invoiceOf, openBench, paymentOf } from '../testing.ts';

// A client that others wrote and many use: it must find here what it finds at QuickBooks.
const QuickBooks = createRequire(import.meta.url)('node-quickbooks') as new (...facts: unknown[]) => Entity;

function clientOf(bench: Bench) {
  const client = new QuickBooks('id', 'secret', bench.token, false, bench.company.realmId, false, false, null, '2.0', 'refresh');
  client.endpoint = `${bench.simulator.apiUrl}/`;
  return (verb: string, ...given: unknown[]): Promise<Entity> =>
    new Promise((resolve, reject) => {
      client[verb](...given, (error: unknown, answer: Entity) => (error ? reject(error) : resolve(answer)));
    });
}

describe('node-quickbooks', () => {
  it('makes, finds, changes, voids and deletes', async () => {
    await using bench = await openBench({}, { preferences: { autoApplyCredit: false } });
    const call = clientOf(bench);
    const customer = await call('createCustomer', { DisplayName: "Amy's Birds" });
    const found = await call('findCustomers', { DisplayName: "Amy's Birds" });
    expect(found.QueryResponse.Customer[0].Id).toBe(customer.Id);
    const invoice = await call('createInvoice', invoiceOf(customer.Id, 100, { DocNumber: 'N-1' }));
    const payment = await call('createPayment', paymentOf(customer.Id, 100, { [invoice.Id]: 100 }));
    expect((await call('getInvoice', invoice.Id)).Balance).toBe(0);
    expect((await call('voidPayment', { Id: payment.Id, SyncToken: payment.SyncToken })).TotalAmt).toBe(0);
    const fresh = await call('getInvoice', invoice.Id);
    const changed = await call('updateInvoice', { ...fresh, PrivateNote: 'changed' });
    expect(changed).toMatchObject({ PrivateNote: 'changed', DocNumber: 'N-1' });
    const deleted = await call('deleteInvoice', { Id: changed.Id, SyncToken: changed.SyncToken });
    expect(deleted.Invoice.status).toBe('Deleted');
  });

  it('counts and pages through all accounts', async () => {
    await using bench = await openBench();
    const call = clientOf(bench);
    const all = await call('findAccounts', { fetchAll: true });
    expect(all.QueryResponse.Account.length).toBe(bench.company.records('Account').length);
  });

  it('sends a request id that is honoured', async () => {
    await using bench = await openBench();
    const call = clientOf(bench);
    await call('createCustomer', { DisplayName: 'C' });
    const first = await call('createInvoice', { ...invoiceOf('1', 10), requestId: 'same' });
    const second = await call('createInvoice', { ...invoiceOf('1', 10), requestId: 'same' });
    expect(second.Id).toBe(first.Id);
  });

  it('sends a batch and reads each item', async () => {
    await using bench = await openBench();
    const call = clientOf(bench);
    const answer = await call('batch', [
      { bId: '1', operation: 'create', Customer: { DisplayName: 'C' } },
      { bId: '2', operation: 'create', Customer: { DisplayName: 'C' } },
    ]);
    const [one, two] = answer.BatchItemResponse;
    expect(one.Customer.DisplayName).toBe('C');
    expect(two.Fault.Error[0].code).toBe('6240');
  });

  it('reads changes', async () => {
    await using bench = await openBench();
    const call = clientOf(bench);
    await call('createCustomer', { DisplayName: 'C' });
    const changes = await call('changeDataCapture', ['Customer'], new Date(Date.now() - 60_000));
    expect(changes.CDCResponse[0].QueryResponse[0].Customer[0].DisplayName).toBe('C');
  });

  it('hands on a fault as it is', async () => {
    await using bench = await openBench();
    await expect(clientOf(bench)('createInvoice', invoiceOf('99', 10))).rejects.toMatchObject({
      response: { status: 400, data: { Fault: { Error: [{ code: '2500' }] } } },
    });
  });
});
