import { type AnyTarget, type CompanyFacts, ITEM_STATES } from '@ledgerpost/core';
import { type BatchReport, type BatchView, FINDINGS, type ReportItem } from '@ledgerpost/store';
import { z } from 'zod';
import { batchState } from '../views/batch-view.ts';
import { amount, batchedRef, instant, operation } from '../views/views.ts';

const sum = { documents: z.number().int(), amount };

const beside = {
  ours: z.object(sum).describe('What the batch posted'),
  books: z
    .object({
      ...sum,
      of: z.object(sum).describe('Those of ours that the books reported: compare the books’ amount with these'),
      difference: amount.describe('The books’ amount less those of ours that the books reported'),
    })
    .nullable()
    .describe('What the books hold; null: the books reported none of these documents'),
};

function rows<T extends z.ZodRawShape>(shape: T) {
  return z.array(z.object({ ...shape, ...beside })).readonly();
}

export const reportItemView = z
  .object({
    seq: z.number().int(),
    record: batchedRef,
    operation,
    number: z.string(),
    date: z.string(),
    customer: z.string().nullable().describe('Our name of today'),
    customerExternalId: z.string().nullable().describe('Of the customer in the books'),
    department: z.string().nullable(),
    state: z.enum(ITEM_STATES),
    amount: amount.describe('Ours'),
    externalId: z.string().nullable(),
    finding: z.enum(FINDINGS).nullable().describe('Null: not checked'),
    booksTotal: amount.nullable().describe('The total in the books, 0 if the document was deleted; null: unknown'),
    messages: z.array(z.string()).readonly(),
  })
  .meta({ id: 'ReportItem' });

/** A batch's totals, ours beside the books'. */
export const reportView = z
  .object({
    batch: z.object({
      id: z.uuid(),
      name: z.string(),
      state: batchState,
      target: z.string(),
      targetName: z.string(),
      startedBy: z.string(),
      startedAt: instant,
      endedAt: instant.nullable(),
      confirmedBy: z.string().nullable().describe('The person who confirmed that the files were loaded'),
      confirmedAt: instant.nullable(),
    }),
    company: z.object({ id: z.string(), name: z.string(), timeZone: z.string(), currency: z.string() }),
    books: z
      .object({
        by: z.enum(['target', 'hand']).describe('Whether the target is read through its interface, or a person reads the books'),
        how: z.string().describe('How to find out what the books hold, in a few sentences'),
        verification: z
          .object({
            run: z.number().int(),
            state: z.enum(['running', 'done', 'failed']),
            startedBy: z.string(),
            startedAt: instant,
            endedAt: instant.nullable(),
            reason: z.object({ code: z.string(), message: z.string() }).nullable(),
          })
          .nullable()
          .describe('The verification that read the books’ side; null: there is none yet, or none is possible'),
        looked: z.number().int().describe('Documents that it checked'),
        linesTold: z.number().int().describe('Documents of which accounts, classes, tax and deposits are known too'),
        superseded: z.number().int().describe('Documents that a newer batch replaced: they are checked with that batch'),
      })
      .describe('How the books’ side was read'),
    documents: z.number().int().describe('Documents that the batch posted, without those that were undone'),
    outcomes: z.array(z.object({ state: z.enum(ITEM_STATES), ...sum })).readonly(),
    operations: rows({ operation }),
    accounts: rows({
      role: z.enum(['income', 'tax', 'receivable', 'deposit', 'refund', 'fee']),
      account: z.string().nullable().describe('By its full name; null: the books’ own account for that role'),
      class: z.string().nullable(),
    }).describe('Debits are above zero, credits below; the sum of either side is zero'),
    classes: rows({ class: z.string().nullable() }).describe('Lines of invoices less lines of credit memos, without tax'),
    departments: rows({
      department: z.string().nullable().describe('The document’s department when it was batched'),
      kind: z.enum(['invoice', 'payment', 'journal', 'creditMemo']),
    }),
    taxes: rows({ code: z.string().nullable().describe('The tax code in the books; null: none is mapped') }).describe(
      'Tax of invoices less tax of credit memos',
    ),
    agencies: rows({ agency: z.string().nullable().describe('Null: our tax that is not divided by agency') }).describe(
      'Tax of invoices less tax of credit memos, where the books tell which agency it is owed to',
    ),
    deposits: rows({ account: z.string().nullable().describe('Null: the books’ own') }).describe('Payments by deposit account'),
    differing: z
      .object({ count: z.number().int(), rows: z.array(reportItemView).readonly() })
      .describe('Documents that differ in the books; the first of them'),
  })
  .meta({ id: 'BatchReport' });

export type ReportView = z.output<typeof reportView>;

/** A report for an answer. `target` is undefined if it is not installed any more. */
export function showReport(
  { company, batch, target }: { company: CompanyFacts; batch: BatchView; target: AnyTarget | undefined },
  { verification, looked, linesTold, superseded, differing, ...sums }: BatchReport,
  first: readonly ReportItem[],
): ReportView {
  const { id, name, state, startedBy, startedAt, endedAt, confirmedBy, confirmedAt } = batch;
  const targetName = target?.name ?? batch.target;
  return {
    batch: { id, name, state, target: batch.target, targetName, startedBy, startedAt, endedAt, confirmedBy, confirmedAt },
    company: { id: company.id, name: company.name, timeZone: company.timeZone, currency: company.currency },
    books: {
      ...howToAsk(target, targetName),
      verification:
        verification === undefined
          ? null
          : {
              run: verification.run,
              state: verification.state,
              startedBy: verification.startedBy,
              startedAt: verification.startedAt,
              endedAt: verification.endedAt,
              reason: verification.reason,
            },
      looked,
      linesTold,
      superseded,
    },
    ...sums,
    departments: sums.departments as ReportView['departments'],
    differing: { count: differing, rows: first as ReportView['differing']['rows'] },
  };
}

function howToAsk(target: AnyTarget | undefined, name: string): Pick<ReportView['books'], 'by' | 'how'> {
  if (target === undefined) return { by: 'hand', how: `${name} is not installed any more, so its books can’t be read.` };
  if (target.readback.by === 'hand') return { by: 'hand', how: target.readback.instructions };
  return { by: 'target', how: `Verify the batch: this reads the documents in ${name} and changes nothing.` };
}
