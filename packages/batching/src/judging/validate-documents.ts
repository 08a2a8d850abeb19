import {
  type AnyTarget,
  type Chart,
  checkAgainstChart,
  type Document,
  type DocumentItem,
  type Problem,
  stops,
} from '@ledgerpost/core';
import { documentsIn, judgeItems, type NeededName, type Range, rememberNames, type Sql, type WorkBatch } from '@ledgerpost/store';

/**
 * Core's verdict (frozen with the documents), then the chart's, then the target's. Each item of the range becomes `ready` or
 * `rejected`. Run it in a transaction.
 */
export async function validateDocuments(
  sql: Sql,
  target: AnyTarget,
  batch: WorkBatch,
  range: Range,
  chart: Chart | undefined,
): Promise<{ ready: number; rejected: number }> {
  const items = await documentsIn(sql, range, 'frozen');
  const judged: { seq: number; rejected: boolean; problems: Problem[] }[] = [];
  const names = new Map<string, NeededName>();
  let rejected = 0;
  for (const { seq, document, problems } of items) {
    const found = [
      ...(chart === undefined ? [] : checkAgainstChart(document, chart, batch.settings)),
      ...target.validate(document, chart, batch.settings),
    ];
    const all = found.length === 0 ? problems : [...problems, ...found];
    const stopped = stops(all);
    if (stopped) rejected++;
    else rememberUse(names, target, document, chart, batch);
    if (stopped || found.length > 0) judged.push({ seq, rejected: stopped, problems: all });
  }
  await judgeItems(sql, range, judged);
  await rememberNames(sql, batch.id, [...names.values()]);
  return { ready: items.length - rejected, rejected };
}

function rememberUse(
  names: Map<string, NeededName>,
  target: AnyTarget,
  document: Document,
  chart: Chart | undefined,
  batch: WorkBatch,
): void {
  const needs = target.delivery.by === 'push' ? target.delivery.needs(document, chart, batch.settings) : [];
  const remember = (name: NeededName) => {
    const at = [name.kind, name.key ?? '', name.name, name.account].join('/');
    if (name.details !== undefined || !names.has(at)) names.set(at, name);
  };
  if (document.kind === 'invoice' || document.kind === 'creditMemo') {
    const keyed = new Set(needs.flatMap(({ kind, key }) => (kind === 'item' && key !== undefined ? [key] : [])));
    for (const { item } of document.lines) {
      const key = item.key !== undefined && keyed.has(item.key) ? item.key : undefined;
      remember({ kind: 'item', key, name: item.name, account: item.account ?? '' });
    }
  }
  for (const need of needs) {
    const item = need.kind === 'item' ? itemCalled(document, need.name) : undefined;
    // Told once for a batch: where the item's own account in the books counts.
    const mappedTo = item?.mappedTo === undefined ? {} : { mappedTo: item.mappedTo };
    const details = { need: need.details, ...mappedTo };
    remember({ kind: need.kind, key: need.key, name: need.name, account: item?.account ?? '', details });
  }
}

function itemCalled(document: Document, name: string): DocumentItem | undefined {
  if (document.kind !== 'invoice' && document.kind !== 'creditMemo') return undefined;
  return document.lines.find((line) => line.item.name === name)?.item;
}
