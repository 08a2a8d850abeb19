import type { BooksSettings } from '@ledgerpost/core';
import { booksSettings } from '@ledgerpost/core/schemas';
import { z } from 'zod';

export interface QboSettings extends BooksSettings {
  readonly useOfLimits: number;
}

/** The admin's form: the books' settings, and how much of QuickBooks' request limit is used. `{}` is complete. */
export const qboSettings = booksSettings.extend({
  useOfLimits: z
    .number()
    .gt(0)
    .max(1)
    .default(0.9)
    .describe(
      'The share of QuickBooks’ request limit that Ledgerpost uses, between 0 and 1. The rest is left for the company’s other apps.',
    ),
}) as unknown as z.ZodType<QboSettings>;
