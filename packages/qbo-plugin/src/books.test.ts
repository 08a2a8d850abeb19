import type { InvoiceDocument, Money } from '@ledgerpost/core';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Desk,
  invoice,
  journal,
  line,
  memo,
  messageOf,
  openDesk,
  Poster,
  payment,
  receiptIn,
  USUAL,
} from './desk.testing.ts';
import { quickbooksOnline } from './quickbooks-online.ts';

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
const fresh = (settings: unknown) => new Poster(desk, settings);
/** A tax line makes 188.76 of 170.10. */
const taxed = (number: string) =>
  invoice(number, {
    lines: [line(18900, { taxable: true }), line(-1890)],
    tax: { name: 'San Mateo', code: 'California', rate: '9.875', amount: 1866 as Money },
  });

describe('money and tax', () => {
  it.each([
    ['case 34: quantity 0.333 at 9.99', '0.333', '9.99', 333],
    ['a price of more than whole cents', '3.33333', '3.003', 1001],
    ['a price of five digits', '1000', '0.00001', 1],
    ['half a cent, away from zero', '0.5', '0.01', 1],
    ['a promotion', '3', '-6.30', -1890],
  ])('%s is posted to the cent', async (_, quantity, unitPrice, amount) => {
    const lines = [line(10000), line(amount, { quantity, unitPrice })];
    const [outcome] = await poster.post(invoice('1', { lines }));
    expect(receiptIn(outcome).total).toBe(10000 + amount);
  });

  it.each([
    ['12', '14.00000', 16800, 12],
    ['12', '14.000', 16800, 12],
    ['2.50', '14.00', 3500, 2.5],
    ['1000', '0.125', 12500, 1000],
    ['3.5', '18.375', 6431, 3.5],
    ['3', '3.003', 901, 3],
    ['3', '3.01', 903, 3],
  ])(
    '%s at %s is in QuickBooks with quantity and price, since the amount is the same there',
    async (quantity, unitPrice, amount, Qty) => {
      await poster.post(invoice('1', { lines: [line(20000), line(amount, { quantity, unitPrice })] }));
      const [, held] = poster.held('i-1').Line!;
      expect(held).toMatchObject({ Amount: amount / 100, SalesItemLineDetail: { Qty, UnitPrice: Number(unitPrice) } });
    },
  );

  it.each([
    ['3', '3.003', 900, undefined],
    ['2', '3.01', 999, undefined],
    ['3', '33.33', 10000, undefined],
    ['0.75', '129', 9676, undefined],
  ])('%s at %s is sent as an amount alone where QuickBooks would compute another amount', (quantity, unitPrice, amount, Qty) => {
    const document = invoice('1', { lines: [line(amount, { quantity, unitPrice })] });
    const { body } = quickbooksOnline.export(document, undefined, desk.settings());
    const [first] = body.Line as unknown as { Amount: number; SalesItemLineDetail: { Qty?: number } }[];
    expect(first!.SalesItemLineDetail.Qty).toBe(Qty);
  });

  it('case 35: each line is marked TAX or NON, no matter what the item’s default is', async () => {
    await poster.post(taxed('1'));
    const codes = poster.held('i-1').Line!.flatMap((one) => one.SalesItemLineDetail?.TaxCodeRef?.value ?? []);
    expect(codes).toEqual(['TAX', 'NON']);
  });

  it('case 36: a tax that QuickBooks calculates differently is in the receipt', async () => {
    desk.company.setPreferences({ partnerTax: true, partnerTaxDrift: 1 });
    const receipt = receiptIn((await poster.post(taxed('1')))[0]);
    expect(receipt.total).toBe(18877);
    expect(receipt.details.tax).toBe(1867);
  });

  it('case 36: after a lost reply, such an invoice is still recognized', async () => {
    desk.company.setPreferences({ partnerTax: true, partnerTaxDrift: 1 });
    const call = await poster.call([taxed('1')]);
    desk.simulator.control.addFault({ trouble: { kind: 'replyLost' }, aim: { operation: 'batch' } });
    await expect(poster.send(call, [taxed('1')])).rejects.toThrow();
    expect((await poster.send({ ...call, attempt: 2 }, [taxed('1')]))[0]).toMatchObject({
      status: 'existed',
      receipt: { total: 18877 },
    });
  });

  it('case 36: a lost reply to an update with another tax is not a conflict', async () => {
    desk.company.setPreferences({ partnerTax: true, partnerTaxDrift: 1 });
    await poster.post(invoice('1'));
    const update = { ...taxed('1'), operation: 'invoice.update' } as const;
    const call = await poster.call([update]);
    desk.simulator.control.addFault({ trouble: { kind: 'replyLost' }, aim: { operation: 'batch' } });
    await expect(poster.send(call, [update])).rejects.toThrow();
    expect(await poster.send({ ...call, attempt: 2 }, [update])).toMatchObject([
      { status: 'existed', receipt: { total: 18877 } },
    ]);
  });

  it('automated tax adds nothing to an invoice without tax', async () => {
    desk.company.setPreferences({ partnerTax: true });
    const [outcome] = await poster.post(invoice('1', { lines: [line(10000, { taxable: true })] }));
    expect(receiptIn(outcome).total).toBe(10000);
  });

  it('tax is a problem if sales tax is off in QuickBooks, which would drop it', async () => {
    desk.company.setPreferences({ usingSalesTax: false });
    const chart = await desk.open().chart();
    expect(quickbooksOnline.validate(taxed('1'), chart, desk.settings())).toMatchObject([{ code: 'unknown-tax-code' }]);
  });

  it.each([
    ['10,000 lines', 10_001, undefined],
    ['750 taxed lines', 751, { name: 'T', code: 'California', amount: 1 as Money }],
  ])('more than %s are a problem, never a cut', (_, count, tax) => {
    const lines = Array.from({ length: count }, () => line(1));
    const document = tax === undefined ? invoice('1', { lines }) : invoice('1', { lines, tax });
    expect(quickbooksOnline.validate(document, undefined, desk.settings())).toMatchObject([{ code: 'document-too-large' }]);
  });

  it('free text is converted to characters that QuickBooks stores', async () => {
    await poster.post(invoice('1', { message: 'It’s “done” – merci, Łódź 🐦', lines: [line(100, { description: 'a\r\nb…' })] }));
    const held = poster.held('i-1');
    expect(held.CustomerMemo?.value).toBe('It\'s "done" - merci, Lódz ?');
    expect(held.Line![0]!.Description).toBe('a\nb...');
  });
});

describe('classes', () => {
  const classed = invoice('1', { lines: [line(100, { class: 'HVAC' }), line(200, { class: 'Plumbing' })] });
  it('case 67: one per line', async () => {
    const own = fresh({ classes: { mode: 'line' } });
    await own.post(classed);
    expect(own.held('i-1').Line!.flatMap((one) => one.SalesItemLineDetail?.ClassRef?.name ?? [])).toEqual(['HVAC', 'Plumbing']);
  });

  it('case 67: one per transaction', async () => {
    desk.company.setPreferences({ classTracking: 'per-transaction' });
    const own = fresh({ classes: { mode: 'transaction' } });
    await own.post({ ...classed, class: 'HVAC' });
    expect(own.held('i-1').ClassRef?.name).toBe('HVAC');
  });

  it('case 67: none', async () => {
    await poster.post(classed);
    expect(JSON.stringify(poster.held('i-1'))).not.toContain('ClassRef');
  });

  it('case 68: classes at a level that QuickBooks does not track are a problem', async () => {
    const chart = await desk.open().chart();
    const settings = desk.settings({ classes: { mode: 'transaction' } });
    expect(quickbooksOnline.validate({ ...classed, class: 'HVAC' }, chart, settings)).toMatchObject([{ code: 'unknown-class' }]);
  });

  it('case 69: sub-classes are created with their parents when an admin wants it, and never twice', async () => {
    const { chart } = quickbooksOnline;
    if (chart.by !== 'discovered') throw new Error('QuickBooks has a chart.');
    expect(await chart.createClasses(desk.open(), ['Work:Pool', 'HVAC', 'Work'])).toMatchObject([
      { status: 'created' },
      { status: 'found' },
      { status: 'created' },
    ]);
    expect(await chart.createClasses(desk.open(), ['Work:Pool'])).toMatchObject([{ status: 'found' }]);
    expect(
      desk.company
        .records('Class')
        .map((one) => one.FullyQualifiedName)
        .sort(),
    ).toEqual(['HVAC', 'Plumbing', 'Work', 'Work:Pool']);
  });

  it('a class with a sign that QuickBooks can’t store is refused, and not created in another spelling', async () => {
    const { chart } = quickbooksOnline;
    if (chart.by !== 'discovered') throw new Error('QuickBooks has a chart.');
    const outcomes = await chart.createClasses(desk.open(), ['Amy’s work', 'Work']);
    expect(outcomes).toMatchObject([{ status: 'refused', reason: expect.stringContaining('“’”') }, { status: 'created' }]);
    expect(desk.company.records('Class')).toHaveLength(3);
  });
});

describe('closed periods', () => {
  const closeAt = (date: string) => act({ act: 'closeBooks', date });

  it('case 43: the closing date is in the chart, and an invoice that slips through is refused as such', async () => {
    const call = await poster.call([invoice('1', { date: '2026-09-30' }), invoice('2')]);
    closeAt('2026-09-30');
    expect((await desk.open().chart()).closedThrough).toBe('2026-09-30');
    const outcomes = await poster.send(call, [invoice('1', { date: '2026-09-30' }), invoice('2')]);
    expect(outcomes).toMatchObject([{ status: 'refused', problem: { code: 'closed-period' } }, { status: 'created' }]);
  });

  it('case 44: a payment in an open period for an invoice in a closed one is sent', async () => {
    await poster.post(invoice('1', { date: '2026-09-30' }));
    closeAt('2026-09-30');
    const [outcome] = await poster.post(payment('P1', 10000, { 1: 10000 }));
    expect(outcome).toMatchObject({ status: 'created', receipt: { details: { unapplied: 0 } } });
    expect(poster.held('i-1').Balance).toBe(0);
  });

  it('case 45: updates, voids and undos in a closed period are refused, each with its reason', async () => {
    await poster.post(invoice('1'), invoice('2'), payment('P1', 100));
    closeAt('2026-12-31');
    expect(await poster.post(changed('1'))).toMatchObject([{ status: 'refused', problem: { code: 'closed-period' } }]);
    expect(await poster.post(voided('2'))).toMatchObject([{ status: 'refused', problem: { code: 'closed-period' } }]);
    const undone = await poster.takeBack('p-P1', 'i-1');
    expect(undone.map(({ status }) => status)).toEqual(['left', 'left']);
    expect(undone).toMatchObject([{ problem: { code: 'closed-period' } }, { problem: { code: 'closed-period' } }]);
    expect(JSON.stringify(undone[0])).toContain('the books are closed through 2026-12-31');
  });
});

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

describe('what is posted', () => {
  it('a refund’s journal debits the customer’s receivable and credits the bank', async () => {
    await poster.post(journal('RF1', 5000));
    expect(desk.company.balanceOf('Checking')).toBe(-50);
    expect(desk.company.receivables()).toMatchObject([{ customer: "Amy's Bird Sanctuary", owed: 50 }]);
  });

  it('an invoice has its number, note, terms and due date', async () => {
    await poster.post(invoice('1', { terms: 'Net 30', dueDate: '2026-11-02', department: { id: 'd', name: 'HVAC Service' } }));
    expect(poster.held('i-1')).toMatchObject({
      DocNumber: '1',
      PrivateNote: 'Ledgerpost invoice i-1',
      DueDate: '2026-11-02',
      DepartmentRef: { name: 'HVAC Service' },
    });
  });

  it('default accounts are suggested by their types in QuickBooks', async () => {
    const { chart } = quickbooksOnline;
    if (chart.by !== 'discovered') throw new Error('QuickBooks has a chart.');
    expect(chart.suggest(await chart.discover(desk.open()))).toEqual({
      income: 'Services',
      discount: 'Discounts given',
      depositTo: 'Undeposited Funds',
      refund: 'Checking',
      receivable: 'Accounts Receivable (A/R)',
    });
  });

  it('classes and locations are not read if the books don’t track them', async () => {
    desk.company.setPreferences({ classTracking: 'off', trackDepartments: false });
    const chart = await desk.open().chart();
    expect([chart.classes, chart.departments, chart.preferences?.classMode]).toEqual([[], [], 'none']);
    expect(JSON.stringify(desk.simulator.control.requests())).not.toMatch(/from (Class|Department)/);
  });

  it('reports which company the books belong to, and their preferences', async () => {
    expect(await quickbooksOnline.check(desk.open())).toEqual({
      company: desk.company.companyName,
      edition: 'QuickBooks Online Plus',
      currency: 'USD',
    });
    expect((await desk.open().chart()).preferences).toEqual({
      classMode: 'line',
      automaticCredit: false,
      salesTax: 'manual',
      customNumbers: true,
      departments: USUAL.preferences?.trackDepartments ?? true,
    });
  });
});
