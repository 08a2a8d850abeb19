import type { Books } from '../books/books.ts';
import type { BookRecord } from '../books/records.ts';
import { metaTime } from '../clock.ts';
import { withoutUndefined } from './checks.ts';

/** The company as `GET /companyinfo/{realm}` and queries return it. Its Id is "1". */
export function companyInfo(books: Books): BookRecord {
  const address = {
    Id: '1',
    Line1: '2500 Garcia Ave',
    City: 'Mountain View',
    CountrySubDivisionCode: 'CA',
    PostalCode: '94043',
    Country: books.country,
  };
  return {
    CompanyName: books.companyName,
    LegalName: books.companyName,
    CompanyAddr: address,
    CustomerCommunicationAddr: address,
    LegalAddr: address,
    PrimaryPhone: { FreeFormNumber: '(555) 010-0100' },
    CompanyStartDate: '2015-06-05',
    FiscalYearStartMonth: 'January',
    Country: books.country,
    Email: { Address: 'books@example.com' },
    WebAddr: {},
    SupportedLanguages: 'en',
    NameValue: [
      { Name: 'NeoEnabled', Value: 'true' },
      { Name: 'OfferingSku', Value: books.edition },
      { Name: 'SubscriptionStatus', Value: books.lapsed ? 'EXPIRED' : 'SUBSCRIBED' },
      { Name: 'CompanyType', Value: 'Other' },
    ],
    domain: 'QBO',
    sparse: false,
    Id: '1',
    SyncToken: '0',
    MetaData: times(books),
  };
}

/** The company's preferences, which the API returns but does not write. */
export function preferencesView(books: Books): BookRecord {
  const preferences = books.preferences;
  return {
    AccountingInfoPrefs: withoutUndefined({
      FirstMonthOfFiscalYear: 'January',
      UseAccountNumbers: preferences.useAccountNumbers,
      TaxYearMonth: 'January',
      ClassTrackingPerTxn: preferences.classTracking === 'per-transaction',
      ClassTrackingPerTxnLine: preferences.classTracking === 'per-line',
      TrackDepartments: preferences.trackDepartments,
      TaxForm: '6',
      CustomerTerminology: 'Customers',
      DepartmentTerminology: 'Location',
      BookCloseDate: preferences.bookCloseDate,
    }),
    SalesFormsPrefs: {
      CustomField: preferences.customFields.length === 0 ? [] : [{ CustomField: preferences.customFields.map(fieldDefinition) }],
      CustomTxnNumbers: preferences.customTxnNumbers,
      AllowDeposit: true,
      AllowDiscount: true,
      AllowShipping: false,
      AutoApplyCredit: preferences.autoApplyCredit,
      AutoApplyPayments: false,
      DefaultTerms: { value: '1' },
    },
    TaxPrefs: withoutUndefined({
      UsingSalesTax: preferences.usingSalesTax,
      PartnerTaxEnabled: preferences.partnerTax ? true : undefined,
    }),
    CurrencyPrefs: { MultiCurrencyEnabled: false, HomeCurrency: { value: 'USD' } },
    domain: 'QBO',
    sparse: false,
    Id: '1',
    SyncToken: '0',
    MetaData: times(books),
  };
}

function fieldDefinition(name: string, index: number) {
  return { Name: `SalesFormsPrefs.SalesCustomName${index + 1}`, Type: 'StringType', StringValue: name };
}

function times(books: Books) {
  return { CreateTime: metaTime(books.createdAt), LastUpdatedTime: metaTime(books.createdAt) };
}
