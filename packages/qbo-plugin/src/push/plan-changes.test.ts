import type { InvoiceDocument, Money } from '@ledgerpost/core';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, invoice, journal, line, memo, messageOf, openDesk, Poster, payment, receiptIn } from '../desk.testing.ts';

let desk: Desk;
let poster: Poster;
const desks: Desk[] = [];
beforeEach(async () => {
  desk = await openDesk();
  desks.push(desk);
  poster = new Poster(desk);
});
afterAll(async () => {
  await Promise.all(desks.map(({ simulator }) => simulator.stop()));
});

const act = (one: Parameters<Desk['company']['act']>[0]) => desk.company.act(one);
const changed = (number: string, more: Partial<InvoiceDocument> = {}) =>
  invoice(number, { operation: 'invoice.update', lines: [line(5000), line(2500)], ...more });

const voided = (number: string) => invoice(number, { operation: 'invoice.void', lines: [line(0)], total: 0 as Money });

describe('updates', () => {
  it('case 47: lines are replaced, not appended', async () => {
    await poster.post(invoice('1', { lines: [line(100), line(200), line(300)] }));
    expect(receiptIn((await poster.post(changed('1')))[0]).total).toBe(7500);
    expect(poster.held('i-1').Line!.filter((one) => one.DetailType === 'SalesItemLineDetail')).toHaveLength(2);
  });

  it('case 48: class, location, custom field, memo, email and addresses that a person added are kept', async () => {
    desk.company.setPreferences({ customFields: ['Crew'] });
    await poster.post(invoice('1', { lines: [line(10000), line(5000)] }));
    const { Id, Line: lines } = poster.held('i-1');
    const [klass, place] = [desk.company.records('Class')[0]!, desk.company.records('Department')[0]!];
    const own = lines!
      .filter((one) => one.DetailType === 'SalesItemLineDetail')
      .map((one) => ({ ...one, SalesItemLineDetail: { ...one.SalesItemLineDetail, ClassRef: { value: klass.Id } } }));
    const changes = {
      Line: own,
      DepartmentRef: { value: place.Id },
      CustomField: [{ DefinitionId: '1', Name: 'Crew', Type: 'StringType', StringValue: 'B' }],
      CustomerMemo: { value: 'Thanks!' },
      BillEmail: { Address: 'amy@example.com' },
      ShipAddr: { Line1: '1 Pool Road' },
      PrivateNote: 'Ledgerpost invoice i-1\ncalled her',
    };
    act({ act: 'edit', entity: 'Invoice', id: Id, changes });
    expect(await poster.post(changed('1'))).toMatchObject([{ status: 'created', receipt: { total: 7500 } }]);
    expect(poster.held('i-1')).toMatchObject({
      DepartmentRef: { value: place.Id },
      CustomField: [{ StringValue: 'B' }],
      CustomerMemo: { value: 'Thanks!' },
      BillEmail: { Address: 'amy@example.com' },
      ShipAddr: { Line1: '1 Pool Road' },
      PrivateNote: 'Ledgerpost invoice i-1\ncalled her',
    });
    expect(poster.held('i-1').Line!.slice(0, 2)).toMatchObject([
      { SalesItemLineDetail: { ClassRef: { value: klass.Id } } },
      { SalesItemLineDetail: { ClassRef: { value: klass.Id } } },
    ]);
  });

  it('case 49: after a version rose between reading and writing, the invoice is read once more and updated', async () => {
    await poster.post(invoice('1'));
    const call = await poster.call([changed('1')]);
    const edit = {
      act: 'edit',
      entity: 'Invoice',
      id: poster.held('i-1').Id,
      changes: { PrintStatus: 'PrintComplete' },
    } as const;
    desk.simulator.control.addFault({ trouble: { kind: 'person', act: edit }, aim: { operation: 'batch' } });
    expect(await poster.send(call, [changed('1')])).toMatchObject([{ status: 'created', receipt: { total: 7500 } }]);
  });

  it('case 49: content that a person changed in that moment is a conflict', async () => {
    await poster.post(invoice('1'));
    const call = await poster.call([changed('1')]);
    const edit = { act: 'edit', entity: 'Invoice', id: poster.held('i-1').Id, changes: { TxnDate: '2026-10-09' } } as const;
    desk.simulator.control.addFault({ trouble: { kind: 'person', act: edit }, aim: { operation: 'batch' } });
    expect(await poster.send(call, [changed('1')])).toMatchObject([{ status: 'conflict', problem: { code: 'changed-there' } }]);
    expect(poster.held('i-1').TotalAmt).toBe(100);
  });

  it('case 49: a version that rises at every write is a conflict in the end', async () => {
    await poster.post(invoice('1'));
    const call = await poster.call([changed('1')]);
    for (const PrintStatus of ['PrintComplete', 'NotSet']) {
      const edit = { act: 'edit', entity: 'Invoice', id: poster.held('i-1').Id, changes: { PrintStatus } } as const;
      desk.simulator.control.addFault({
        trouble: { kind: 'person', act: edit },
        aim: { operation: 'batch' },
        skip: PrintStatus === 'NotSet' ? 1 : 0,
      });
    }
    expect(await poster.send(call, [changed('1')])).toMatchObject([{ status: 'conflict' }]);
    expect(poster.held('i-1').TotalAmt).toBe(100);
  });

  it('case 50: an invoice lowered below its payments leaves an open credit, with a warning', async () => {
    await poster.post(invoice('1'));
    await poster.post(payment('P1', 10000, { 1: 10000 }));
    const [outcome] = await poster.post(changed('1'));
    expect(outcome).toMatchObject({ status: 'created', warnings: [{ code: 'invoice-overpaid' }] });
    expect(poster.held('p-P1').UnappliedAmt).toBe(25);
    expect(poster.held('i-1').Balance).toBe(0);
  });

  it.each([
    ['edited', { act: 'edit', changes: { TxnDate: '2026-10-09' } }, 'changed in QuickBooks since it was posted'],
    ['voided', { act: 'void' }, 'changed in QuickBooks since it was posted'],
    ['deleted', { act: 'delete' }, 'was deleted in QuickBooks'],
  ] as const)('case 71: an invoice that a person %s is a conflict, and nothing is written', async (_, how, text) => {
    await poster.post(invoice('1'));
    const { Id } = poster.held('i-1');
    act({ ...how, entity: 'Invoice', id: Id } as Parameters<typeof act>[0]);
    const before = JSON.stringify(desk.company.records('Invoice'));
    const [outcome] = await poster.post(changed('1'));
    expect(outcome).toMatchObject({ status: 'conflict', externalId: Id, problem: { code: 'changed-there' } });
    expect(messageOf(outcome)).toContain(text);
    expect(JSON.stringify(desk.company.records('Invoice'))).toBe(before);
    expect(await poster.read('i-1')).toMatchObject([{ status: how.act === 'delete' ? 'gone' : 'changed' }]);
  });

  it('case 71: a read-back names what was changed', async () => {
    await poster.post(invoice('1'));
    const bill = act({ act: 'create', entity: 'Customer', record: { DisplayName: 'Bill' } });
    act({
      act: 'edit',
      entity: 'Invoice',
      id: poster.held('i-1').Id,
      changes: { TxnDate: '2026-10-09', CustomerRef: { value: bill.Id } },
    });
    const [outcome] = await poster.read('i-1');
    expect(outcome).toMatchObject({ status: 'changed', total: 10000 });
    const { message } = (outcome as { problem: { message: string } }).problem;
    expect(message).toContain('date 2026-10-09 instead of 2026-10-03');
    expect(message).toContain('customer “Bill” instead of');
  });

  it('case 72: a payment that changes the balance does not change the content', async () => {
    await poster.post(invoice('1'), memo('CM', 100), journal('RF', 100));
    await poster.post(payment('P1', 10000, { 1: 4000 }));
    expect((await poster.read('i-1', 'm-CM', 'r-RF', 'p-P1')).map(({ status }) => status)).toEqual([
      'same',
      'same',
      'same',
      'same',
    ]);
    expect(await poster.post(changed('1'))).toMatchObject([{ status: 'created' }]);
  });

  it('an address that QuickBooks returns in another spelling, its country as ISO-3, is no change and blocks no update', async () => {
    await poster.post(invoice('1'));
    const BillAddr = { Id: '77', Line1: '1 Pool Road', City: 'San Mateo', Country: 'USA' };
    act({ act: 'edit', entity: 'Invoice', id: poster.held('i-1').Id, changes: { BillAddr, ShipAddr: BillAddr } });
    expect(await poster.read('i-1')).toMatchObject([{ status: 'same' }]);
    expect(await poster.post(changed('1'))).toMatchObject([{ status: 'created', receipt: { total: 7500 } }]);
    expect(poster.held('i-1')).toMatchObject({ BillAddr, ShipAddr: BillAddr });
    expect(await poster.read('i-1')).toMatchObject([{ status: 'same' }]);
  });

  it('an invoice that Ledgerpost never posted is a conflict, since its former content is unknown', async () => {
    await poster.post(invoice('1'));
    const call = await poster.call([changed('1')]);
    const { externalId } = poster.posted('i-1').receipt;
    const items = call.items.map((item) => ({ ...item, former: { externalId } }));
    expect(await poster.send({ ...call, items }, [changed('1')])).toMatchObject([{ status: 'conflict' }]);
  });
});

describe('voids', () => {
  it('case 65: our payments are taken off a voided invoice', async () => {
    await poster.post(invoice('1'));
    await poster.post(payment('P1', 10000, { 1: 10000 }));
    expect(await poster.post(voided('1'))).toMatchObject([
      { status: 'created', receipt: { total: 0 }, warnings: [{ code: 'invoice-overpaid' }] },
    ]);
    expect(poster.held('p-P1').UnappliedAmt).toBe(100);
    expect(await poster.post(voided('1'))).toMatchObject([{ status: 'existed' }]);
  });

  it('case 65: a payment that a person entered blocks the void', async () => {
    await poster.post(invoice('1'));
    const { Id, CustomerRef } = poster.held('i-1');
    const record = { CustomerRef, TotalAmt: 100, Line: [{ Amount: 100, LinkedTxn: [{ TxnId: Id, TxnType: 'Invoice' }] }] };
    act({ act: 'create', entity: 'Payment', record });
    const [outcome] = await poster.post(voided('1'));
    expect(outcome).toMatchObject({ status: 'refused' });
    expect(messageOf(outcome)).toContain('which Ledgerpost did not post, is applied to it');
    expect(poster.held('i-1').TotalAmt).toBe(100);
  });

  it('a void can’t be undone, and the outcome explains that', async () => {
    await poster.post(invoice('1'));
    await poster.post(voided('1'));
    expect(await poster.takeBack('i-1')).toMatchObject([{ status: 'left' }]);
  });
});
