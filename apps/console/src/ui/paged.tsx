import { type ReactNode, useCallback, useMemo } from 'react';
import { Button } from './parts.tsx';

/** As much of an infinite query as is needed to go on with it. */
export interface More {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
}

export interface Paged<Page> extends More {
  readonly data: { readonly pages: readonly Page[] } | undefined;
}

/** What an infinite query has loaded, as one list. */
export function useRows<Row>(query: Paged<{ readonly rows: readonly Row[] }>): readonly Row[] {
  const { data } = query;
  return useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
}

/** Loads the next page, unless there is none or it is on its way: may be called at every move. */
export function useMore({ hasNextPage, isFetchingNextPage, fetchNextPage }: More): () => void {
  return useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
}

/** For lists that don't load more by themselves; nothing once everything is there. */
export function ShowMore({ query, children }: { readonly query: More; readonly children: ReactNode }) {
  if (!query.hasNextPage) return null;
  return (
    <Button isDisabled={query.isFetchingNextPage} onPress={() => query.fetchNextPage()}>
      {children}
    </Button>
  );
}
