import { metaTime } from '../clock.ts';
import { type Books, putRecord, recordsOf, takeId } from './books.ts';
import type { AccountSeed } from './chart.ts';
import type { BookRecord, Ref } from './records.ts';

/** Tax codes with a rate that every company has unless it names its own. */
export const usualTaxCodes = [
  { name: 'California', percent: 8 },
  { name: 'Tucson', percent: 9.1 },
];

/** The API can't make tax codes, so they are put in place: the pseudo codes of US lines, and those with a rate. */
export function makeTaxCodes(books: Books, rated: readonly { readonly name: string; readonly percent: number }[]): void {
  const now = metaTime(books.clock.now());
  for (const { id, name, taxable, percent } of [
    { id: 'TAX', name: 'TAX', taxable: true, percent: 0 },
    { id: 'NON', name: 'NON', taxable: false, percent: 0 },
    ...rated.map((one, index) => ({ ...one, id: String(index + 2), taxable: true })),
  ]) {
    const record: BookRecord = {
      Name: name,
      Description: name,
      Active: true,
      Taxable: taxable,
      TaxGroup: percent !== 0,
      percent,
      ...(percent === 0
        ? {}
        : {
            SalesTaxRateList: {
              TaxRateDetail: [{ TaxRateRef: { value: id, name }, TaxTypeApplicable: 'TaxOnAmount', TaxOrder: 0 }],
            },
            PurchaseTaxRateList: { TaxRateDetail: [] },
          }),
      domain: 'QBO',
      sparse: false,
      Id: id,
      SyncToken: '0',
      MetaData: { CreateTime: now, LastUpdatedTime: now },
    };
    putRecord(books, 'TaxCode', record);
  }
}

/** The agencies and rates behind automated sales tax, and their payable accounts. Those that are there already stay. */
export function makeTaxRates(books: Books, makeAccount: (account: AccountSeed) => unknown): void {
  const now = metaTime(books.clock.now());
  const head = {
    Active: true,
    domain: 'QBO',
    sparse: false,
    SyncToken: '0',
    MetaData: { CreateTime: now, LastUpdatedTime: now },
  } as const;
  for (const { agencies } of books.preferences.taxPlaces) {
    for (const { name, percent } of agencies) {
      const known = recordsOf(books, 'TaxAgency').find(({ DisplayName }) => DisplayName === name);
      const agency = known?.Id ?? takeId(books, 'TaxAgency');
      if (known === undefined) putRecord(books, 'TaxAgency', { ...head, Id: agency, DisplayName: name });
      const payable = payableName(name);
      if (!recordsOf(books, 'Account').some(({ Name }) => Name === payable))
        makeAccount({ Name: payable, AccountType: 'Other Current Liability', AccountSubType: 'SalesTaxPayable' });
      const rate = rateName(name, percent);
      if (recordsOf(books, 'TaxRate').some(({ Name }) => Name === rate)) continue;
      const record = { ...head, Id: takeId(books, 'TaxRate'), Name: rate, RateValue: percent, AgencyRef: { value: agency } };
      putRecord(books, 'TaxRate', record);
    }
  }
}

/** A rate's name. Agencies may have several rates. */
export function rateName(agency: string, percent: number): string {
  return `${agency} ${percent}%`;
}

/** The name of the account on which an agency's tax is owed. */
function payableName(agency: string): string {
  return `${agency} Payable`;
}

/** The account on which the tax of a rate is owed; undefined: the rate has no agency of its own. */
export function payableOf(books: Books, rate: string | undefined): string | undefined {
  const of = (recordsOf(books, 'TaxRate').find(({ Id }) => Id === rate)?.AgencyRef as Ref | undefined)?.value;
  const agency = of === undefined ? undefined : recordsOf(books, 'TaxAgency').find(({ Id }) => Id === of)?.DisplayName;
  if (agency === undefined) return undefined;
  return recordsOf(books, 'Account').find(({ Name }) => Name === payableName(agency))?.Id;
}
