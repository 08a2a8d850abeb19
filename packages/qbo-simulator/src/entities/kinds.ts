import { withFreshNames } from '../books/fresh-names.ts';
import { creditMemo } from './credit-memo.ts';
import { deposit } from './deposit.ts';
import { estimate } from './estimate.ts';
import { invoice } from './invoice.ts';
import { journalEntry } from './journal-entry.ts';
import type { Kind } from './kind.ts';
import { account, department, item, klass, paymentMethod, taxAgency, taxCode, taxRate, term } from './lists.ts';
import { payment } from './payment.ts';
import { customer, employee, vendor } from './people.ts';
import { refundReceipt } from './refund-receipt.ts';
import { salesReceipt } from './sales-receipt.ts';

/** Every kind of record that the simulator keeps. CompanyInfo and Preferences are separate. */
export const kinds: readonly Kind[] = [
  customer,
  vendor,
  employee,
  item,
  account,
  klass,
  department,
  paymentMethod,
  term,
  taxCode,
  taxRate,
  taxAgency,
  invoice,
  payment,
  creditMemo,
  refundReceipt,
  journalEntry,
  deposit,
  estimate,
  salesReceipt,
].map((kind: Kind) =>
  kind.sort === 'transaction' ? { ...kind, view: (books, record) => withFreshNames(books, kind.view(books, record)) } : kind,
);

const byName = new Map(kinds.map((kind) => [kind.name, kind]));
const byLowerName = new Map(kinds.map((kind) => [kind.name.toLowerCase(), kind]));

/** A kind by its exact name. */
export function kindNamed(name: string): Kind | undefined {
  return byName.get(name);
}

/** A kind by its resource name, or by its name in any case. */
export function kindAt(name: string): Kind | undefined {
  return byLowerName.get(name.toLowerCase());
}
