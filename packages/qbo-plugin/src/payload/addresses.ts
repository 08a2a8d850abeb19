import { type Address, type CreditMemoDocument, compact, type InvoiceDocument } from '@ledgerpost/core';
import type { Body, PostalAddress } from '../api/entities.ts';
import type { QboSettings } from './settings.ts';
import { transliterate } from './texts.ts';

/** The most characters that QuickBooks keeps of an address line, of a city or state, and of a postal code. */
const MAX = { line: 500, place: 255, postalCode: 30 };

/** An address as QuickBooks stores it. Nobody's invoice is stopped for a long address: it is cut. */
export function addressBody({ line1, line2, line3, city, region, postalCode, country }: Address): PostalAddress {
  const text = (value: string | undefined, most: number) =>
    value === undefined || value.trim() === '' ? undefined : transliterate(value).slice(0, most);
  return compact<PostalAddress>({
    Line1: text(line1, MAX.line),
    Line2: text(line2, MAX.line),
    Line3: text(line3, MAX.line),
    City: text(city, MAX.place),
    CountrySubDivisionCode: text(region, MAX.place),
    PostalCode: text(postalCode, MAX.postalCode),
    Country: text(country, MAX.place),
  });
}

/**
 * The addresses of an invoice or credit memo. Automated sales tax is due at the shipping address. Without one, QuickBooks uses the
 * customer's or the company's, and the tax goes to the agencies there.
 */
export function addressesOf(
  { customer, shipTo }: InvoiceDocument | CreditMemoDocument,
  { shipFrom }: Pick<QboSettings, 'shipFrom'>,
): Pick<Body, 'BillAddr' | 'ShipAddr' | 'ShipFromAddr'> {
  const body = (address: Address | undefined) => {
    const found = address === undefined ? {} : addressBody(address);
    return Object.keys(found).length === 0 ? undefined : found;
  };
  return compact<Pick<Body, 'BillAddr' | 'ShipAddr' | 'ShipFromAddr'>>({
    BillAddr: body(customer?.billingAddress),
    ShipAddr: body(shipTo),
    ShipFromAddr: body(shipFrom),
  });
}
