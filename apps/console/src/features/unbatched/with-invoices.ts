import { answerOf, api } from '../../api/client.ts';
import type { Preview } from '../../api/queries.ts';
import { type Choices, isChosen, isEmpty, NOTHING, withRows } from './selection.ts';

type Path = { readonly company: string; readonly target: string };

/** The choices, with the invoices that the chosen payments belong to. */
export async function withMissingInvoices(
  { choices, filters }: Choices,
  { warnings }: Preview,
  path: Path,
): Promise<Choices['choices']> {
  const missing = warnings.flatMap(({ pairs }) => pairs.map(({ invoice }) => ({ type: 'invoice' as const, id: invoice.id })));
  const { invoices, payments } = choices;
  if (invoices.by !== 'all' || isEmpty(filters.invoices)) return { invoices: withRows(invoices, missing), payments };
  // Some are outside the filter, and one choice can't be both: the rows that the filter shows are named one by one.
  const shown = await refsOf(filters.invoices, path);
  const kept = shown.filter((ref) => isChosen(invoices, ref));
  return { invoices: withRows(NOTHING, [...kept, ...missing]), payments };
}

async function refsOf(filter: Choices['filters']['invoices'], path: Path) {
  const refs: { type: 'invoice' | 'creditMemo'; id: string }[] = [];
  for (let after: string | undefined; ; ) {
    const params = {
      path: { ...path, list: 'invoices' as const },
      query: { ...filter, limit: 200, ...(after === undefined ? {} : { after }) },
    };
    const page = await answerOf(api.GET('/v1/companies/{company}/targets/{target}/unbatched/{list}', { params }));
    for (const { type, id, readiness } of page.rows) {
      if (readiness === 'ready' && (type === 'invoice' || type === 'creditMemo')) refs.push({ type, id });
    }
    if (page.next === undefined) return refs;
    after = page.next;
  }
}
