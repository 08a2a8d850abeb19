import type { AnyTarget, Chart } from '@ledgerpost/core';
import { connectionChart, type Sql, type WorkBatch } from '@ledgerpost/store';

/** The charts that were used last, by connection: some hundred kilobytes each, and the same one for every chunk. */
const CHARTS = new Map<string, { readonly version: number; readonly chart: Chart }>();
const MOST_CHARTS = 20;

/** The chart that names are checked against; undefined if none is known. */
export async function chartOf(
  sql: Sql,
  target: AnyTarget,
  batch: Pick<WorkBatch, 'connectionId' | 'settings'>,
): Promise<Chart | undefined> {
  switch (target.chart.by) {
    case 'declared':
      return batch.settings.chart;
    case 'discovered':
      return (await keptChart(sql, batch.connectionId)) ?? batch.settings.chart;
    default:
      return target.chart satisfies never;
  }
}

async function keptChart(sql: Sql, connectionId: string): Promise<Chart | undefined> {
  const known = CHARTS.get(connectionId);
  const found = await connectionChart(sql, connectionId, known?.version);
  if (found === undefined) return undefined;
  const kept = found.chart === null ? known! : { version: found.version, chart: found.chart };
  CHARTS.delete(connectionId);
  CHARTS.set(connectionId, kept);
  for (const old of CHARTS.keys()) {
    if (CHARTS.size <= MOST_CHARTS) break;
    CHARTS.delete(old);
  }
  return kept.chart;
}
