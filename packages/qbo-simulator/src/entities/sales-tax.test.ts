import { describe, expect, it } from 'vitest';
import { openBench, serviceLine } from '../testing.ts';

const STATE = { name: 'California Department of Tax', percent: 6 };
const places = [
  { state: 'CA', agencies: [STATE, { name: 'Santa Clara County', percent: 3.125 }] },
  { state: 'CA', postalCodes: ['940'], agencies: [STATE, { name: 'San Mateo County', percent: 3.875 }] },
  { state: 'OR', agencies: [] },
];
const preferences = { partnerTax: true, taxPlaces: places };
const menlo = { Line1: '40 Bay Rd', City: 'Menlo Park', CountrySubDivisionCode: 'CA', PostalCode: '94025', Country: 'US' };
const form = (over: object = {}, code = 'TAX') => ({
  CustomerRef: { value: '1' },
  Line: [serviceLine(300, { TaxCodeRef: { value: code } })],
  ...over,
});
const open = async (more: object = {}, switches = {}, customer: object = {}) => {
  const bench = await openBench({ switches }, { preferences: { ...preferences, ...more } });
  await bench.post('Customer', { DisplayName: 'C', ...customer });
  return bench;
};

describe('automated sales tax by place', () => {
  it('real case 1: is due to the agencies of the shipping address', async () => {
    await using bench = await open();
    const invoice = await bench.post('Invoice', form({ ShipAddr: menlo }));
    expect(invoice.TxnTaxDetail).toMatchObject({
      TotalTax: 29.63,
      TaxLine: [{ Amount: 18 }, { Amount: 11.63 }].map(({ Amount }) => expect.objectContaining({ Amount })),
    });
    const rates = await bench.rows('select * from TaxRate');
    const agencies = await bench.rows('select * from TaxAgency');
    const of = invoice.TxnTaxDetail.TaxLine.map((line: { TaxLineDetail: { TaxRateRef: { value: string } } }) => {
      const rate = rates.find(({ Id }) => Id === line.TaxLineDetail.TaxRateRef.value)!;
      return agencies.find(({ Id }) => Id === rate.AgencyRef.value)!.DisplayName;
    });
    expect(of).toEqual(['California Department of Tax', 'San Mateo County']);
    expect(invoice.ShipAddr.Country).toBe('USA');
    // Each agency is owed on an account of its own.
    const owed = bench.company.trialBalance().rows.filter(({ account }) => account.endsWith('Payable'));
    expect(owed.map(({ account, credit }) => [account, credit])).toEqual([
      ['California Department of Tax Payable', 18],
      ['San Mateo County Payable', 11.63],
    ]);
  });

  it('without a shipping address it is due where the company is, or where the customer is', async () => {
    const customer = { BillAddr: { ...menlo, PostalCode: '97201', CountrySubDivisionCode: 'OR' } };
    await using company = await open({}, {}, customer);
    // Mountain View has a postal code that begins with 940.
    expect((await company.post('Invoice', form())).TxnTaxDetail.TotalTax).toBe(29.63);
    await using theirs = await open({}, { astFallback: 'customer' }, customer);
    expect((await theirs.post('Invoice', form())).TxnTaxDetail.TotalTax).toBe(0);
  });

  it('is nobody’s in a state where the company is not registered, whatever is stated', async () => {
    await using bench = await open({ taxStates: ['OR'] }, { astOverride: 'total-suffices' });
    const invoice = await bench.post('Invoice', form({ ShipAddr: menlo, TxnTaxDetail: { TotalTax: 29.63 } }));
    expect(invoice.TotalAmt).toBe(300);
  });

  it('prorates what is stated over the agencies of the place', async () => {
    await using bench = await open();
    const TxnTaxDetail = { TotalTax: 10, TxnTaxCodeRef: { value: '2' } };
    const invoice = await bench.post('Invoice', form({ ShipAddr: menlo, TxnTaxDetail }));
    const amounts = invoice.TxnTaxDetail.TaxLine.map(({ Amount }: { Amount: number }) => Amount);
    expect(amounts).toEqual([6.08, 3.92]);
  });
});

describe('a stated tax', () => {
  const stated = { TxnTaxDetail: { TotalTax: 7 } };
  const coded = { TxnTaxDetail: { TotalTax: 7, TxnTaxCodeRef: { value: '2' } } };

  it.each([
    ['needs-code', [27, 7, 0]],
    ['total-suffices', [7, 7, 7]],
    ['needs-taxable-line', [7, 7, 0]],
    ['ignored', [27, 27, 0]],
  ] as const)('astOverride %s', async (astOverride, expected) => {
    await using bench = await openBench(
      { switches: { astOverride } },
      { preferences: { partnerTax: true, partnerTaxPercent: 9 } },
    );
    await bench.post('Customer', { DisplayName: 'C' });
    const tax = async (body: object) => (await bench.post('Invoice', body)).TxnTaxDetail.TotalTax;
    expect([await tax(form(stated)), await tax(form(coded)), await tax(form(stated, 'NON'))]).toEqual(expected);
  });

  it.each([[true], [false]])('real case 17: on nothing taxable is dropped or refused (automated: %s)', async (partnerTax) => {
    await using drops = await openBench({}, { preferences: { partnerTax } });
    await drops.post('Customer', { DisplayName: 'C' });
    expect((await drops.post('Invoice', form(coded, 'NON'))).TotalAmt).toBe(300);
    await using refuses = await openBench({ switches: { statedTaxOnNothing: 'refuse' } }, { preferences: { partnerTax } });
    await refuses.post('Customer', { DisplayName: 'C' });
    expect(await refuses.refusal('Invoice', form(coded, 'NON'))).toBe('6000');
  });
});

describe('an exempt customer', () => {
  it('real case 29: under automated sales tax is exempt only with a reason, unless the switch is set otherwise', async () => {
    await using bench = await open();
    expect((await bench.post('Customer', { DisplayName: 'A', Taxable: false })).Taxable).toBe(true);
    expect((await bench.post('Customer', { DisplayName: 'B', Taxable: false, TaxExemptionReasonId: '5' })).Taxable).toBe(false);
    await using manual = await openBench();
    expect((await manual.post('Customer', { DisplayName: 'A', Taxable: false })).Taxable).toBe(false);
    await using mild = await open({}, { exemptWithoutReason: 'exempt' });
    expect((await mild.post('Customer', { DisplayName: 'A', Taxable: false })).Taxable).toBe(false);
  });
});

describe('countries and currencies', () => {
  it('a company elsewhere has its country and its own currency', async () => {
    await using bench = await openBench({}, { country: 'CA' });
    expect((await bench.rows('select * from CompanyInfo'))[0]).toMatchObject({ Country: 'CA', CompanyAddr: { Country: 'CAN' } });
    expect((await bench.rows('select * from Preferences'))[0]!.CurrencyPrefs).toEqual({
      MultiCurrencyEnabled: false,
      HomeCurrency: { value: 'CAD' },
    });
  });

  it('with several currencies, a transaction states its customer’s', async () => {
    await using bench = await openBench({}, { preferences: { multicurrency: true } });
    await bench.post('Customer', { DisplayName: 'Home' });
    await bench.post('Customer', { DisplayName: 'Abroad', CurrencyRef: { value: 'CAD' } });
    const USD = { CurrencyRef: { value: 'USD' } };
    expect(await bench.refusal('Invoice', form())).toBe('2020');
    expect((await bench.post('Invoice', form(USD))).CurrencyRef.value).toBe('USD');
    expect(await bench.refusal('Invoice', form({ ...USD, CustomerRef: { value: '2' } }))).toBe('6000');
    expect(await bench.refusal('Payment', { CustomerRef: { value: '1' }, TotalAmt: 5 })).toBe('2020');
  });
});
