import type { BooksSettings } from '@ledgerpost/core';
import { accountsWithFees, booksSettings } from '@ledgerpost/core/schemas';
import { z } from 'zod';

export interface PlaintextSettings extends BooksSettings {
  readonly journalAccounts: Readonly<Record<string, string>>;
  readonly openAccounts: boolean;
}

/** An account as both programs accept it: a root that beancount knows, then parts of letters, digits and hyphens. */
const ACCOUNT = /^(Assets|Liabilities|Equity|Income|Expenses)(:[A-Z0-9][A-Za-z0-9-]*)+$/;

/** The admin's form: the books' settings, and how accounts are called in the journal. `{}` is complete. */
export const plaintextSettings = booksSettings
  .extend({
    accounts: accountsWithFees,
    journalAccounts: z
      .record(z.string(), z.string().regex(ACCOUNT, 'An account is written like Assets:Accounts-Receivable.'))
      .default({})
      .describe(
        'Account in the books → account in the journal, such as Assets:Receivable. An account that is not listed is spelled from its name.',
      ),
    openAccounts: z
      .boolean()
      .default(true)
      .describe(
        'Whether each journal opens its accounts, as beancount requires. Turn this off if your ledger opens them itself.',
      ),
  })
  .refine((settings) => settings.policy.voids !== 'void', {
    path: ['policy', 'voids'],
    message: 'A journal can’t void an invoice. Choose "update" (an update to zero) or "credit-memo".',
  }) as unknown as z.ZodType<PlaintextSettings>;
