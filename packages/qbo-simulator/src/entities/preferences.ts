import type { Books } from '../books/books.ts';
import type { BookRecord } from '../books/records.ts';
import { metaTime } from '../clock.ts';
import { withoutUndefined } from './checks.ts';
import { homeCurrency } from './currency.ts';

/** The company's preferences, which the API returns but does not write. Those that the simulator does not use are usual ones. */
export function preferencesView(books: Books): BookRecord {
  const preferences = books.preferences;
  const time = metaTime(books.createdAt);
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
    ProductAndServicesPrefs: { ForSales: true, ForPurchase: true, QuantityWithPriceAndRate: true, QuantityOnHand: false },
    SalesFormsPrefs: {
      CustomField: preferences.customFields.length === 0 ? [] : [{ CustomField: preferences.customFields.map(fieldDefinition) }],
      CustomTxnNumbers: preferences.customTxnNumbers,
      AllowDeposit: true,
      AllowDiscount: true,
      AllowEstimates: true,
      AllowServiceDate: false,
      AllowShipping: false,
      AutoApplyCredit: preferences.autoApplyCredit,
      AutoApplyPayments: false,
      DefaultTerms: { value: '1' },
      EmailCopyToCompany: false,
      ETransactionAttachPDF: false,
      ETransactionEnabledStatus: 'NotApplicable',
      ETransactionPaymentEnabled: false,
      IPNSupportEnabled: false,
      UsingPriceLevels: false,
      DefaultCustomerMessage: THANKS,
    },
    EmailMessagesPrefs: {
      InvoiceMessage: message(books, 'Invoice'),
      EstimateMessage: message(books, 'Estimate'),
      SalesReceiptMessage: message(books, 'Sales Receipt'),
      StatementMessage: message(books, 'Statement'),
    },
    VendorAndPurchasesPrefs: { TrackingByCustomer: false, BillableExpenseTracking: false, POCustomField: [] },
    TimeTrackingPrefs: {
      UseServices: true,
      BillCustomers: true,
      ShowBillRateToAll: false,
      WorkWeekStartDate: 'Monday',
      MarkTimeEntriesBillable: false,
    },
    TaxPrefs: withoutUndefined({
      UsingSalesTax: preferences.usingSalesTax,
      PartnerTaxEnabled: preferences.partnerTax ? true : undefined,
    }),
    CurrencyPrefs: { MultiCurrencyEnabled: preferences.multicurrency, HomeCurrency: { value: homeCurrency(books) } },
    ReportPrefs: { ReportBasis: 'Accrual', CalcAgingReportFromTxnDate: false },
    OtherPrefs: { NameValue: [{ Name: 'SalesFormsPrefs.DefaultCustomerMessage', Value: THANKS }] },
    domain: 'QBO',
    sparse: false,
    Id: '1',
    SyncToken: '0',
    MetaData: { CreateTime: time, LastUpdatedTime: time },
  };
}

const THANKS = 'Thank you for your business and have a great day!';

function message({ companyName }: Books, form: string) {
  return { Subject: `${form} from ${companyName}`, Message: `Your ${form.toLowerCase()} is attached.` };
}

function fieldDefinition(name: string, index: number) {
  return { Name: `SalesFormsPrefs.SalesCustomName${index + 1}`, Type: 'StringType', StringValue: name };
}
