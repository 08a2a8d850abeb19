import type { ListName, UnbatchedPage } from '../../api/queries.ts';
import { money, sum } from '../../ui/show.ts';
import { counted } from '../../ui/words.ts';
import type { Choice } from './selection.ts';

interface Sums {
  readonly documents: number;
  readonly amount: number;
}

/** The count and amount of a list, and of the part of it that can be sent. */
export type Totals = Sums & { readonly sendable: Sums };

/** The totals of a list; undefined until it is loaded. */
export function totalsOf(data: { readonly pages: readonly UnbatchedPage[] } | undefined): Totals | undefined {
  const totals = data?.pages[0]?.totals;
  if (totals === undefined) return undefined;
  const of = (some: typeof totals): Sums => ({
    documents: sum(some.map(({ documents }) => documents)),
    amount: sum(some.map(({ amount }) => amount)),
  });
  const sendable = totals.filter(({ operation, readiness }) => operation !== null && readiness !== 'stopped');
  return { ...of(totals), sendable: of(sendable) };
}

/** What a batch would send, in a sentence; empty until both lists are loaded. */
export function summaryOf(
  choices: Readonly<Record<ListName, Choice>>,
  totals: Readonly<Record<ListName, Totals | undefined>>,
  currency: string,
): string {
  if (totals.invoices === undefined || totals.payments === undefined) return '';
  if (choices.invoices.by === 'nothing' && choices.payments.by === 'nothing') {
    const [invoices, payments] = [totals.invoices.sendable, totals.payments.sendable];
    const stays = totals.invoices.documents + totals.payments.documents - invoices.documents - payments.documents;
    const but = stays === 0 ? '' : ` except ${counted(stays, 'document')} that can’t be sent`;
    return `No rows are checked, so the batch includes everything shown${but}: ${counted(invoices.documents, 'invoice')} (${money(invoices.amount, currency)}) and ${counted(payments.documents, 'payment')} (${money(payments.amount, currency)}).`;
  }
  const part = (list: ListName, one: string) => {
    const choice = choices[list];
    const { documents } = totals[list]!;
    const count = choice.by === 'nothing' ? 0 : choice.by === 'rows' ? choice.rows.size : documents - choice.except.size;
    return count === 0 ? `no ${one}s` : counted(count, one);
  };
  return `Selected: ${part('invoices', 'invoice')} and ${part('payments', 'payment')}.`;
}
