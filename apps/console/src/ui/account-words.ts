/** What an account is used for in a batch's ledger and report. */
export const ACCOUNT_ROLES = {
  income: 'Income',
  tax: 'Sales tax',
  receivable: 'Accounts receivable',
  deposit: 'Deposit',
  refund: 'Refund',
  fee: 'Card fees',
} as const;

/** Shown where the accounting system chooses the account itself. */
export const DEFAULT_ACCOUNT = 'Default account';
