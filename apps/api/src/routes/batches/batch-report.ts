import { type CompanyFacts, isOpen, Refusal } from '@ledgerpost/core';
import { type BatchView, getBatch, onOneState, reportItems, reportOf, type Sql } from '@ledgerpost/store';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { type ReportView, reportView, showReport } from '../../report/report-view.ts';
import { reportWorkbook } from '../../report/workbook.ts';
import { batchParams, errorAnswers } from '../../views/views.ts';
import { batchOf } from '../look-ups.ts';
import { attachment } from './batch-files.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** How many of the differing documents come with the sums; all are in the workbook. */
const FIRST = 200;
const PAGE = 1_000;

/** A batch's totals, ours beside the books'. */
export function batchReportRoutes(app: App, { store, targets, reads }: RouteDeps): void {
  app.get(
    '/v1/companies/:company/batches/:batch/report',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['batches'],
        summary: 'A batch’s totals by kind, account, class, department, tax and deposit account, beside those of the books',
        description:
          '`ours` is what the batch posted. `books` is what the newest verification read in the books, and null where it read nothing. Available once the batch has ended.',
        params: batchParams,
        response: { 200: reportView, ...errorAnswers },
      },
    },
    async (request) => (await reportFor(request)).view,
  );

  app.get(
    '/v1/companies/:company/batches/:batch/report.xlsx',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['batches'],
        summary: 'The report as a workbook, with every document',
        description: 'The same batch and verification give the same bytes. Refused while a verification is running.',
        params: batchParams,
        response: {
          200: { description: 'The workbook', content: { [XLSX]: { schema: z.string() } } },
          ...errorAnswers,
        },
      },
    },
    async (request, reply) => {
      const { view, batch } = await reportFor(request);
      if (view.books.verification?.state === 'running') {
        throw new Refusal(
          'verification-open',
          `The batch "${batch.name}" is being verified. Ask for its report when the verification ends.`,
        );
      }
      // Made before it is sent: a slow client holds up nothing but its own few compressed bytes.
      const bytes = await reportWorkbook(view, itemsOf(store.sql, batch, view));
      await unchanged(batch);
      return reply
        .header('Content-Type', XLSX)
        .header('Cache-Control', 'private, no-store')
        .header('Content-Disposition', attachment(`${batch.name} report.xlsx`))
        .send(bytes as never);
    },
  );

  async function reportFor(request: FastifyRequest): Promise<{ view: ReportView; batch: BatchView }> {
    const { id } = await batchOf(store, request.company.id, (request.params as { batch: string }).batch);
    const question = JSON.stringify(['report', id, request.company]);
    return reads.ask(request.company.id, question, () => readReport(request.company, id));
  }

  function readReport(company: CompanyFacts, id: string): Promise<{ view: ReportView; batch: BatchView }> {
    return onOneState(store, async (sql) => {
      const batch = (await getBatch(sql, company.id, id))!;
      if (isOpen(batch.state)) {
        throw new Refusal(
          'illegal-move',
          `The batch "${batch.name}" is ${batch.state}. Its report is available once it has ended.`,
          {
            state: batch.state,
          },
        );
      }
      const report = await reportOf(sql, id);
      const only = { batchId: id, run: report.verification?.run, only: 'differing', afterSeq: 0, limit: FIRST } as const;
      const first = report.differing === 0 ? [] : await reportItems(sql, only);
      const target = targets.find((one) => one.id === batch.target);
      return { view: showReport({ company, batch, target }, report, first), batch };
    });
  }

  /** Sums and documents are read one after the other: a workbook of two states must not go out. */
  async function unchanged({ companyId, id, name, version }: BatchView): Promise<void> {
    const now = await getBatch(store.sql, companyId, id);
    if (now?.version === version) return;
    throw new Refusal('illegal-move', `The batch "${name}" changed while its report was prepared. Ask again.`, {
      state: now?.state,
    });
  }
}

async function* itemsOf(sql: Sql, { id: batchId }: BatchView, { books }: ReportView) {
  for (let afterSeq = 0; ; ) {
    const page = await reportItems(sql, { batchId, run: books.verification?.run, afterSeq, limit: PAGE });
    yield page;
    if (page.length < PAGE) return;
    afterSeq = page.at(-1)!.seq;
  }
}
