import type { InvoiceDocument, Money } from '@ledgerpost/core';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, invoice, journal, line, openDesk, Poster, payment, receiptIn, USUAL } from './desk.testing.ts';
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
    ['3', '14.3333333', 4300, 3],
    ['1000', '0.1234567', 12346, 1000],
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

  it('a line whose quantity and price stay behind gets a notice, and no other line', () => {
    const huge = line(499_999_999_950_000, { quantity: '500', unitPrice: '9999999999' });
    const long = line(1433, { quantity: '1', unitPrice: '14.3333333' });
    const found = quickbooksOnline.validate(invoice('1', { lines: [long, huge] }), undefined, desk.settings());
    expect(found).toMatchObject([{ code: 'quantity-not-sent', severity: 'notice', field: 'lines[1].quantity' }]);
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

describe('terms', () => {
  it('real case 11: that the books don’t have are left out, and the due date is sent', async () => {
    await poster.post(
      invoice('1', { terms: 'Due upon receipt', dueDate: '2026-12-20' }),
      invoice('2', { terms: 'Net 30', dueDate: '2026-12-20' }),
    );
    expect(poster.held('i-1')).toMatchObject({ DueDate: '2026-12-20' });
    expect(poster.held('i-1')).not.toHaveProperty('SalesTermRef');
    expect(poster.held('i-2')).toMatchObject({ SalesTermRef: { name: 'Net 30' } });
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

  it('a department goes to the location that the settings name, else to the one of its own name, else to none', async () => {
    const mapped = new Poster(desk, { departments: { Heating: 'HVAC Service', Roofing: 'Nowhere' } });
    const of = async (id: string, name: string) => {
      await mapped.post(invoice(id, { department: { id: 'd', name } }));
      return (mapped.held(`i-${id}`) as { DepartmentRef?: { name: string } }).DepartmentRef?.name;
    };
    expect([
      await of('d1', 'Heating'),
      await of('d2', 'HVAC Service'),
      await of('d3', 'Roofing'),
      await of('d4', 'toString'),
    ]).toEqual([...['HVAC Service', 'HVAC Service', undefined, undefined]]);
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
