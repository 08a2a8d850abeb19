import { type BooksSettings, DATE_FORMATS, type DateFormat } from '@ledgerpost/core';
import { booksSettings } from '@ledgerpost/core/schemas';
import { z } from 'zod';
import { PROFILE_IDS, type ProfileId } from './profiles.ts';

export interface SaasantSettings extends BooksSettings {
  readonly profile: ProfileId;
  readonly headers: 'trimmed' | 'template';
  readonly dateFormat: DateFormat;
  /** Absent in batches of before there was the choice: `headers`. */
  readonly emptyFiles?: 'headers' | 'omit';
}

/** The admin's form: the books' settings, and how the files are spelled. `{}` is complete. */
export const saasantSettings = booksSettings
  .extend({
    profile: z
      .enum(PROFILE_IDS)
      .default('quickbooks-online-us')
      .describe('The edition of QuickBooks that SaasAnt loads into. Desktop takes numbers of up to 11 characters.'),
    headers: z
      .enum(['trimmed', 'template'])
      .default('trimmed')
      .describe('How headers are spelled: without stray spaces, or to the character as in SaasAnt’s templates.'),
    dateFormat: z
      .enum(DATE_FORMATS)
      .default('MM/DD/YYYY')
      .describe('How dates are written. Must be the date format of your SaasAnt import settings.'),
    emptyFiles: z
      .enum(['headers', 'omit'])
      .default('headers')
      .describe('What becomes of a file that has no line: it is there with its headers alone, or left out.'),
  })
  .refine((settings) => settings.policy.voids !== 'void', {
    path: ['policy', 'voids'],
    message: 'Files can’t void an invoice. Choose "update" (an update to zero) or "credit-memo".',
  }) as unknown as z.ZodType<SaasantSettings>;
