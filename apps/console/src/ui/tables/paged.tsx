import { type ReactNode, useCallback, useMemo } from 'react';
import { Button } from '../parts.tsx';

/** The part of an infinite query that loads the next page. */
export interface More {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
}

export interface Paged<Page> extends More {
  readonly data: { readonly pages: readonly Page[] } | undefined;
}

/** The rows that an infinite query has loaded, as one list. */
export function useRows<Row>(query: Paged<{ readonly rows: readonly Row[] }>): readonly Row[] {
  const { data } = query;
  return useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
}

/** Loads the next page, unless there is none or it is being loaded. May be called at every scroll. */
export function useMore({ hasNextPage, isFetchingNextPage, fetchNextPage }: More): () => void {
  return useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
}

/** A button for lists that don't load more by themselves; hidden once everything is loaded. */
export function ShowMore({ query, children }: { readonly query: More; readonly children: ReactNode }) {
  if (!query.hasNextPage) return null;
  return (
    <Button isDisabled={query.isFetchingNextPage} onPress={() => query.fetchNextPage()}>
      {children}
    </Button>
  );
}
