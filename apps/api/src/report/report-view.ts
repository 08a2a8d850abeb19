import { type AnyTarget, type CompanyFacts, ITEM_STATES } from '@ledgerpost/core';
import { type BatchReport, type BatchView, FINDINGS, type ReportItem } from '@ledgerpost/store';
import { z } from 'zod';
import { batchState } from '../views/batch-view.ts';
import { amount, batchedRef, instant, operation } from '../views/views.ts';

const sum = { documents: z.number().int(), amount };

const beside = {
  ours: z.object(sum).describe('What the batch put there'),
  books: z
    .object({
      ...sum,
      of: z.object(sum).describe('Those of ours of which the books told: what theirs is to be held against'),
      difference: amount.describe('Theirs less those of ours of which they told'),
    })
    .nullable()
    .describe('What the books say; null: they told of none of these documents'),
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
    customer: z.string().nullable(),
    department: z.string().nullable(),
    state: z.enum(ITEM_STATES),
    amount: amount.describe('Ours'),
    externalId: z.string().nullable(),
    finding: z.enum(FINDINGS).nullable().describe('Null: not looked at'),
    booksTotal: amount.nullable().describe('The total as the books hold it, 0 if it is gone; null: not known'),
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
      confirmedBy: z.string().nullable().describe('Who says that the files were loaded'),
      confirmedAt: instant.nullable(),
    }),
    company: z.object({ id: z.string(), name: z.string(), timeZone: z.string(), currency: z.string() }),
    books: z
      .object({
        by: z.enum(['target', 'hand']).describe('Whether the target can be asked, or a person has to look'),
        how: z.string().describe('How one learns what the books say, in a few sentences'),
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
          .describe('Which read the books’ side; null: nobody asked yet, or nobody can'),
        looked: z.number().int().describe('Documents that it looked at'),
        linesTold: z.number().int().describe('Documents of which accounts, classes, tax and deposits are known too'),
        superseded: z.number().int().describe('Documents that a newer batch replaced: they are looked at with that one'),
      })
      .describe('Where the books’ side comes from'),
    documents: z.number().int().describe('What the batch put into the books, less what was taken back'),
    outcomes: z.array(z.object({ state: z.enum(ITEM_STATES), ...sum })).readonly(),
    operations: rows({ operation }),
    accounts: rows({
      role: z.enum(['income', 'tax', 'receivable', 'deposit', 'refund']),
      account: z.string().nullable().describe('By its full name; null: the books’ own account for that role'),
      class: z.string().nullable(),
    }).describe('Debits are above zero, credits below; either side comes to zero'),
    classes: rows({ class: z.string().nullable() }).describe('Lines of invoices less those of credit memos, without tax'),
    departments: rows({
      department: z.string().nullable().describe('That of the document when it was batched'),
      kind: z.enum(['invoice', 'payment', 'journal', 'creditMemo']),
    }),
    taxes: rows({ code: z.string().nullable().describe('The tax code there; null: none is mapped') }).describe(
      'Of invoices less that of credit memos',
    ),
    deposits: rows({ account: z.string().nullable().describe('Null: the books’ own') }).describe('Payments by where they go'),
    differing: z
      .object({ count: z.number().int(), rows: z.array(reportItemView).readonly() })
      .describe('Documents of which the books hold something else than ours; the first of them'),
  })
  .meta({ id: 'BatchReport' });

export type ReportView = z.output<typeof reportView>;

/** A report for an answer. `target` is undefined where it is installed no more. */
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
  if (target === undefined) return { by: 'hand', how: `The target ${name} is not installed any more: nobody here can ask it.` };
  if (target.readback.by === 'hand') return { by: 'hand', how: target.readback.instructions };
  return { by: 'target', how: `Verify the batch: that reads in ${name} what it holds of these documents, and writes nothing.` };
}
