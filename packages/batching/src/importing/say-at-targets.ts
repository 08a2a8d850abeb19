import { type AnyTarget, type BatchedRef, type CompanyFacts, isBatchedType, Refusal } from '@ledgerpost/core';
import {
  type CompanyTarget,
  getCompanyTarget,
  type ImportedRecord,
  listCompanyTargets,
  lockCompany,
  type Store,
  writeImported,
} from '@ledgerpost/store';
import { rehearseBatch } from '../starting/preview-batch.ts';
import type { TargetReport } from './import-report.ts';

/** No statement runs longer than this, as in a preview. */
const STATEMENT_MS = 30_000;

class Rehearsed extends Error {}

/**
 * What records would be at each enabled target: they are written and previewed by the preview's own steps, in a transaction that is
 * rolled back.
 * @param records new and changed ones, the first of all
 */
export async function sayAtTargets(
  store: Store,
  targets: readonly AnyTarget[],
  order: {
    readonly company: CompanyFacts;
    readonly importId: string;
    readonly records: readonly ImportedRecord[];
    readonly of: number;
    readonly today: string;
  },
): Promise<readonly TargetReport[]> {
  const reports: TargetReport[] = [];
  for (const { target: id } of await listCompanyTargets(store, order.company.id)) {
    const target = targets.find((one) => one.id === id);
    const companyTarget = await getCompanyTarget(store, order.company.id, id);
    if (target === undefined || companyTarget === undefined) continue;
    reports.push(await atTarget(store, target, companyTarget, order));
  }
  return reports;
}

async function atTarget(
  store: Store,
  target: AnyTarget,
  companyTarget: CompanyTarget,
  { company, importId, records, of, today }: Parameters<typeof sayAtTargets>[2],
): Promise<TargetReport> {
  const nothing: TargetReport = {
    target: target.id,
    name: target.name,
    records: records.length,
    of,
    operations: {},
    notSelected: [],
    problemCounts: {},
    problems: [],
    refused: null,
  };
  let report = nothing;
  try {
    await store.sql.begin(async (sql) => {
      await sql`select set_config('statement_timeout', ${String(STATEMENT_MS)}, true)`;
      await lockCompany(sql, company.id);
      const refs: BatchedRef[] = [];
      for (let from = 0; from < records.length; from += 1_000) {
        await writeImported(sql, company, {
          importId,
          since: Number.MAX_SAFE_INTEGER,
          records: records.slice(from, from + 1_000),
        });
      }
      for (const { type, id } of records) if (isBatchedType(type)) refs.push({ type, id });
      const ofList = (types: readonly string[]) => ({
        choose: 'ids' as const,
        ids: refs.filter(({ type }) => types.includes(type)),
      });
      const selection = { invoices: ofList(['invoice', 'creditMemo']), payments: ofList(['payment', 'refund']) };
      const { preview } = await rehearseBatch(sql, target, { company, companyTarget, selection, today });
      report = {
        ...nothing,
        operations: preview.totals.operations as TargetReport['operations'],
        notSelected: preview.notSelected,
        problemCounts: preview.problemCounts,
        problems: preview.problems.slice(0, 50).map(({ code, message, number }) => ({ code, message, number })),
      };
      throw new Rehearsed();
    });
  } catch (error) {
    if (error instanceof Rehearsed) return report;
    if (error instanceof Refusal) {
      if (error.code !== 'nothing-to-send') return { ...nothing, refused: { code: error.code, message: error.message } };
      const { stopped = [] } = error.details as { stopped?: TargetReport['notSelected'] };
      return { ...nothing, notSelected: stopped };
    }
    if ((error as { readonly code?: unknown }).code !== '57014') throw error;
    const message = 'The preview took too long and was stopped. Preview the batch once the import is applied.';
    return { ...nothing, refused: { code: 'preview-too-long', message } };
  }
  return report;
}
