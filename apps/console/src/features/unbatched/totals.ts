import type { Preview, UnbatchedPage } from '../../api/queries.ts';
import { money, sum } from '../../ui/show.ts';
import { counted, DOCUMENT_KINDS, listed, number } from '../../ui/words.ts';

/** The count and amount of a list. */
export interface Totals {
  readonly documents: number;
  readonly amount: number;
  /** Documents that could be sent, by the last check. */
  readonly couldGo: number;
}

/** The totals of a list; undefined until it is loaded. */
export function totalsOf(data: { readonly pages: readonly UnbatchedPage[] } | undefined): Totals | undefined {
  const totals = data?.pages[0]?.totals;
  if (totals === undefined) return undefined;
  return {
    documents: sum(totals.map(({ documents }) => documents)),
    amount: sum(totals.map(({ amount }) => amount)),
    couldGo: sum(totals.map(({ readiness, documents, attention }) => (readiness === 'stopped' ? 0 : documents - attention))),
  };
}

/** How many documents a batch would send. */
export function documentsIn(preview: Preview): number {
  return sum(Object.values(preview.totals.operations).map(({ documents }) => documents));
}

/** How many records of the selection stay behind: stopped, waiting, or with a problem. */
export function stayingIn({ notSelected, totals: { states } }: Preview): number {
  const judged = STAYING.map((state) => states[state]?.documents ?? 0);
  return sum([...notSelected.map(({ documents }) => documents), ...judged]);
}

const STAYING = ['rejected', 'blocked'] as const;

/** What a batch would send, in sentences; amounts of different kinds are never added up. */
export function sentenceOf(preview: Preview, currency: string): string {
  const operations = Object.entries(preview.totals.operations);
  const sent = DOCUMENT_KINDS.flatMap(([prefix, one]) => {
    const own = operations.filter(([operation]) => operation.startsWith(prefix)).map(([, count]) => count);
    const documents = sum(own.map((count) => count.documents));
    return documents === 0 ? [] : [`${counted(documents, one)} (${money(sum(own.map(({ amount }) => amount)), currency)})`];
  });
  const staying = stayingIn(preview);
  const stay = staying === 0 ? '' : ` ${number(staying)} can’t be sent.`;
  return `${sent.length === 0 ? 'Nothing' : listed(sent)} will be sent.${stay}`;
}
