import { parseRecord } from '@ledgerpost/core/schemas';
import { describe, expect, it } from 'vitest';
import { TARGETS } from './index.ts';
import { bill, customer, paid, preview, type Told } from './real-cases.testing.ts';

/*
 * Inputs that people reported, at every target, as a preview tells them. What QuickBooks then holds is in the worker's tests of the
 * same numbers, and what needs links or a second batch (34, 35, 36) is there alone.
 */

describe.each(TARGETS.map((target) => [target.id, target] as const))('real cases, in a preview at %s', (id, target) => {
  const isFiles = target.delivery.by === 'files';
  const look = (sent: readonly object[], more: Parameters<typeof preview>[2] = {}): Told => preview(target, sent, more).told;
  const site = { line1: '40 Bay Rd', city: 'Menlo Park', region: 'CA', postalCode: '94025' };
  const tax = (amount: string, name = 'San Mateo') => ({ tax: { name, rate: '9.875', amount } });

  it('real case 01: a site is no stop, and a tax without a map is one only where nobody knows the rates', () => {
    const sent = [
      customer(),
      bill('here', '100.00', { ...tax('9.88'), total: '109.88', serviceAddress: site }),
      bill('other', '100.00', { ...tax('9.25', 'Alameda'), total: '109.25' }),
    ];
    expect(look(sent)).toEqual({ other: ['unmapped-tax!'] });
    if (id === 'qbo') expect(look(sent, { salesTax: 'automated' })).toEqual({});
    expect(preview(target, sent).documents.here).toMatchObject({ shipTo: site });
  });

  it('real case 02: a line may be on a liability account: a membership, a tip, a retainer', () => {
    const service = { type: 'service', id: 's-1', name: 'Comfort Club', accountingCategory: 'Memberships' };
    const member = (amount: string) => [{ quantity: '1', unitPrice: amount, amount, serviceId: 's-1' }];
    const tip = [{ quantity: '1', unitPrice: '20', amount: '20.00', name: 'Tip', accountingCategory: 'Customer Deposits' }];
    const sent = [
      customer(),
      service,
      bill('member', '200.00', { lines: member('200.00') }),
      bill('tip', '220.00', { lines: [...member('200.00'), ...tip] }),
      paid('p', '200.00', 'member'),
    ];
    expect(look(sent)).toEqual({});
    // What no books keep behind an item still stops.
    const wrong = bill('x', '5.00', {
      lines: [{ quantity: '1', unitPrice: '5', amount: '5.00', accountingCategory: 'Receivables' }],
    });
    expect(look([customer(), wrong])).toEqual({ x: ['wrong-account-type!'] });
  });

  it('real case 04: a parent pays for its sub-customers; nobody has tried that in files, so it is unapplied there', () => {
    const sent = [
      customer({ id: 'c-0', accountingKey: 'Bayside' }),
      customer({ accountingKey: 'Bayside:12 Elm St' }),
      customer({ id: 'c-2', accountingKey: 'Bayside:14 Elm St:Rear' }),
      bill('1', '150.00'),
      bill('2', '225.00', { customerId: 'c-2' }),
      paid('p', '375.00', undefined, {
        customerId: 'c-0',
        allocations: [
          { invoiceId: '1', amount: '150.00' },
          { invoiceId: '2', amount: '225.00' },
        ],
      }),
    ];
    expect(look(sent)).toEqual(isFiles ? { p: ['customer-differs'] } : {});
    expect(preview(target, sent).documents.p).toMatchObject({ amount: 37_500, unapplied: isFiles ? 37_500 : 0 });
  });

  it('real case 05: each method has its account, and others the default one', () => {
    const settings = { paymentAccounts: { 'Credit Card': 'Card Clearing' } };
    const sent = [customer(), paid('card', '100.00', undefined, { method: 'Credit Card' }), paid('check', '60.00', undefined)];
    const { told, documents } = preview(target, sent, { settings });
    expect(told).toEqual({});
    expect([documents.card, documents.check]).toMatchObject([
      { depositTo: 'Card Clearing' },
      expect.not.objectContaining({ depositTo: expect.anything() }),
    ]);
    const wrong = { paymentAccounts: { Check: 'Services' } };
    expect(look(sent, { settings: wrong })).toEqual({ check: ['wrong-account-type!'] });
  });

  it('real case 06: a card’s fee keeps no money out: the whole payment is posted, and the fee is shown', () => {
    const card = paid('p', '89.00', '1', { method: 'Credit Card', fee: '1.45' });
    const { told, documents } = preview(target, [
      customer(),
      bill('1', '89.00'),
      card,
      paid('q', '5.00', undefined, { fee: '0.00' }),
    ]);
    expect(told).toEqual({ p: ['fee-not-posted'] });
    expect(documents.p).toMatchObject({ amount: 8_900, applied: [{ invoiceId: '1', amount: 8_900 }] });
    const accounts = { income: 'Services', fees: 'Card Fees', depositTo: 'Undeposited Funds' };
    const posted = preview(target, [customer(), bill('1', '89.00'), card], { settings: { accounts } });
    expect(posted.told).toEqual({});
    expect(posted.documents.p).toMatchObject({ amount: 8_900, fee: { amount: 145, account: 'Card Fees' } });
  });

  it('real case 09: HTML’s entities in a key are a warning', () => {
    const sent = [customer({ accountingKey: 'Warrior&#39;s Gym &amp; Spa' }), bill('1', '40.00')];
    expect(look(sent)).toEqual({ 1: ['odd-accounting-key'] });
  });

  it('real case 10: two addresses are none too many, and a bad one stops neither invoice nor payment', () => {
    const two = customer({ email: 'dana@example.com, office@example.com', phone: '+1 415 555 0101 ext. 7, or by the side door' });
    expect(look([two, bill('1', '75.00'), paid('p', '75.00', '1')])).toEqual(
      id === 'qbo' ? { 1: ['phone-shortened'], p: ['phone-shortened'] } : {},
    );
    const bad = customer({ email: 'vhale.example.com' });
    expect(look([bad, bill('2', '76.00'), paid('p', '76.00', '2')])).toEqual({ 2: ['bad-email'] });
  });

  it('real case 11: terms go by the settings’ map; unknown ones are a warning, and the due date goes', () => {
    const sent = [
      customer(),
      bill('1', '100.00', { terms: 'Due upon receipt' }),
      bill('2', '100.00', { terms: 'Net 30 days', dueDate: '2026-12-20' }),
      paid('p', '100.00', '1'),
    ];
    expect(look(sent)).toEqual({ 1: ['unknown-terms'], 2: ['unknown-terms'] });
    const settings = { terms: { 'Due upon receipt': 'Due on receipt', 'Net 30 days': 'Net 30' } };
    const { told, documents } = preview(target, sent, { settings });
    expect(told).toEqual({});
    expect(documents[2]).toMatchObject({ terms: 'Net 30', dueDate: '2026-12-20' });
  });

  it('real case 12: prices of up to seven decimals go as they are', () => {
    const line = { quantity: '3.5', unitPrice: '18.375', amount: '64.31', name: 'R-410A refrigerant' };
    const fine = { quantity: '1000', unitPrice: '0.1234567', amount: '123.46', name: 'Seed' };
    const sent = [customer(), bill('1', '187.77', { lines: [line, fine] })];
    expect(look(sent)).toEqual({});
    expect(preview(target, sent).documents[1]).toMatchObject({
      lines: [{ unitPrice: '18.375', amount: 6_431 }, { amount: 12_346 }],
    });
  });

  it('real case 13: an amount that is not quantity × price counts, with a warning, and its payment goes', () => {
    const lines = [{ quantity: '3', unitPrice: '33.33', amount: '100.00' }];
    const sent = [customer(), bill('1', '100.00', { lines }), paid('p', '100.00', '1')];
    expect(look(sent)).toEqual({ 1: id === 'qbo' ? ['amount-mismatch', 'quantity-not-sent'] : ['amount-mismatch'] });
    const { documents } = preview(target, sent);
    expect(documents).toMatchObject({ 1: { total: 10_000 }, p: { unapplied: 0 } });
    if (isFiles) expect(documents[1]).toMatchObject({ lines: [{ quantity: '1', unitPrice: '100.00' }] });
  });

  it('real case 16: no tax, no taxable line, whatever the lines say', () => {
    const lines = [{ quantity: '1', unitPrice: '250', amount: '250.00', taxable: true }];
    const sent = [customer(), bill('zero', '250.00', { lines, ...tax('0.00') }), bill('none', '250.00', { lines })];
    for (const salesTax of ['manual', 'automated'] as const) {
      const { told, documents } = preview(target, sent, { salesTax });
      expect(told).toEqual({});
      expect(documents).toMatchObject({ zero: { lines: [{ taxable: false }] }, none: { lines: [{ taxable: false }] } });
    }
  });

  it('real case 17: tax on nothing is reported before it is sent, and an unmarked line carries the tax', () => {
    const line = { quantity: '1', unitPrice: '189', amount: '189.00' };
    const taxed = { ...tax('18.66'), total: '207.66' };
    const sent = [
      customer(),
      bill('unmarked', '189.00', { ...taxed, lines: [line] }),
      bill('none', '189.00', { ...taxed, lines: [{ ...line, taxable: false }] }),
    ];
    const { told, documents } = preview(target, sent);
    expect(told).toEqual({ none: [isFiles ? 'tax-on-nothing' : 'tax-on-nothing!'] });
    expect(documents.unmarked).toMatchObject({ lines: [{ taxable: true }] });
  });

  it('real case 17: a tax below zero on lines above zero goes, with a warning', () => {
    const { told, documents } = preview(target, [customer(), bill('1', '189.00', { ...tax('-18.66'), total: '170.34' })]);
    expect(told).toEqual({ 1: ['tax-of-other-sign'] });
    expect(documents[1]).toMatchObject({ tax: { amount: -1_866 }, total: 17_034 });
  });

  it('real case 22: a tip over the invoice is unapplied, with a warning', () => {
    const sent = [customer(), bill('1', '180.00'), paid('p', '200.00', '1')];
    const { told, documents } = preview(target, sent);
    expect(told).toEqual({ p: ['paid-over-invoice'] });
    expect(documents.p).toMatchObject({ amount: 20_000, applied: [{ amount: 18_000 }], unapplied: 2_000 });
  });

  it('real case 23: names of all alphabets can be billed', () => {
    const sent = ['Nguyễn Thị Hoa', 'Rémi Bélanger', 'Łukasz Nowak'].flatMap((accountingKey, at) => [
      customer({ id: `c-${at}`, accountingKey }),
      bill(`${at}`, '90.00', { customerId: `c-${at}` }),
    ]);
    expect(look(sent)).toEqual(id === 'qbo' ? { 0: ['spelled-plainly'], 2: ['spelled-plainly'] } : {});
  });

  it('real case 25: no sign in a reference stops a payment', () => {
    const references = ['Zelle – Tom', '#4471 ✓', 'a\tb\n', '🎉', '   ', 'x'.repeat(60)];
    const sent = [customer(), ...references.map((reference, at) => paid(`p-${at}`, '50.00', undefined, { reference }))];
    const told = Object.entries(look(sent)).flatMap(([, codes]) => codes);
    expect(told.filter((code) => code !== 'spelled-plainly')).toEqual([]);
  });

  it('real case 29: an exempt customer without a reason is a warning under automated tax', () => {
    const sent = [customer({ taxExempt: true }), bill('1', '90.00', tax('0.00'))];
    expect(look(sent)).toEqual({});
    if (id === 'qbo') expect(look(sent, { salesTax: 'automated' })).toEqual({ 1: ['no-exemption-reason'] });
  });

  it('real case 30: two taxes are one with its parts, and a record with “taxes” is refused with the way to send them', () => {
    const parts = [
      { name: 'State', rate: '6', amount: '6.00' },
      { name: 'City', rate: '3.5', amount: '3.50' },
    ];
    const both = bill('1', '100.00', { tax: { name: 'San Mateo', amount: '9.50', parts }, total: '109.50' });
    expect(look([customer(), both])).toEqual({});
    const refused = parseRecord(bill('1', '100.00', { taxes: parts, total: '109.50' }), 'USD');
    expect(refused).toMatchObject({ ok: false, refusals: [{ field: 'taxes', message: expect.stringContaining('tax.parts') }] });
  });

  it('real case 39: names that QuickBooks Desktop can’t keep are problems in its profile alone', () => {
    const sent = [
      customer({ accountingKey: 'International Product Development Corporation' }),
      { type: 'service', id: 's-1', name: 'Preventive maintenance visit, rooftop package unit' },
      bill('1', '100.00', { lines: [{ quantity: '1', unitPrice: '100', amount: '100.00', serviceId: 's-1' }] }),
    ];
    expect(look(sent)).toEqual({});
    if (id !== 'saasant') return;
    const settings = { profile: 'quickbooks-desktop' };
    expect(look(sent, { settings })).toEqual({ 1: ['customer-name-too-long!', 'text-too-long!'] });
  });

  it('real case 50: a corrected payment is an update where the books can be asked, and only there', () => {
    const posted = [customer(), bill('1', '100.00'), paid('p', '100.00', '1')];
    if (isFiles) return;
    const { told, documents } = preview(target, [paid('p', '100.00', '1', { method: 'Credit Card' })], { posted });
    expect(told).toEqual({});
    expect(documents.p).toMatchObject({ operation: 'payment.update', corrects: ['method'], method: 'Credit Card' });
    // Moved to another month, it is a warning as for invoices, and so is a credit memo.
    const memo = (date: string) => ({ ...bill('m', '30.00', { date }), type: 'creditMemo', status: 'issued' });
    const moved = [paid('p', '100.00', '1', { date: '2026-12-02' }), memo('2026-12-02')];
    expect(look(moved, { posted: [...posted, memo('2026-11-20')] })).toEqual({ p: ['crosses-period'], m: ['crosses-period'] });
  });
});
