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
  names: z
    .object({
      follow: z
        .enum(['books', 'source'])
        .default('books')
        .describe(
          'When a customer, product or service gets a new name in the field-service system: `books` leaves its name in QuickBooks, `source` renames it there with the next document.',
        ),
      nonLatin1: z
        .enum(['auto', 'kept', 'plain'])
        .default('auto')
        .describe(
          'How new names with characters outside Latin-1 are written, as in Nguyễn: `kept` as they are, `plain` in plain letters, `auto` as they are if QuickBooks has such a name already.',
        ),
      another: z
        .enum(['number', 'address', 'phone'])
        .default('number')
        .describe(
          'What is added to the name of a second customer of one name, so that QuickBooks can tell the two apart: a number, the address or the phone number.',
        ),
    })
    .prefault({})
    .describe('Names of customers, products and services in QuickBooks.'),
  items: z
    .object({
      account: z
        .enum(['books', 'mapping'])
        .default('books')
        .describe(
          'If a product or service in QuickBooks is on another account than the settings map it to: `books` lets its own account decide, with a notice; `mapping` stops the document.',
        ),
    })
    .prefault({})
    .describe('Products and services in QuickBooks.'),
}) as unknown as z.ZodType<QboSettings>;
