import { type BatchedRef, type BooksSettings, type Chart, type Problem, problem } from '@ledgerpost/core';
import type { BatchTotals } from '@ledgerpost/store';

/**
 * A notice of the accounts and classes that a batch uses and that nobody can check, because the company has no chart here or its list
 * is empty. One for the whole batch, on its first document: the same notice on thousands of documents would hide the others.
 */
export function uncheckedNames(
  totals: BatchTotals,
  chart: Chart | undefined,
  settings: BooksSettings,
  first: BatchedRef | undefined,
): readonly Problem[] {
  if (first === undefined) return [];
  const refunds =
    totals.operations['journal.insert'] === undefined && totals.operations['journal.update'] === undefined
      ? []
      : [settings.accounts.receivable, settings.accounts.refund];
  const accounts = [...Object.keys(totals.accounts), ...Object.keys(totals.depositAccounts), ...refunds];
  const classes = settings.classes.mode === 'none' ? [] : Object.keys(totals.classes);
  const unchecked = [
    ...listed('account', 'accounts', (chart?.accounts.length ?? 0) > 0 ? [] : accounts),
    ...listed('class', 'classes', (chart?.classes.length ?? 0) > 0 ? [] : classes),
  ];
  if (unchecked.length === 0) return [];
  const text = `This batch uses ${unchecked.join(' and ')}. Ledgerpost can’t check these names, because the company has no chart of accounts here. Make sure that the books have exactly these names, or declare the chart in the settings.`;
  return [problem('unchecked-name', first, text)];
}

const NAMED = 5;

function listed(one: string, many: string, names: readonly (string | undefined)[]): readonly string[] {
  const own = [...new Set(names)].filter((name): name is string => name !== undefined && name !== '').sort();
  if (own.length === 0) return [];
  const shown = own.slice(0, NAMED).map((name) => `“${name}”`);
  const rest = own.length - shown.length;
  return [`${own.length === 1 ? one : many} ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`];
}
