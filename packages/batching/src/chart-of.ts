import type { AnyTarget, Chart } from '@ledgerpost/core';
import type { WorkBatch } from '@ledgerpost/store';

/** The chart that names are checked against; undefined where nobody knows one. */
export async function chartOf(target: AnyTarget, batch: WorkBatch): Promise<Chart | undefined> {
  switch (target.chart.by) {
    case 'declared':
      return batch.settings.chart;
    case 'discovered':
      // Read with the connection and kept with it; until a target has one, what an admin declared counts.
      return batch.settings.chart;
    default:
      return target.chart satisfies never;
  }
}
