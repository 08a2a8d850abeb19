import type { SourceRecord } from '@ledgerpost/core';
import { parseRecord } from '@ledgerpost/core/schemas';
import { getBatch, ledgerOf, onOneState, orderResume, reportOf, statedTaxSeen, taxDifferenceOf } from '@ledgerpost/store';
import { NUDGE } from '@ledgerpost/workflows/names';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { held, type QboBooks, quickbooksHarness } from './quickbooks.testing.ts';

/* Real cases about sales tax, each from the records that come in to what QuickBooks holds; and the month's end of reads. */

type Harness = Awaited<ReturnType<typeof quickbooksHarness>>;
let h: Harness;
beforeAll(async () => {
  h = await quickbooksHarness();
});
afterAll(() => h.close());

const SETTINGS = { taxCodes: { 'San Mateo': 'California' } };
const AUTOMATED = { preferences: { partnerTax: true, partnerTaxPercent: 8 } };
const customer = (more: object = {}) => ({ type: 'customer', id: 'c-1', accountingKey: 'Redwood Dental Group', ...more });
const invoice = (id: string, amount: string, more: object = {}) => ({
  type: 'invoice',
  id,
  number: `51-${id}`,
  customerId: 'c-1',
  status: 'finalized',
  date: '2026-11-20',
  lines: [{ quantity: '1', unitPrice: amount, amount: `${amount}.00`, taxable: true }],
  total: `${amount}.00`,
  ...more,
});
const tax = (amount: string, name = 'San Mateo') => ({ tax: { name, rate: '9.875', amount } });
/** As an import reads them. */
const records = (...sent: object[]): SourceRecord[] =>
  sent.map((one) => {
    const read = parseRecord(one, 'USD');
    if (!read.ok) throw new Error(JSON.stringify(read.refusals));
    return read.record;
  });
const inBooks = (co: QboBooks, id: string) => held(co, 'Invoice').find(({ DocNumber }) => DocNumber === `51-${id}`)!;
const codes = async (batch: { id: string }, id: string) => (await h.item(batch, 'invoice', id)).problems.map(({ code }) => code);
/** What is unbatched. */
const open = async (co: QboBooks) =>
  (await h.store.sql<{ operation: string }[]>`select operation from open_records where company_id = ${co.company.id}`).map(
    ({ operation }) => operation,
  );
const lineCodes = (one: Readonly<Record<string, unknown>>) =>
  (one.Line as { SalesItemLineDetail?: { TaxCodeRef: { value: string } } }[]).flatMap(
    (line) => line.SalesItemLineDetail?.TaxCodeRef.value ?? [],
  );

describe('sales tax, in preview as in the run', () => {
  it('real case 1: goes with its place, and a tax without a map goes too where QuickBooks knows the rates', async () => {
    const site = { line1: '40 Bay Rd', city: 'Menlo Park', region: 'CA', postalCode: '94025' };
    const co = await h.connected(
      records(
        customer({ billingAddress: { line1: '1 Market St', city: 'San Francisco', region: 'CA', postalCode: '94105' } }),
        { type: 'job', id: 'j-1', number: 'J-7', customerId: 'c-1', serviceAddress: site },
        invoice('1', '300', { ...tax('29.63'), total: '329.63', jobId: 'j-1' }),
        invoice('2', '100', { ...tax('9.88'), total: '109.88', serviceAddress: { ...site, line1: '7 Oak St' } }),
        invoice('3', '100', { ...tax('9.25', 'Alameda'), total: '109.25' }),
      ),
      { books: AUTOMATED, settings: SETTINGS },
    );
    const batch = await h.run(co);
    expect(inBooks(co, '1')).toMatchObject({
      TotalAmt: 329.63,
      ShipAddr: { Line1: '40 Bay Rd', PostalCode: '94025' },
      BillAddr: { Line1: '1 Market St' },
      PrivateNote: expect.stringContaining('Job J-7'),
    });
    expect(inBooks(co, '2')).toMatchObject({ TotalAmt: 109.88, ShipAddr: { Line1: '7 Oak St' } });
    expect(inBooks(co, '3')).toBeDefined();
    expect(await codes(batch, '3')).not.toContain('unmapped-tax');
    expect(await statedTaxSeen(h.store.sql, co.company.id, 'qbo')).toMatchObject({ documents: 3 });
    expect((await co.card()).taxAdvice).toMatchObject({ mode: 'stated', recommended: 'books' });
  });

  it.each([[true], [false]])('real case 16: no tax makes every line NON (automated: %s)', async (partnerTax) => {
    const co = await h.connected(records(customer(), invoice('1', '250', tax('0.00')), invoice('2', '250')), {
      books: { preferences: { ...AUTOMATED.preferences, partnerTax } },
      settings: SETTINGS,
    });
    expect((await h.run(co)).state).toBe('posted');
    expect([inBooks(co, '1'), inBooks(co, '2')].map((one) => [lineCodes(one), one.TotalAmt])).toEqual([
      [['NON'], 250],
      [['NON'], 250],
    ]);
  });

  it.each([[true], [false]])('real case 17: tax is never sent on nothing (automated: %s)', async (partnerTax) => {
    const line = { quantity: '1', unitPrice: '189', amount: '189.00' };
    const co = await h.connected(
      records(
        customer(),
        invoice('1', '189', { ...tax('18.66'), total: '207.66', lines: [line] }),
        invoice('2', '189', { ...tax('18.66'), total: '207.66', lines: [{ ...line, taxable: false }] }),
      ),
      { books: { preferences: { ...AUTOMATED.preferences, partnerTax } }, settings: SETTINGS },
    );
    const batch = await h.run(co);
    // A line that states nothing follows its invoice; one that is stated as not taxable stops it.
    expect(inBooks(co, '1')).toMatchObject({ TotalAmt: 207.66 });
    expect(lineCodes(inBooks(co, '1'))).toEqual(['TAX']);
    expect(await codes(batch, '2')).toEqual(['tax-on-nothing']);
    expect(inBooks(co, '2')).toBeUndefined();
  });

  it('real case 29: an exempt customer is created with its reason, or a warning is on the invoice', async () => {
    const sent = records(customer({ taxExempt: true }), invoice('1', '90', tax('0.00')));
    const without = await h.connected(sent, { books: AUTOMATED, settings: SETTINGS });
    expect(await codes(await h.run(without), '1')).toContain('no-exemption-reason');
    const settings = { ...SETTINGS, tax: { exemptionReason: '7' } };
    const co = await h.connected(sent, { books: AUTOMATED, settings });
    expect(await codes(await h.run(co), '1')).toEqual([]);
    expect(held(co, 'Customer')).toMatchObject([{ Taxable: false, TaxExemptionReasonId: '7' }]);
  });

  it('real case 30: two taxes are one amount with two parts', async () => {
    const parts = [
      { name: 'State', rate: '6', amount: '6.00' },
      { name: 'City', rate: '3.5', amount: '3.50' },
    ];
    const co = await h.connected(
      records(customer(), invoice('1', '100', { tax: { name: 'San Mateo', amount: '9.50', parts }, total: '109.50' })),
      { settings: SETTINGS },
    );
    expect((await h.run(co)).state).toBe('posted');
    expect(inBooks(co, '1')).toMatchObject({ TotalAmt: 109.5, TxnTaxDetail: { TotalTax: 9.5 } });
  });
});

describe('tax that QuickBooks computes', () => {
  it('is posted, not different; the ledger has theirs, and ours plus the difference is theirs to the cent', async () => {
    const co = await h.connected(
      records(
        customer(),
        invoice('1', '100', { ...tax('9.88'), total: '109.88' }),
        invoice('2', '200', { ...tax('19.75'), total: '219.75' }),
      ),
      { books: AUTOMATED, settings: { ...SETTINGS, tax: { mode: 'books' } } },
    );
    const batch = await h.run(co);
    expect(batch.state).toBe('posted');
    expect(await h.item(batch, 'invoice', '1')).toMatchObject({ state: 'posted', amount: 10_988, targetTotal: 10_800 });
    const difference = await taxDifferenceOf(h.store.sql, batch.id);
    expect(difference).toBe(2_400 - 988 - 1_975);
    const ledger = await ledgerOf(h.store.sql, batch.id);
    const of = (role: string) => ledger.filter((entry) => entry.role === role).reduce((sum, { amount }) => sum + amount, 0);
    expect(of('tax')).toBe(-2_400);
    expect(of('receivable')).toBe(32_400);
    expect(ledger.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
    expect((await h.undo(co, batch.id)).state).toBe('undone');
    expect(held(co, 'Invoice')).toEqual([]);
  });

  it('is asked for again where the place of the work changes, and not where only our own mode states it', async () => {
    const site = (postalCode: string) => ({
      serviceAddress: { line1: '40 Bay Rd', city: 'Menlo Park', region: 'CA', postalCode },
    });
    const taxed = (more: object) => invoice('1', '100', { ...tax('9.88'), total: '109.88', ...more });
    const sent = (more: object) => records(customer(), taxed(more));
    const co = await h.connected(sent(site('94025')), { books: AUTOMATED, settings: { ...SETTINGS, tax: { mode: 'books' } } });
    await h.run(co);
    const before = inBooks(co, '1');
    await co.put(...records(taxed(site('94541'))));
    const batch = await h.run(co);
    expect(await h.item(batch, 'invoice', '1')).toMatchObject({ state: 'posted', operation: 'invoice.update' });
    expect(inBooks(co, '1')).toMatchObject({ Id: before.Id, ShipAddr: { PostalCode: '94541' } });
    expect(await open(co)).toEqual([]);
    expect((await h.undo(co, batch.id)).state).toBe('undone');
    expect(inBooks(co, '1')).toMatchObject({ Id: before.Id, ShipAddr: { PostalCode: '94025' } });
    const stated = await h.connected(sent(site('94025')), { books: AUTOMATED, settings: SETTINGS });
    await h.run(stated);
    await stated.put(...records(taxed(site('94541'))));
    expect(await open(stated)).toEqual([]);
  });

  it('is shown by agency beside ours, in the report and in the accounts of the books, as is the tax that we state', async () => {
    const state = { name: 'State of California', percent: 6 };
    const taxPlaces = [
      { state: 'CA', agencies: [state, { name: 'San Mateo County', percent: 3.5 }] },
      { state: 'NV', agencies: [{ name: 'State of Nevada', percent: 5 }] },
    ];
    const site = (region: string) => ({ serviceAddress: { line1: '40 Bay Rd', city: 'Town', region } });
    const parts = [
      { name: 'State of California', amount: '6.00' },
      { name: 'san mateo county', amount: '3.40' },
    ];
    const sent = records(
      customer(),
      invoice('1', '100', { tax: { name: 'San Mateo', amount: '9.40', parts }, total: '109.40', ...site('CA') }),
      invoice('2', '200', { tax: { name: 'San Mateo', amount: '19.00' }, total: '219.00', ...site('CA') }),
      invoice('3', '100', { tax: { name: 'Reno', amount: '5.10' }, total: '105.10', ...site('NV') }),
      {
        ...invoice('4', '100', { tax: { name: 'Reno', amount: '5.00' }, total: '105.00', ...site('NV') }),
        type: 'creditMemo',
        status: 'issued',
      },
    );
    const books = { preferences: { ...AUTOMATED.preferences, taxPlaces } };
    const agencies = async (mode: 'books' | 'stated') => {
      const co = await h.connected(sent, { books, settings: { ...SETTINGS, tax: { mode, code: 'California' } } });
      const batch = await h.run(co);
      expect((await onOneState(h.store, (sql) => reportOf(sql, batch.id))).agencies).toEqual([]);
      await h.verify(co, batch.id);
      const told = await onOneState(h.store, (sql) => reportOf(sql, batch.id));
      const owed = Object.entries(co.balances()).flatMap(([account, amount]) =>
        account.endsWith(' Payable') && account !== 'Sales Tax Payable' ? [[account.slice(0, -' Payable'.length), -amount]] : [],
      );
      const theirs = told.agencies.flatMap(({ agency, books: held }) =>
        agency === null || held!.amount === 0 ? [] : [[agency, held!.amount]],
      );
      expect(new Map(theirs as [string, number][])).toEqual(new Map(owed as [string, number][]));
      return told.agencies.map(({ agency, ours, books: held }) => [agency, ours.amount, held?.amount]);
    };
    // Ours of invoice 2 says nothing of its parts, so it is not divided.
    expect(await agencies('books')).toEqual([
      ['San Mateo County', 340, 1_050],
      ['State of California', 600, 1_800],
      ['State of Nevada', 10, 0],
      [null, 1_900, 0],
    ]);
    expect(await agencies('stated')).toEqual([
      ['San Mateo County', 340, 1_046],
      ['State of California', 600, 1_794],
      ['State of Nevada', 10, 10],
      [null, 1_900, 0],
    ]);
  });
});

describe('reads that Intuit counts by the month', () => {
  it('hold a batch with that reason once they are used up, though writes would go on, and it ends when there are more', async () => {
    const co = await h.connected(records(customer(), invoice('1', '100')), { settings: SETTINGS });
    const { connectionId } = co.request().companyTarget;
    await h.store.sql`
      insert into quota_days (target, environment, quota, day, connection_id, units, last_at)
      values ('qbo', 'simulator', 'reads', (now() at time zone 'UTC')::date, ${connectionId}, 500000, now())
      on conflict (target, environment, quota, day, connection_id) do update set units = excluded.units`;
    co.befall({ trouble: { kind: 'throttle' }, aim: { operation: 'query' }, times: 1 });
    const { batch, handle } = await h.start(co);
    const { reason } = await h.until(co, batch.id, 'held');
    expect(reason).toMatchObject({
      code: 'quota-used-up',
      message: expect.stringMatching(/has refused all reads .* We counted 500,\d\d\d of 500,000 this month/),
    });
    await h.store.sql`delete from quota_days where connection_id = ${connectionId}`;
    await orderResume(h.store.sql, { companyId: co.company.id, batchId: batch.id, actor: 'ada' });
    await handle.signal(NUDGE);
    await handle.result();
    expect((await getBatch(h.store.sql, co.company.id, batch.id))?.state).toBe('posted');
  });
});
