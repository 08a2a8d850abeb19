import { z } from 'zod';

const limit = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional();

/** When a second person must approve a batch, as an admin sets it. */
export const approvalSettings = z
  .strictObject({
    required: z.boolean().default(false).describe('Whether a second person must approve before anything is sent.'),
    lapsesAfterHours: z
      .number()
      .int()
      .min(1)
      .max(720)
      .default(72)
      .describe('After how many hours without approval the batch lapses.'),
    above: z
      .strictObject({
        invoices: limit.describe('Invoices and credit memos of more than this many minor units (cents) in all.'),
        payments: limit.describe('Payments and refunds of more than this many minor units (cents) in all.'),
        documents: limit.describe('More than this many documents.'),
      })
      .optional()
      .describe(
        'A second person must approve a batch that is above one of these limits, also if approval is not always required.',
      ),
  })
  .prefault({})
  .describe('Approval.');
