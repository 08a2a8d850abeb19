import { describe, expect, it } from 'vitest';
import { type Entity, invoiceOf, openBench } from '../testing.ts';

describe('requestid', () => {
  it('case 11: a reply lost after the commit, asked again with the same id, is one record', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    bench.simulator.control.addFault({ trouble: { kind: 'replyLost' }, aim: { path: '/invoice' } });
    await expect(bench.post('Invoice', invoiceOf('1', 10), '?requestid=r1')).rejects.toThrow();
    const again = await bench.post('Invoice', invoiceOf('1', 10), '?requestid=r1');
    expect(await bench.rows('select * from Invoice')).toHaveLength(1);
    expect((await bench.read('Invoice', again.Id)).TotalAmt).toBe(10);
  });

  it('the same id with another body gets the first answer, or fault 600, as the switch decides', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const first = await bench.post('Invoice', invoiceOf('1', 10), '?requestid=r1');
    expect((await bench.post('Invoice', invoiceOf('1', 99), '?requestid=r1')).Id).toBe(first.Id);
    bench.simulator.control.setSwitches({ requestIdOtherBody: 'fault' });
    expect(await bench.refusal('Invoice', invoiceOf('1', 99), '?requestid=r1')).toBe('600');
  });

  it('a fault is replayed too, even after its cause is removed, unless the switch decides otherwise', async () => {
    await using bench = await openBench();
    expect(await bench.refusal('Invoice', invoiceOf('1', 10), '?requestid=r1')).toBe('2500');
    await bench.post('Customer', { DisplayName: 'C' });
    expect(await bench.refusal('Invoice', invoiceOf('1', 10), '?requestid=r1')).toBe('2500');
    bench.simulator.control.setSwitches({ requestIdFaults: 'execute' });
    await bench.post('Invoice', invoiceOf('1', 10), '?requestid=r1');
  });

  it('an id is forgotten after its time', async () => {
    await using bench = await openBench({ startsAt: '2026-03-01T12:00:00Z' });
    await bench.post('Customer', { DisplayName: 'C' });
    await bench.post('Invoice', invoiceOf('1', 10), '?requestid=r1');
    bench.simulator.control.clock.advance(24 * 3_600_000 + 1);
    bench.simulator.control.setLimits('off');
    const { access_token: token } = bench.simulator.control.grant(bench.company.realmId);
    await bench.call('POST', 'invoice?requestid=r1', invoiceOf('1', 10), { authorization: `Bearer ${token}` });
    expect(bench.company.records('Invoice')).toHaveLength(2);
  });

  it('name lists ignore it', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' }, '?requestid=r1');
    expect(await bench.refusal('Customer', { DisplayName: 'C' }, '?requestid=r1')).toBe('6240');
    bench.simulator.control.setSwitches({ requestIdNameLists: 'honour' });
    await bench.post('Customer', { DisplayName: 'D' }, '?requestid=r2');
    expect((await bench.post('Customer', { DisplayName: 'D' }, '?requestid=r2')).DisplayName).toBe('D');
  });

  it('an id of more than 50 characters is refused, of more than 36 for a batch', async () => {
    await using bench = await openBench();
    expect(await bench.refusal('Customer', { DisplayName: 'C' }, `?requestid=${'x'.repeat(51)}`)).toBe('2050');
    expect((await bench.call('POST', `batch?requestid=${'x'.repeat(37)}`, { BatchItemRequest: [] })).status).toBe(400);
  });
});

describe('batches', () => {
  const batchOf = (items: Entity[]) => ({ BatchItemRequest: items });

  it('each item answers for itself, with status 200 and its bId', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const { status, body } = await bench.call(
      'POST',
      'batch',
      batchOf([
        { bId: 'a', operation: 'create', Invoice: invoiceOf('1', 10) },
        { bId: 'b', operation: 'delete', Invoice: { Id: '99', SyncToken: '0' } },
        { bId: 'c', Query: 'select count(*) from Invoice' },
        { bId: 'd', operation: 'update', optionsData: 'void', Invoice: { Id: '1', SyncToken: '0' } },
      ]),
    );
    expect(status).toBe(200);
    const [a, b, c, d] = body.BatchItemResponse;
    expect(a).toMatchObject({ bId: 'a', Invoice: { TotalAmt: 10 } });
    expect(b).toMatchObject({ bId: 'b', Fault: { type: 'ValidationFault', Error: [{ code: '610', element: '' }] } });
    expect(c).toEqual({ bId: 'c', QueryResponse: { totalCount: 1 } });
    expect(d).toMatchObject({ bId: 'd', Invoice: { TotalAmt: 0, SyncToken: '1' } });
  });

  it('case 19: 30 items are accepted, 31 are refused', async () => {
    await using bench = await openBench();
    const customers = (count: number, mark: string) =>
      batchOf(
        Array.from({ length: count }, (_, at) => ({
          bId: `${at}`,
          operation: 'create',
          Customer: { DisplayName: `${mark} ${at}` },
        })),
      );
    expect((await bench.call('POST', 'batch', customers(30, 'A'))).body.BatchItemResponse).toHaveLength(30);
    expect((await bench.call('POST', 'batch', customers(31, 'B'))).body.Fault.Error[0].code).toBe('1040');
    expect(bench.company.records('Customer')).toHaveLength(30);
  });

  it('case 11: a batch whose reply was lost, sent again unchanged, posts nothing twice', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const batch = batchOf(['a', 'b'].map((bId) => ({ bId, operation: 'create', Invoice: invoiceOf('1', 10) })));
    bench.simulator.control.addFault({ trouble: { kind: 'html', status: 502, after: true }, aim: { operation: 'batch' } });
    expect((await bench.call('POST', 'batch?requestid=r1', batch)).status).toBe(502);
    const { body } = await bench.call('POST', 'batch?requestid=r1', batch);
    expect(body.BatchItemResponse.map((one: Entity) => one.bId)).toEqual(['a', 'b']);
    expect(bench.company.records('Invoice')).toHaveLength(2);
  });

  it('a batch that is sent again is replayed, or each of its items fails with 6000 in an answer of status 200, as the switch decides', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const batch = batchOf(['a', 'b'].map((bId) => ({ bId, operation: 'create', Invoice: invoiceOf('1', 10) })));
    const first = await bench.call('POST', 'batch?requestid=r1', batch);
    expect((await bench.call('POST', 'batch?requestid=r1', batch)).body.BatchItemResponse).toEqual(first.body.BatchItemResponse);
    bench.simulator.control.setSwitches({ requestIdBatch: 'fault' });
    const { status, body } = await bench.call('POST', 'batch?requestid=r1', batch);
    expect(status).toBe(200);
    expect(body.BatchItemResponse.map((one: Entity) => [one.bId, one.Fault.Error[0].code])).toEqual([
      ['a', '6000'],
      ['b', '6000'],
    ]);
    expect(bench.company.records('Invoice')).toHaveLength(2);
  });

  it('one item may fail by itself', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    bench.simulator.control.addFault({ trouble: { kind: 'batchItemFault', item: 1 }, aim: { operation: 'batch' } });
    const batch = batchOf(['a', 'b'].map((bId) => ({ bId, operation: 'create', Invoice: invoiceOf('1', 10) })));
    const [a, b] = (await bench.call('POST', 'batch', batch)).body.BatchItemResponse;
    expect(a.Invoice.TotalAmt).toBe(10);
    expect(b.Fault.Error[0].code).toBe('10000');
  });
});

describe('change data capture', () => {
  it('can be asked for in a batch', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const ask = (ChangedSince: string) => [{ bId: 'a', CDCQuery: { Entities: 'Customer,Invoice', ChangedSince } }];
    const { body } = await bench.call('POST', 'batch', { BatchItemRequest: ask(new Date(Date.now() - 60_000).toISOString()) });
    const [{ bId, CDCResponse }] = body.BatchItemResponse;
    expect(bId).toBe('a');
    expect(CDCResponse.QueryResponse.map((one: Entity) => one.Customer?.length ?? 0)).toEqual([1, 0]);
    const bad = await bench.call('POST', 'batch', { BatchItemRequest: ask('yesterday') });
    expect(bad.body.BatchItemResponse[0].Fault.Error[0].code).toBe('2020');
  });

  it('returns what changed and what was deleted since a time', async () => {
    await using bench = await openBench({ startsAt: '2026-03-01T12:00:00Z' });
    const { control } = bench.simulator;
    await bench.post('Customer', { DisplayName: 'C' });
    await bench.post('Invoice', invoiceOf('1', 10));
    await bench.post('Invoice', invoiceOf('1', 20));
    control.clock.advance(60_000);
    const since = new Date(control.clock.now()).toISOString();
    await bench.post('Invoice', { Id: '1', SyncToken: '0', sparse: true, PrivateNote: 'x' });
    await bench.post('Invoice', { Id: '2', SyncToken: '0' }, '?operation=delete');
    const { body } = await bench.call('GET', `cdc?entities=Invoice,Payment&changedSince=${encodeURIComponent(since)}`);
    const [invoices, payments] = body.CDCResponse[0].QueryResponse;
    expect(invoices.Invoice.map((one: Entity) => [one.Id, one.status])).toEqual([
      ['1', undefined],
      ['2', 'Deleted'],
    ]);
    expect(invoices).toMatchObject({ startPosition: 1, maxResults: 2 });
    expect(payments).toEqual({});
  });
});
