import { creditMemo } from './entities/credit-memo.ts';
import { deposit } from './entities/deposit.ts';
import { invoice } from './entities/invoice.ts';
import { journalEntry } from './entities/journal-entry.ts';
import { account, department, item, klass, paymentMethod, taxCode, term } from './entities/lists.ts';
import { payment } from './entities/payment.ts';
import { customer, employee, vendor } from './entities/people.ts';
import { refundReceipt } from './entities/refund-receipt.ts';
import type { Kind } from './kind.ts';

/** Every kind of record that the simulator keeps. CompanyInfo and Preferences are told beside them. */
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
  invoice,
  payment,
  creditMemo,
  refundReceipt,
  journalEntry,
  deposit,
];

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
