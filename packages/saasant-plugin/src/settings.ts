import { type BooksSettings, DATE_FORMATS, type DateFormat } from '@ledgerpost/core';
import { accountsWithFees, booksSettings } from '@ledgerpost/core/schemas';
import { z } from 'zod';
import { PROFILE_IDS, type ProfileId } from './profiles.ts';

export interface SaasantSettings extends BooksSettings {
  readonly profile: ProfileId;
  readonly headers: 'trimmed' | 'template';
  readonly dateFormat: DateFormat;
  /** Absent in batches from before this setting existed: `headers`. */
  readonly emptyFiles?: 'headers' | 'omit';
}

/** The admin's form: the books' settings, and how the files are spelled. `{}` is complete. */
export const saasantSettings = booksSettings
  .extend({
    accounts: accountsWithFees,
    profile: z
      .enum(PROFILE_IDS)
      .default('quickbooks-online-us')
      .describe('The QuickBooks edition that SaasAnt loads into. QuickBooks Desktop accepts numbers of up to 11 characters.'),
    headers: z
      .enum(['trimmed', 'template'])
      .default('trimmed')
      .describe('How headers are spelled: without extra spaces, or exactly as in SaasAnt’s templates.'),
    dateFormat: z
      .enum(DATE_FORMATS)
      .default('MM/DD/YYYY')
      .describe('How dates are written. Use the date format of your SaasAnt import settings.'),
    emptyFiles: z
      .enum(['headers', 'omit'])
      .default('headers')
      .describe('Whether a file without rows is included with its headers, or left out.'),
  })
  .refine((settings) => settings.policy.voids !== 'void', {
    path: ['policy', 'voids'],
    message: 'Files can’t void an invoice. Choose "update" (an update to zero) or "credit-memo".',
  }) as unknown as z.ZodType<SaasantSettings>;
