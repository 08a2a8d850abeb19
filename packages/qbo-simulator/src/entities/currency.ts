import type { Books } from '../books/books.ts';
import type { BookRecord, Ref, Sent } from '../books/records.ts';
import { faults } from '../faults.ts';

const HOME: Readonly<Record<string, string>> = { US: 'USD', CA: 'CAD', GB: 'GBP', AU: 'AUD', MX: 'MXN' };
const NAMES: Readonly<Record<string, string>> = {
  USD: 'United States Dollar',
  CAD: 'Canadian Dollar',
  GBP: 'British Pound Sterling',
  AUD: 'Australian Dollar',
  EUR: 'Euro',
  MXN: 'Mexican Peso',
};

/** The currency in which the books are kept. */
export function homeCurrency(books: Books): string {
  return HOME[books.country] ?? 'USD';
}

/** A reference to a currency, with its name as QuickBooks returns it. */
export function currencyRef(value: string): Ref {
  return { value, ...(NAMES[value] === undefined ? {} : { name: NAMES[value] }) };
}

/** A customer's currency: chosen once, when it is created. */
export function customerCurrency(books: Books, sent: Sent, before: BookRecord | undefined): Ref {
  const kept = (before?.CurrencyRef ?? sent.CurrencyRef) as Ref | undefined;
  return currencyRef(books.preferences.multicurrency ? (kept?.value ?? homeCurrency(books)) : homeCurrency(books));
}

/**
 * The currency of a transaction: the customer's. Where several currencies are in use, it has to be sent. (So documented. How a
 * difference is refused is assumed.)
 */
export function currencyHere(books: Books, sent: Sent, customer: BookRecord | undefined): Ref {
  const home = homeCurrency(books);
  if (!books.preferences.multicurrency) return currencyRef(home);
  const stated = (sent.CurrencyRef as Ref | undefined)?.value;
  if (stated === undefined) throw faults.missing('CurrencyRef');
  const own = (customer?.CurrencyRef as Ref | undefined)?.value ?? home;
  if (stated !== own) throw faults.business('The currency of the transaction must be the currency of the customer.');
  return currencyRef(own);
}
