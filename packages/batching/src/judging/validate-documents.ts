import type { AnyTarget, Chart, Problem } from '@ledgerpost/core';
import { documentsIn, judgeItems, type Range, rememberNames, type Sql, verdictsIn, type WorkBatch } from '@ledgerpost/store';
import { inOnePass } from './in-one-pass.ts';
import { judgeOf } from './judge.ts';

/**
 * Core's verdict (frozen with the documents), then the chart's, then the target's. Each item of the range becomes `ready` or
 * `rejected`, unless the pass that froze it has judged it already: then it is counted. Run it in a transaction.
 */
export async function validateDocuments(
  sql: Sql,
  target: AnyTarget,
  batch: WorkBatch,
  range: Range,
  chart: Chart | undefined,
): Promise<{ ready: number; rejected: number }> {
  if (!inOnePass(target)) return judgeFrozen(sql, target, batch, range, chart);
  const { frozen, ready, rejected } = await verdictsIn(sql, range);
  if (frozen === 0) return { ready, rejected };
  // A worker of before 0.3.0 leaves them frozen.
  const later = await judgeFrozen(sql, target, batch, range, chart);
  return { ready: ready + later.ready, rejected: rejected + later.rejected };
}

async function judgeFrozen(
  sql: Sql,
  target: AnyTarget,
  batch: WorkBatch,
  range: Range,
  chart: Chart | undefined,
): Promise<{ ready: number; rejected: number }> {
  const items = await documentsIn(sql, range, 'frozen');
  const { judge, names } = judgeOf(target, batch, chart);
  const judged: { seq: number; rejected: boolean; problems: readonly Problem[] }[] = [];
  let stopped = 0;
  for (const { seq, document, problems: before } of items) {
    const { rejected, problems, found } = judge(document, before);
    if (rejected) stopped++;
    if (rejected || found) judged.push({ seq, rejected, problems });
  }
  await judgeItems(sql, range, judged);
  await rememberNames(sql, batch.id, names());
  return { ready: items.length - stopped, rejected: stopped };
}
