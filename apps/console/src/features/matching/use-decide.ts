import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { type MatchingPage, type MatchingRow, matchingKey } from '../../api/matching-queries.ts';
import type { Target } from '../../api/queries.ts';
import { useCompany } from '../../ui/company.ts';

/** What a person decides about one of ours; `undo`: neither link nor decision any more. */
export type Decision =
  | { readonly externalId: string }
  | { readonly create: true }
  | { readonly another: true }
  | { readonly same: string }
  | 'undo';

/** The decision before the last, which an undo takes back. */
export interface Decided {
  readonly before: MatchingRow;
  readonly after: MatchingRow;
}

/** Decides about one of ours. The row changes in its place, so that nobody loses theirs; only the counts are read again. */
export function useDecide(target: Target) {
  const { id: company } = useCompany();
  const queries = useQueryClient();
  const [last, setLast] = useState<Decided>();
  const decide = useMutation({
    mutationFn: ({ row: { kind, key }, decision }: { readonly row: MatchingRow; readonly decision: Decision }) => {
      const params = { path: { company, target: target.id, kind, key } };
      return answerOf(
        decision === 'undo'
          ? api.DELETE('/v1/companies/{company}/targets/{target}/matching/{kind}/{key}', { params })
          : api.PUT('/v1/companies/{company}/targets/{target}/matching/{kind}/{key}', { params, body: decision }),
      );
    },
    onSuccess: async (after, { row: before }) => {
      setLast({ before, after });
      queries.setQueriesData<InfiniteData<MatchingPage>>(
        { queryKey: [...matchingKey(company, target.id), 'ours'] },
        (data) => data && { ...data, pages: data.pages.map((page) => withRow(page, after)) },
      );
      await Promise.all([
        queries.invalidateQueries({ queryKey: [...matchingKey(company, target.id), 'counts'] }),
        queries.invalidateQueries({ queryKey: [...matchingKey(company, target.id), 'books'] }),
        queries.invalidateQueries({ queryKey: [company, 'unbatched', target.id] }),
      ]);
    },
  });
  /** What was so before the last decision. */
  const takeBack = () => {
    if (last === undefined) return;
    const { before } = last;
    setLast(undefined);
    decide.mutate({ row: last.after, decision: formerOf(before) }, { onSuccess: () => setLast(undefined) });
  };
  return { decide, last, takeBack };
}

function formerOf({ link, wanted }: MatchingRow): Decision {
  if (link !== null) return { externalId: link.externalId };
  if (wanted === 'create') return { create: true };
  return wanted === 'another' ? { another: true } : 'undo';
}

function withRow(page: MatchingPage, row: MatchingRow): MatchingPage {
  const at = page.rows.findIndex(({ kind, key }) => kind === row.kind && key === row.key);
  return at < 0 ? page : { ...page, rows: page.rows.with(at, row) };
}
