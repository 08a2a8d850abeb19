import { type Books, type Preferences, recordsOf } from '../books/books.ts';
import type { BookRecord, Line, Ref, Sent } from '../books/records.ts';
import { rateName } from '../books/tax-lists.ts';
import { faults } from '../faults.ts';
import { amount, cents, percentOf } from '../money.ts';
import { follow, withoutUndefined } from './checks.ts';
import { COMPANY_ADDRESS } from './company.ts';

/** One agency's share of the tax that is due at a place. */
interface Share {
  readonly rate: string;
  readonly percent: number;
}

interface Amounts {
  readonly lines: readonly Line[];
  readonly subtotal: number;
  readonly discount: number;
}

/** The tax of a sales form: stated where the books keep what is stated, else computed from the taxable lines. */
export function settleTax(books: Books, sent: Sent, customer: BookRecord | undefined, amounts: Amounts) {
  const { usingSalesTax, partnerTax, partnerTaxDrift } = books.preferences;
  if (!usingSalesTax) return { TotalTax: 0 };
  const code = sent.TxnTaxDetail?.TxnTaxCodeRef;
  const base = taxableBase(sent, amounts);
  const taxed = amounts.lines.some(isTaxed);
  if (!partnerTax) {
    const taxCode = follow(books, 'TaxCode', code);
    const percent = Number(taxCode?.percent ?? 0);
    const stated = statedOn(books, sent, taxed);
    return taxDetail(code, stated ?? percentOf(base, percent), base, [{ rate: code?.value ?? '1', percent }]);
  }
  const shares = sharesAt(books, addressOf(books, sent, customer), code);
  const percent = shares.reduce((sum, share) => sum + share.percent, 0);
  const stated = shares.length === 0 ? undefined : overrideOf(books, sent, taxed);
  const computed = percentOf(base, Number(percent.toPrecision(12)));
  return taxDetail(code, (stated ?? computed) + (shares.length === 0 ? 0 : partnerTaxDrift), base, shares);
}

function taxableBase(sent: Sent, { lines, subtotal, discount }: Amounts): number {
  const ofTaxable = lines.reduce((sum, line) => sum + (isTaxed(line) ? cents(line.Amount) : 0), 0);
  if (sent.ApplyTaxAfterDiscount !== true || subtotal === 0) return ofTaxable;
  return ofTaxable - percentOf(discount, (100 * ofTaxable) / subtotal);
}

function isTaxed(line: Line): boolean {
  return line.SalesItemLineDetail?.TaxCodeRef?.value === 'TAX' && cents(line.Amount) !== 0;
}

/** The stated tax as automated sales tax honours it; undefined: it computes its own. */
function overrideOf(books: Books, sent: Sent, taxed: boolean): number | undefined {
  const { TotalTax: stated, TxnTaxCodeRef: code } = sent.TxnTaxDetail ?? {};
  switch (books.switches().astOverride) {
    case 'needs-code':
      return code === undefined ? undefined : statedOn(books, sent, taxed);
    case 'total-suffices':
      return stated === undefined ? undefined : cents(stated);
    case 'needs-taxable-line':
      return statedOn(books, sent, taxed);
    case 'ignored':
      return undefined;
  }
}

/** The stated tax, unless nothing is taxable: then it is refused or dropped. */
function statedOn(books: Books, sent: Sent, taxed: boolean): number | undefined {
  const stated = sent.TxnTaxDetail?.TotalTax;
  if (stated === undefined) return undefined;
  if (taxed || cents(stated) === 0) return cents(stated);
  if (books.switches().statedTaxOnNothing === 'refuse') {
    throw faults.business('Sales tax can only be charged where at least one line is taxable.');
  }
  return undefined;
}

/** Where the tax is due: the form's shipping address, else, as the switch decides, the customer's, else the company's. */
function addressOf(books: Books, sent: Sent, customer: BookRecord | undefined): Place {
  const own = [sent.ShipAddr, customer?.ShipAddr];
  const fallbacks = books.switches().astFallback === 'customer' ? [sent.BillAddr, customer?.BillAddr] : [];
  const found = [...own, ...fallbacks].find((one) => hasPlace(one as Place | undefined));
  return (found as Place | undefined) ?? COMPANY_ADDRESS;
}

interface Place {
  readonly CountrySubDivisionCode?: string;
  readonly PostalCode?: string;
}

function hasPlace(place: Place | undefined): boolean {
  return [place?.CountrySubDivisionCode, place?.PostalCode].some((one) => one !== undefined && one !== '');
}

/** Whose tax is due at a place. Nobody's where the company is not registered in the state. */
function sharesAt(books: Books, place: Place, code: Ref | undefined): readonly Share[] {
  const { taxPlaces, taxStates, partnerTaxPercent } = books.preferences;
  const found = placeAt(taxPlaces, place);
  const state = found?.state ?? place.CountrySubDivisionCode?.trim().toUpperCase();
  if (taxStates !== undefined && (state === undefined || !taxStates.includes(state))) return [];
  if (taxPlaces.length === 0) return [{ rate: code?.value ?? '1', percent: partnerTaxPercent }];
  return (found?.agencies ?? []).map(({ name, percent }) => ({ rate: rateOf(books, name, percent), percent }));
}

/** The entry with the longest matching postal code, else the state's. */
function placeAt(places: Preferences['taxPlaces'], { PostalCode = '', CountrySubDivisionCode = '' }: Place) {
  const state = CountrySubDivisionCode.trim().toUpperCase();
  const lengthOf = (place: Preferences['taxPlaces'][number]) =>
    Math.max(0, ...(place.postalCodes ?? []).filter((code) => PostalCode.trim().startsWith(code)).map(({ length }) => length));
  const byCode = places
    .filter((place) => lengthOf(place) > 0 && (state === '' || place.state === state))
    .sort((a, b) => lengthOf(b) - lengthOf(a));
  return byCode[0] ?? places.find((place) => place.state === state && (place.postalCodes ?? []).length === 0);
}

function rateOf(books: Books, agency: string, percent: number): string {
  return recordsOf(books, 'TaxRate').find((one) => one.Name === rateName(agency, percent))?.Id ?? '1';
}

function taxDetail(code: Ref | undefined, tax: number, base: number, shares: readonly Share[]) {
  if (code === undefined && tax === 0) return { TotalTax: 0 };
  const parts = prorated(tax, shares);
  return withoutUndefined({
    TxnTaxCodeRef: code === undefined ? undefined : { value: code.value },
    TotalTax: amount(tax),
    TaxLine: shares.map(({ rate, percent }, at) => ({
      Amount: amount(parts[at] ?? 0),
      DetailType: 'TaxLineDetail',
      TaxLineDetail: {
        TaxRateRef: { value: rate },
        PercentBased: true,
        TaxPercent: percent,
        NetAmountTaxable: amount(base),
      },
    })),
  });
}

/** The tax by agency, in proportion to their rates; the last one gets what rounding leaves. */
function prorated(tax: number, shares: readonly Share[]): readonly number[] {
  const all = shares.reduce((sum, { percent }) => sum + percent, 0);
  let left = tax;
  return shares.map(({ percent }, at) => {
    const part = at === shares.length - 1 ? left : percentOf(tax, all === 0 ? 0 : (100 * percent) / all);
    left -= part;
    return part;
  });
}
