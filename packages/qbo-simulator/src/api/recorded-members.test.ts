import { describe, expect, it } from 'vitest';
import { type Entity, invoiceOf, openBench } from '../testing.ts';
import { strayMembers } from './members.ts';

// What real answers of a sandbox company had, as member and type; copied manually from recordings of 2020 to 2022.
const recorded = {
  customer:
    'Taxable:boolean BillAddr:object ShipAddr:object Job:boolean BillWithParent:boolean Balance:number BalanceWithJobs:number CurrencyRef:object PreferredDeliveryMethod:string domain:string sparse:boolean Id:string SyncToken:string MetaData:object GivenName:string FamilyName:string FullyQualifiedName:string CompanyName:string DisplayName:string PrintOnCheckName:string Active:boolean PrimaryPhone:object PrimaryEmailAddr:object DefaultTaxCodeRef:object',
  plainCustomer:
    'Taxable:boolean Job:boolean BillWithParent:boolean Balance:number BalanceWithJobs:number CurrencyRef:object PreferredDeliveryMethod:string domain:string sparse:boolean Id:string SyncToken:string MetaData:object FullyQualifiedName:string DisplayName:string PrintOnCheckName:string Active:boolean',
  vendor:
    'Balance:number Vendor1099:boolean CurrencyRef:object domain:string sparse:boolean Id:string SyncToken:string MetaData:object DisplayName:string PrintOnCheckName:string Active:boolean',
  invoice:
    'AllowIPNPayment:boolean AllowOnlinePayment:boolean AllowOnlineCreditCardPayment:boolean AllowOnlineACHPayment:boolean domain:string sparse:boolean Id:string SyncToken:string MetaData:object CustomField:list DocNumber:string TxnDate:string CurrencyRef:object LinkedTxn:list Line:list TxnTaxDetail:object CustomerRef:object BillAddr:object ShipAddr:object DueDate:string TotalAmt:number ApplyTaxAfterDiscount:boolean PrintStatus:string EmailStatus:string Balance:number',
  account:
    'Name:string SubAccount:boolean FullyQualifiedName:string Active:boolean Classification:string AccountType:string AccountSubType:string CurrentBalance:number CurrentBalanceWithSubAccounts:number CurrencyRef:object domain:string sparse:boolean Id:string SyncToken:string MetaData:object',
  // From Intuit's documentation of 2014 and 2015, to which CurrencyRef has been added since.
  payment:
    'SyncToken:string domain:string DepositToAccountRef:object UnappliedAmt:number TxnDate:string TotalAmt:number ProcessPayment:boolean sparse:boolean Line:list CustomerRef:object Id:string MetaData:object CurrencyRef:object',
};

describe('answers have the members and types of recorded ones', () => {
  const company = { preferences: { customFields: ['Crew #'], customTxnNumbers: false, usingSalesTax: false } };
  const birds = {
    DisplayName: "Amy's Bird Sanctuary",
    GivenName: 'Amy',
    FamilyName: 'Lauterbach',
    CompanyName: "Amy's Bird Sanctuary",
    PrimaryPhone: { FreeFormNumber: '(650) 555-3311' },
    PrimaryEmailAddr: { Address: 'birds@example.com' },
    BillAddr: { Line1: '4581 Finch St.', City: 'Bayshore', CountrySubDivisionCode: 'CA', PostalCode: '94326' },
    ShipAddr: { Line1: '4581 Finch St.', City: 'Bayshore', CountrySubDivisionCode: 'CA', PostalCode: '94326' },
  };

  it('a customer with everything, in a company with sales tax', async () => {
    await using bench = await openBench();
    expect(shape(await bench.post('Customer', birds))).toEqual(sorted(recorded.customer));
  });

  it('a customer with a name alone', async () => {
    await using bench = await openBench({}, company);
    expect(shape(await bench.post('Customer', { DisplayName: 'Araborn' }))).toEqual(sorted(recorded.plainCustomer));
  });

  it('a vendor', async () => {
    await using bench = await openBench({}, company);
    expect(shape(await bench.post('Vendor', { DisplayName: 'Boraski Family Store' }))).toEqual(sorted(recorded.vendor));
  });

  it('an invoice, its line and its subtotal', async () => {
    await using bench = await openBench({}, company);
    await bench.post('Customer', birds);
    const line = {
      Amount: 100,
      DetailType: 'SalesItemLineDetail',
      SalesItemLineDetail: { ItemRef: { value: '1', name: 'Services' } },
    };
    const invoice = await bench.post('Invoice', { CustomerRef: { value: '1' }, Line: [line] });
    expect(shape(invoice)).toEqual(sorted(recorded.invoice));
    expect(invoice.Line).toEqual([
      {
        Id: '1',
        LineNum: 1,
        Amount: 100,
        DetailType: 'SalesItemLineDetail',
        SalesItemLineDetail: { ItemRef: { value: '1', name: 'Services' }, TaxCodeRef: { value: 'NON' } },
      },
      { Amount: 100, DetailType: 'SubTotalLineDetail', SubTotalLineDetail: {} },
    ]);
    expect(invoice.CustomField).toEqual([{ DefinitionId: '1', Name: 'Crew #', Type: 'StringType' }]);
    expect(invoice.TxnTaxDetail).toEqual({ TotalTax: 0 });
    const day = 86_400_000;
    expect(Date.parse(invoice.DueDate) - Date.parse(invoice.TxnDate)).toBe(30 * day);
  });

  it('an account, and one that is inactive', async () => {
    await using bench = await openBench({}, company);
    const account = await bench.read('Account', '9');
    expect(shape(account)).toEqual(sorted(recorded.account));
    const inactive = await bench.post('Account', {
      Id: '10',
      SyncToken: '0',
      sparse: true,
      Active: false,
      Name: 'Sales of Product Income',
    });
    expect(inactive).toMatchObject({ Name: 'Sales of Product Income (deleted)', Active: false, SyncToken: '1' });
    const again = { Id: '10', SyncToken: '1', sparse: true, Active: false, Name: 'Sales of Product Income (deleted)' };
    expect((await bench.post('Account', again)).SyncToken).toBe('1');
  });

  it('a payment', async () => {
    await using bench = await openBench({}, company);
    await bench.post('Customer', birds);
    expect(shape(await bench.post('Payment', { TotalAmt: 25, CustomerRef: { value: '1' } }))).toEqual(sorted(recorded.payment));
  });

  it('times carry the Pacific offset: without milliseconds in MetaData, with them in a body', async () => {
    await using bench = await openBench({ startsAt: '2026-07-01T12:58:07.300Z' });
    const { body } = await bench.call('POST', 'customer', { DisplayName: 'C' });
    expect(body.Customer.MetaData.CreateTime).toBe('2026-07-01T05:58:07-07:00');
    expect(body.time).toBe('2026-07-01T05:58:07.300-07:00');
  });

  it('every answer carries its intuit_tid, and a good one the service headers', async () => {
    await using bench = await openBench();
    const { headers } = await bench.call('GET', 'companyinfo/1');
    expect(headers.get('intuit_tid')).toMatch(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/);
    expect(headers.get('qbo-version')).not.toBeNull();
    expect(headers.get('service-time')).toMatch(/^total=\d+, db=\d+$/);
  });

  it('preferences have every group that a company has, whatever the simulator does with it', async () => {
    await using bench = await openBench();
    const { Preferences } = (await bench.call('GET', 'preferences')).body;
    expect(Object.keys(Preferences).filter((member) => member.endsWith('Prefs'))).toEqual([
      'AccountingInfoPrefs',
      'ProductAndServicesPrefs',
      'SalesFormsPrefs',
      'EmailMessagesPrefs',
      'VendorAndPurchasesPrefs',
      'TimeTrackingPrefs',
      'TaxPrefs',
      'CurrencyPrefs',
      'ReportPrefs',
      'OtherPrefs',
    ]);
    expect(Preferences.ReportPrefs.ReportBasis).toBe('Accrual');
  });

  it('company and preferences have what a client reads', async () => {
    await using bench = await openBench({}, { preferences: { bookCloseDate: '2025-12-31', partnerTax: true } });
    const [preferences] = await bench.rows('select * from Preferences');
    expect(preferences?.AccountingInfoPrefs).toMatchObject({ ClassTrackingPerTxnLine: true, BookCloseDate: '2025-12-31' });
    expect(preferences?.SalesFormsPrefs).toMatchObject({ AutoApplyCredit: true, CustomTxnNumbers: true });
    expect(preferences?.TaxPrefs).toEqual({ UsingSalesTax: true, PartnerTaxEnabled: true });
    const { body } = await bench.call('GET', `companyinfo/${bench.company.realmId}`);
    expect(body.CompanyInfo).toMatchObject({ Id: '1', Country: 'US' });
    expect(body.CompanyInfo.NameValue).toContainEqual({ Name: 'OfferingSku', Value: 'QuickBooks Online Plus' });
  });
});

describe('the table of members', () => {
  it('notices a member that is not in the schema, and one of another type', () => {
    expect(strayMembers('Invoice', { Shoe: 1 })).toEqual(['Invoice.Shoe is not in the schema']);
    expect(strayMembers('Invoice', { TotalAmt: '1' })).toEqual(['Invoice.TotalAmt is not a number']);
    expect(strayMembers('Invoice', { Line: [{ DetailType: 'Sausage' }] })).toEqual([
      'Invoice.Line[0].DetailType "Sausage" is not one of =LineDetailTypeEnum',
    ]);
  });

  it('holds every kind of answer: the records of all kinds keep to it', async () => {
    await using bench = await openBench({}, { classes: ['A'], departments: ['B'] });
    await bench.post('Customer', { DisplayName: 'C' });
    await bench.post('Invoice', invoiceOf('1', 5));
    for (const entity of ['Account', 'Class', 'Department', 'PaymentMethod', 'Term', 'TaxCode', 'Item']) {
      expect(await bench.rows(`select * from ${entity}`)).not.toEqual([]);
    }
  });
});

function shape(record: Entity): string[] {
  return Object.entries(record)
    .map(([member, value]) => `${member}:${Array.isArray(value) ? 'list' : typeof value}`)
    .sort();
}

function sorted(members: string): string[] {
  return members.split(' ').sort();
}
