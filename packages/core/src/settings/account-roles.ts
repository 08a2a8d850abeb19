import type { BooksSettings } from './settings.ts';

/** The role of a default account. */
export type AccountRole = Exclude<keyof BooksSettings['accounts'], 'fees'>;

/** The types of account that payments can be deposited to. */
export const DEPOSIT_TYPES: readonly string[] = ['Bank', 'Other Current Asset'];
/** The types of account that refunds can be paid from. */
export const REFUND_TYPES: readonly string[] = ['Bank', 'Other Current Asset', 'Credit Card'];
/** The types of account for a journal's debit. */
export const RECEIVABLE_TYPES: readonly string[] = ['Accounts Receivable'];
/** The types of account that card fees can be posted to. */
export const FEE_TYPES: readonly string[] = ['Expense', 'Other Expense', 'Cost of Goods Sold'];
/** The types of account that sales tax can be posted to as a line: it is owed to an agency. */
export const TAX_TYPES: readonly string[] = ['Other Current Liability', 'Long Term Liability'];
/** The types of account that an item can never use. The books decide about the others. */
export const NEVER_ON_LINES: readonly string[] = ['Accounts Receivable', 'Accounts Payable'];

/** The types of account that income and discounts can't be posted to by default: these hold money, or what is owed. */
export const NEVER_INCOME: readonly string[] = [...NEVER_ON_LINES, 'Bank', 'Credit Card'];

/** The roles as the admin's card lists them, each with its types of account: one of `only`, and none of `never`. */
export const ACCOUNT_ROLES: Readonly<
  Record<AccountRole, { readonly name: string; readonly only?: readonly string[]; readonly never?: readonly string[] }>
> = {
  income: { name: 'Income', never: NEVER_INCOME },
  depositTo: { name: 'Payments', only: DEPOSIT_TYPES },
  refund: { name: 'Refunds', only: REFUND_TYPES },
  discount: { name: 'Discounts', never: NEVER_INCOME },
  receivable: { name: 'Accounts Receivable', only: RECEIVABLE_TYPES },
};

/** Whether an account of that type can have the role. */
export function fitsRole(role: AccountRole, type: string): boolean {
  const { only, never } = ACCOUNT_ROLES[role];
  if (only !== undefined && !only.some((one) => sameType(one, type))) return false;
  return never === undefined || !never.some((one) => sameType(one, type));
}

/** "Other Current Asset", "OtherCurrentAsset" and "other current asset" are one type. */
export function sameType(a: string, b: string): boolean {
  return lettersOf(a) === lettersOf(b);
}

function lettersOf(type: string): string {
  return type.replace(/[^A-Za-z]/g, '').toLowerCase();
}
