import {
  type AnyTarget,
  type Chart,
  checkAgainstChart,
  type Document,
  type DocumentItem,
  type Problem,
  stops,
} from '@ledgerpost/core';
import type { NeededName, WorkBatch } from '@ledgerpost/store';

/** What is wrong with one document. */
export interface Verdict {
  readonly rejected: boolean;
  /** Core's, which were frozen with it, then the chart's and the target's. */
  readonly problems: readonly Problem[];
  /** Whether the chart or the target found any of them. */
  readonly found: boolean;
}

/** Judges the documents of a chunk, and remembers the names that those which can be sent use at the target. */
export function judgeOf(target: AnyTarget, batch: WorkBatch, chart: Chart | undefined) {
  const names = new Map<string, NeededName>();
  return {
    judge(document: Document, problems: readonly Problem[]): Verdict {
      const found = [
        ...(chart === undefined ? [] : checkAgainstChart(document, chart, batch.settings)),
        ...target.validate(document, chart, batch.settings),
      ];
      const all = found.length === 0 ? problems : [...problems, ...found];
      const rejected = stops(all);
      if (!rejected) rememberUse(names, target, document, chart, batch);
      return { rejected, problems: all, found: found.length > 0 };
    },
    names: (): readonly NeededName[] => [...names.values()],
  };
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
    const at = `${name.kind}/${name.key ?? ''}/${name.name}/${name.account}`;
    if (name.details !== undefined || !names.has(at)) names.set(at, name);
  };
  if (document.kind === 'invoice' || document.kind === 'creditMemo') {
    const keyed =
      needs.length === 0 ? NONE : new Set(needs.flatMap(({ kind, key }) => (kind === 'item' && key !== undefined ? [key] : [])));
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

const NONE: ReadonlySet<string> = new Set();

function itemCalled(document: Document, name: string): DocumentItem | undefined {
  if (document.kind !== 'invoice' && document.kind !== 'creditMemo') return undefined;
  return document.lines.find((line) => line.item.name === name)?.item;
}
