import { type Address, type BooksSettings, TAX_MODES } from '@ledgerpost/core';
import { accountsWithFees, booksSettings, recordSchemas } from '@ledgerpost/core/schemas';
import { z } from 'zod';

export interface QboSettings extends BooksSettings {
  readonly useOfLimits: number;
  readonly tax?: BooksSettings['tax'] & { readonly exemptionReason?: string | undefined };
  /** The company's own address. */
  readonly shipFrom?: Address | undefined;
  /** The custom field of sales forms that holds the job's number. */
  readonly jobField?: string | undefined;
}

const name = z.string().min(1).max(500);

/** The reasons that QuickBooks knows for an exemption, by its own numbers. */
const EXEMPTION_REASONS = Array.from({ length: 15 }, (_, at) => `${at + 1}`) as [string, ...string[]];

/** The admin's form: the books' settings, sales tax, and how much of QuickBooks' request limit is used. `{}` is complete. */
export const qboSettings = booksSettings.extend({
  accounts: accountsWithFees,
  tax: z
    .strictObject({
      mode: z
        .enum(TAX_MODES)
        .default('stated')
        .describe(
          'stated: our tax is sent, and QuickBooks keeps it; books: QuickBooks computes the tax, which is kept beside ours; line: our tax is a line on a liability account, and nothing is taxable.',
        ),
      code: name.optional().describe('Tax code for a tax without a mapping, in books with automated sales tax. Absent: none.'),
      item: name.optional().describe('Mode line: the product or service of the tax line. Absent: Sales Tax.'),
      account: name.optional().describe('Mode line: the liability account of the tax line, by its full name.'),
      exemptionReason: z
        .enum(EXEMPTION_REASONS)
        .optional()
        .describe(
          'QuickBooks’ number of the reason with which exempt customers are created under automated sales tax: 1 federal, 2 state, 3 local, 4 tribal government, 5 charity, 6 religious, 7 educational organization, 8 hospital, 9 resale, 10 direct pay permit, 11 multiple points of use, 12 direct mail, 13 agriculture, 14 industry, 15 foreign diplomat. It states a legal ground, so there is no default.',
        ),
    })
    .prefault({})
    .describe('Sales tax.'),
  shipFrom: recordSchemas.customer.shape.billingAddress.describe(
    'The company’s own address. Some states tax a sale where it is shipped from. Absent: QuickBooks uses the company’s address.',
  ),
  departments: z
    .record(z.string(), name)
    .optional()
    .describe(
      'Department in the field-service system → location in QuickBooks. One that is not listed goes by its own name, and is left out where QuickBooks has no such location.',
    ),
  jobField: name.optional().describe('Custom field of sales forms for the job’s number. Absent: a line of the private note.'),
  useOfLimits: z
    .number()
    .gt(0)
    .max(1)
    .default(0.9)
    .describe(
      'The share of QuickBooks’ request limit that Ledgerpost uses, between 0 and 1. The rest is left for the company’s other apps.',
    )
    .meta({ forOperators: true }),
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
