import type { CreditMemoDocument, DocumentLine, InvoiceDocument, Money } from '@ledgerpost/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Entity } from './api/entities.ts';
import {
  customer,
  type Desk,
  invoice,
  journal,
  line,
  memo,
  openDesk,
  Poster,
  payment,
  receiptIn,
  USUAL,
} from './desk.testing.ts';
import { quickbooksOnline } from './quickbooks-online.ts';

const money = (minor: number) => minor as Money;
const SITE = { line1: '40 Bay Rd', line2: 'Suite 2', line3: 'Rear', city: 'Menlo Park', region: 'CA', postalCode: '94025' };
const PLACES = [
  { state: 'CA', agencies: [{ name: 'California', percent: 7.25 }] },
  {
    state: 'CA',
    postalCodes: ['94025'],
    agencies: [
      { name: 'California', percent: 7.25 },
      { name: 'San Mateo County', percent: 2.625 },
    ],
  },
];
const taxable = (amount: number, more: Partial<DocumentLine> = {}) => line(amount, { taxable: true, ...more });
/** An invoice over 300.00 with 29.63 of tax, which is what is due at the site. */
const taxed = (number: string, more: Partial<InvoiceDocument> = {}) =>
  invoice(number, {
    lines: [taxable(30000)],
    tax: { name: 'San Mateo', code: 'California', rate: '9.875', amount: money(2963) },
    shipTo: SITE,
    ...more,
  });

let desk: Desk;
let poster: Poster;
async function openBooks(preferences: object = {}, switches: object = {}, settings: object = {}) {
  await desk?.simulator.stop();
  desk = await openDesk(
    { switches },
    { ...USUAL, preferences: { autoApplyCredit: false, partnerTax: true, taxPlaces: PLACES, ...preferences } },
  );
  poster = new Poster(desk, settings);
}
beforeEach(() => openBooks());
afterEach(() => desk.simulator.stop());
const held = (id: string) => poster.held(id) as Entity & { readonly TotalAmt: number; readonly Balance: number };
const codesOf = (id: string) => held(id).Line!.flatMap((one) => one.SalesItemLineDetail?.TaxCodeRef?.value ?? []);
const partsOf = (id: string) =>
  ((held(id).TxnTaxDetail as unknown as { TaxLine: { Amount: number }[] }).TaxLine ?? []).map(({ Amount }) => Amount);

describe('addresses', () => {
  it('real case 1: the site is the shipping address, and its agencies get the tax', async () => {
    const billingAddress = { line1: '1 Market St', line3: 'Floor 9', city: 'San Francisco', region: 'CA', postalCode: '94105' };
    await poster.post(taxed('5101', { customer: customer('Redwood Dental Group', { billingAddress }) }));
    expect(held('i-5101')).toMatchObject({
      TotalAmt: 329.63,
      ShipAddr: { Line1: '40 Bay Rd', Line2: 'Suite 2', Line3: 'Rear', City: 'Menlo Park', PostalCode: '94025' },
      BillAddr: { Line1: '1 Market St', Line3: 'Floor 9', City: 'San Francisco', CountrySubDivisionCode: 'CA' },
    });
    expect(partsOf('i-5101')).toEqual([21.75, 7.88]);
  });

  it('the company’s own address goes out where the settings have one', async () => {
    await openBooks({}, {}, { shipFrom: { line1: '9 Yard Rd', city: 'Fresno', region: 'CA' } });
    await poster.post(taxed('1'));
    expect(held('i-1').ShipFromAddr).toMatchObject({ Line1: '9 Yard Rd', City: 'Fresno' });
  });

  it('a credit memo has them too, and nobody is stopped by a long or strange one', async () => {
    const strange = { line1: `Tòa nhà ${'x'.repeat(600)}`, city: 'Menlo Park', postalCode: '9'.repeat(80) };
    const credit: CreditMemoDocument = { ...memo('M-1', 10000), shipTo: strange };
    await poster.post(credit);
    expect(held('m-M-1').ShipAddr).toMatchObject({ Line1: expect.stringMatching(/^T.a nh. x{400}/), City: 'Menlo Park' });
  });

  it('an undone update takes its shipping address back', async () => {
    await poster.post(invoice('1'));
    await poster.post({ ...taxed('1'), operation: 'invoice.update' });
    expect(held('i-1').ShipAddr?.City).toBe('Menlo Park');
    expect(await poster.takeBack('i-1')).toMatchObject([{ status: 'undone' }]);
    expect(held('i-1').ShipAddr?.City).toBeUndefined();
  });
});

describe('stated tax', () => {
  it('real case 16: where nothing is charged, every line goes as NON, and QuickBooks adds nothing', async () => {
    await poster.post(
      invoice('6601', { lines: [line(25000)], tax: { name: 'San Mateo', code: 'California', amount: money(0) } }),
    );
    expect(codesOf('i-6601')).toEqual(['NON']);
    expect(held('i-6601').TotalAmt).toBe(250);
  });

  it('a document that was frozen by an earlier release goes out as it was', () => {
    const before = invoice('1', { lines: [taxable(25000)], tax: { name: 'T', code: 'California', amount: money(0) } });
    const { body } = quickbooksOnline.export(before, poster.chart, desk.settings());
    expect(body).toMatchObject({
      TxnTaxDetail: { TotalTax: 0, TxnTaxCodeRef: { name: 'California' } },
      Line: [{ SalesItemLineDetail: { TaxCodeRef: { value: 'TAX' } } }],
    });
  });

  it('without a code it goes all the same', async () => {
    await openBooks({}, { astOverride: 'needs-taxable-line' });
    const { code: _, ...tax } = taxed('1').tax!;
    await poster.post(taxed('1', { tax: { ...tax, amount: money(1234) }, total: money(31234) }));
    expect(held('i-1').TxnTaxDetail?.TotalTax).toBe(12.34);
  });
});

describe('tax that QuickBooks computes', () => {
  const mode = { taxMode: 'books' } as const;

  it('is kept in the receipt beside ours, and nothing is stated', async () => {
    const [outcome] = await poster.post(taxed('1', { ...mode, tax: { name: 'Ours', amount: money(2500) }, total: money(32500) }));
    expect(receiptIn(outcome)).toMatchObject({ total: 32963, tax: 2963 });
    expect(poster.posted('i-1').document).toMatchObject({ total: 32500 });
  });

  it('is found again after a lost reply, and a twin without our mark is recognized by its lines’ total', async () => {
    const document = taxed('1', mode);
    const call = await poster.call([document]);
    desk.simulator.control.addFault({ trouble: { kind: 'replyLost' }, aim: { operation: 'batch' } });
    await expect(poster.send(call, [document])).rejects.toThrow();
    expect(await poster.send({ ...call, attempt: 2 }, [document])).toMatchObject([{ status: 'existed', receipt: { tax: 2963 } }]);
  });

  it('a payment is applied up to what the books hold', async () => {
    await poster.post(taxed('1', { ...mode, tax: { name: 'Ours', amount: money(4000) }, total: money(34000) }));
    const [outcome] = await poster.post(payment('P1', 34000, { '1': 34000 }));
    expect(outcome).toMatchObject({ status: 'created', warnings: [{ code: 'paid-over-invoice' }] });
    expect(held('i-1').Balance).toBe(0);
  });

  it('an update lets go only of what exceeds the lines and the present tax, then applies it again up to the new total', async () => {
    await poster.post(taxed('1', mode));
    await poster.post(payment('P1', 32963, { '1': 32963 }));
    // 280.00 of lines: 27.65 of tax once QuickBooks has computed it, 29.63 as long as it has not.
    const lower = { ...taxed('1', { ...mode, lines: [taxable(28000)] }), operation: 'invoice.update' } as const;
    const [outcome] = await poster.post(lower);
    expect(outcome).toMatchObject({ status: 'created', receipt: { total: 30765, tax: 2765 } });
    expect(held('i-1')).toMatchObject({ TotalAmt: 307.65, Balance: 0 });
    expect((outcome as { warnings?: unknown }).warnings).toMatchObject([{ code: 'invoice-overpaid' }]);
    // Raised: the whole payment is on it again.
    const higher = { ...taxed('1', { ...mode, lines: [taxable(31000)] }), operation: 'invoice.update' } as const;
    const [again] = await poster.post(higher);
    expect(again).toMatchObject({ status: 'created', receipt: { total: 34061 } });
    expect(held('i-1').Balance).toBeCloseTo(340.61 - 329.63);
  });

  it('an undone update states the tax that the books had, whatever the rates are now', async () => {
    await openBooks({}, { astOverride: 'needs-taxable-line' });
    await poster.post(taxed('1', mode));
    desk.company.setPreferences({ taxPlaces: [{ state: 'CA', agencies: [{ name: 'California', percent: 10 }] }] });
    await poster.post({ ...taxed('1', { ...mode, lines: [taxable(40000)] }), operation: 'invoice.update' });
    expect(held('i-1').TotalAmt).toBe(440);
    expect(await poster.takeBack('i-1')).toMatchObject([{ status: 'undone' }]);
    expect(held('i-1')).toMatchObject({ TotalAmt: 329.63, TxnTaxDetail: { TotalTax: 29.63 } });
  });

  it('leaves a line as NON that the record states as not taxable, and adds none to a document without tax', async () => {
    await poster.post(taxed('1', { ...mode, lines: [taxable(10000), line(20000)] }));
    expect(codesOf('i-1')).toEqual(['TAX', 'NON']);
    await poster.post(invoice('2', { ...mode, shipTo: SITE }));
    expect(held('i-2').TotalAmt).toBe(100);
  });

  it('reads back as the same, with the tax of the books', async () => {
    await poster.post(taxed('1', { ...mode, tax: { name: 'Ours', amount: money(2500) }, total: money(32500) }));
    expect(await poster.read('i-1')).toMatchObject([{ status: 'same', total: 32963 }]);
  });
});

describe('tax as a line', () => {
  const item = { name: 'Sales Tax', account: 'Sales Tax Held' };
  const asLine = (number: string, more: Partial<InvoiceDocument> = {}) =>
    taxed(number, { taxMode: 'line', tax: { name: 'San Mateo', amount: money(2963), item }, ...more });

  beforeEach(() => {
    const record = { Name: 'Sales Tax Held', AccountType: 'Other Current Liability' };
    desk.company.act({ act: 'create', entity: 'Account', record });
  });

  it('is on a liability account, and nothing is taxable', async () => {
    const [outcome] = await poster.post(asLine('1'));
    expect(receiptIn(outcome)).toMatchObject({ total: 32963 });
    expect(codesOf('i-1')).toEqual(['NON', 'NON']);
    expect(desk.company.balanceOf('Sales Tax Held')).toBe(-29.63);
    expect(desk.company.records('Item').find(({ Name }) => Name === 'Sales Tax')).toMatchObject({
      IncomeAccountRef: { name: 'Sales Tax Held' },
    });
  });

  it('is read back as tax, and its update and undo keep it', async () => {
    await poster.post(asLine('1'));
    const [read] = await poster.read('i-1');
    expect(read).toMatchObject({ status: 'same', total: 32963 });
    const tax = (read as unknown as { holds: { entries: { role: string; amount: number }[] } }).holds.entries.filter(
      ({ role }) => role === 'tax',
    );
    expect(tax.reduce((sum, { amount }) => sum + amount, 0)).toBe(-2963);
    const tax2 = { name: 'San Mateo', amount: money(988), item };
    await poster.post({ ...asLine('1', { lines: [taxable(10000)], tax: tax2 }), operation: 'invoice.update' });
    expect(desk.company.balanceOf('Sales Tax Held')).toBe(-9.88);
    expect(await poster.takeBack('i-1')).toMatchObject([{ status: 'undone' }]);
    expect(desk.company.balanceOf('Sales Tax Held')).toBe(-29.63);
  });

  it('goes to books without sales tax, too', async () => {
    desk.company.setPreferences({ usingSalesTax: false });
    const chart = await desk.open().chart();
    expect(quickbooksOnline.validate(asLine('1'), chart, desk.settings())).toEqual([]);
  });
});

describe('exempt customers', () => {
  const school = (more = {}) => invoice('7901', { customer: customer('St Mary School', { taxExempt: true }), ...more });

  it('real case 29: are created with the reason of the settings, and an unset one is a warning', async () => {
    const chart = await desk.open().chart();
    expect(quickbooksOnline.validate(school(), chart, desk.settings())).toMatchObject([
      { code: 'no-exemption-reason', severity: 'warning', record: { type: 'customer' } },
    ]);
    const settings = { tax: { exemptionReason: '7' } };
    expect(quickbooksOnline.validate(school(), chart, desk.settings(settings))).toEqual([]);
    await openBooks({}, {}, settings);
    await poster.post(school());
    expect(desk.company.records('Customer').find(({ DisplayName }) => DisplayName === 'St Mary School')).toMatchObject({
      Taxable: false,
      TaxExemptionReasonId: '7',
    });
  });

  it('manual sales tax wants no reason', async () => {
    await openBooks({ partnerTax: false }, {}, { tax: { exemptionReason: '7' } });
    const chart = await desk.open().chart();
    expect(quickbooksOnline.validate(school(), chart, desk.settings())).toEqual([]);
    await poster.post(school());
    expect(desk.company.records('Customer').at(-1)).not.toHaveProperty('TaxExemptionReasonId');
  });
});

describe('the job’s number', () => {
  const onJob = (number: string) => invoice('1', { job: { id: 'j-1', number, imported: false } });

  it('is a line of the private note, and drift does not see it', async () => {
    await poster.post(onJob('J-1042'));
    expect(held('i-1').PrivateNote).toBe('Ledgerpost invoice i-1\nJob J-1042');
    expect(await poster.read('i-1')).toMatchObject([{ status: 'same' }]);
  });

  it('is in the custom field that the settings name, if the books have it', async () => {
    await openBooks({ customFields: ['Crew', 'Job'] }, {}, { jobField: 'Job' });
    await poster.post(onJob('J-1042'));
    const fields = (held('i-1') as unknown as { CustomField: { DefinitionId: string; StringValue?: string }[] }).CustomField;
    expect(fields).toMatchObject([{ DefinitionId: '1' }, { DefinitionId: '2', StringValue: 'J-1042' }]);
    expect(held('i-1').PrivateNote).toBe('Ledgerpost invoice i-1');
  });

  it('stays in the note where the field is missing or too short', async () => {
    await openBooks({ customFields: ['Job'] }, {}, { jobField: 'Job' });
    await poster.post(onJob('J'.repeat(40)));
    expect(held('i-1').PrivateNote).toContain(`\nJob ${'J'.repeat(40)}`);
  });
});

describe('several currencies', () => {
  it('the home currency goes out with every document', async () => {
    await openBooks({ multicurrency: true });
    const outcomes = await poster.post(invoice('1'), payment('P1', 5000));
    expect(outcomes.map(({ status }) => status)).toEqual(['created', 'created']);
  });

  it('it goes out with updates, corrections, refunds and fees too, and an undo takes each back', async () => {
    await openBooks({ multicurrency: true }, {}, { accounts: { fees: 'Office Expenses' } });
    const fee = { amount: 145 as Money, account: 'Office Expenses', number: 'FEE-P1' };
    const update = 'payment.update' as const;
    const posted = [
      ...(await poster.post(invoice('1'), invoice('2'), memo('CM', 500))),
      ...(await poster.post(payment('P1', 10000, { 1: 10000 }, { fee }))),
      ...(await poster.post(invoice('1', { operation: 'invoice.update', lines: [line(8000)] }))),
      ...(await poster.post(payment('P1', 10000, { 1: 8000, 2: 2000 }, { operation: update, fee }))),
      ...(await poster.post(journal('RF1', 700))),
    ];
    expect(posted.map(({ status }) => status)).toEqual(posted.map(() => 'created'));
    expect([held('i-1').Balance, held('i-2').Balance, desk.company.records('JournalEntry').length]).toEqual([0, 80, 2]);
    const read = await poster.read('i-1', 'i-2', 'm-CM', 'p-P1', 'r-RF1');
    expect(read.map(({ status }) => status)).toEqual(read.map(() => 'same'));
    const undone = [...(await poster.takeBack('r-RF1')), ...(await poster.takeBack('p-P1')), ...(await poster.takeBack('i-1'))];
    expect(undone.map(({ status }) => status)).toEqual(['undone', 'undone', 'undone']);
    expect([held('i-1').TotalAmt, held('i-2').Balance]).toEqual([100, 100]);
  });

  it('a customer in another currency is a problem that names it', async () => {
    await openBooks({ multicurrency: true });
    const abroad = { DisplayName: 'Maple Ltd', CurrencyRef: { value: 'CAD' } };
    desk.company.act({ act: 'create', entity: 'Customer', record: abroad });
    const { delivery } = quickbooksOnline;
    if (delivery.by !== 'push') throw new Error('QuickBooks is a push target.');
    const session = desk.open();
    const needs = delivery.needs(invoice('1', { customer: customer('Maple Ltd') }), await session.chart(), desk.settings());
    expect(await delivery.find(session, needs)).toMatchObject([
      {
        status: 'refused',
        problem: {
          code: 'customer-in-other-currency',
          message: expect.stringMatching(/“Maple Ltd” is in CAD in QuickBooks, and these documents are in USD/),
        },
      },
      {},
    ]);
  });

  it('books outside the US are not supported, and the sentence explains why', async () => {
    expect(await quickbooksOnline.check(desk.open())).not.toHaveProperty('notSupported');
    const elsewhere = await openDesk({}, { country: 'CA', companyName: 'Maple Heating' });
    expect(await quickbooksOnline.check(elsewhere.open())).toMatchObject({
      currency: 'CAD',
      notSupported: expect.stringMatching(/“Maple Heating” are kept in CA.*Connect the books of a US company/),
    });
    await elsewhere.simulator.stop();
  });
});
