import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answerOf, answerOrNull, api } from './client.ts';
import type { components, paths } from './schema.d.ts';

/*
 * What the console reads for matching. Keys begin with the company, as all others do.
 */

export type MatchingRow = components['schemas']['MatchingRow'];
export type MatchingCounts = components['schemas']['MatchingCounts'];
export type BookName = components['schemas']['BookName'];
export type MatchKind = MatchingRow['kind'];
export type MatchState = MatchingRow['state'];
export type MatchingPage =
  paths['/v1/companies/{company}/targets/{target}/matching']['get']['responses']['200']['content']['application/json'];

type MatchingSort = NonNullable<
  NonNullable<paths['/v1/companies/{company}/targets/{target}/matching']['get']['parameters']['query']>['sort']
>;
type BooksSort = NonNullable<
  NonNullable<paths['/v1/companies/{company}/targets/{target}/matching/books']['get']['parameters']['query']>['sort']
>;

const FIRST = undefined as string | undefined;

export interface MatchingFilter {
  readonly kind: MatchKind;
  readonly state?: MatchState | undefined;
  readonly q?: string | undefined;
  readonly sort: string;
}

/** Begins the keys of all lists of matching at a target. */
export const matchingKey = (company: string, target: string) => [company, 'matching', target] as const;

export const matchingQuery = (company: string, target: string, { kind, state, q, sort }: MatchingFilter) =>
  infiniteQueryOptions({
    queryKey: [...matchingKey(company, target), 'ours', kind, state ?? null, q ?? '', sort],
    queryFn: ({ pageParam: after }) =>
      answerOf(
        api.GET('/v1/companies/{company}/targets/{target}/matching', {
          params: {
            path: { company, target },
            query: {
              ...{ kind, limit: 200 },
              ...(sort === 'name' ? {} : { sort: sort as MatchingSort }),
              ...(state === undefined ? {} : { state }),
              ...(q === undefined || q === '' ? {} : { q }),
              ...(after === undefined ? {} : { after }),
            },
          },
        }),
      ),
    initialPageParam: FIRST,
    getNextPageParam: ({ next }) => next,
  });

/** Null where there is nothing to count yet: no books were ever connected, or the target is not in use. */
export const matchingCountsQuery = (company: string, target: string) =>
  queryOptions({
    queryKey: [...matchingKey(company, target), 'counts'],
    queryFn: () =>
      answerOrNull(
        api.GET('/v1/companies/{company}/targets/{target}/matching/counts', { params: { path: { company, target } } }),
        ({ code }) => code === 'not-connected' || code === 'target-not-enabled',
      ),
  });

export const bookNamesQuery = (
  company: string,
  target: string,
  {
    kind,
    q,
    unlinked = false,
    sort = 'name',
  }: { readonly kind: MatchKind; readonly q?: string | undefined; readonly unlinked?: boolean; readonly sort?: string },
) =>
  infiniteQueryOptions({
    queryKey: [...matchingKey(company, target), 'books', kind, q ?? '', unlinked, sort],
    queryFn: ({ pageParam: after }) =>
      answerOf(
        api.GET('/v1/companies/{company}/targets/{target}/matching/books', {
          params: {
            path: { company, target },
            query: {
              kind,
              limit: unlinked ? 200 : 20,
              unlinked: unlinked ? 'true' : 'false',
              ...(sort === 'name' ? {} : { sort: sort as BooksSort }),
              ...(q === undefined || q === '' ? {} : { q }),
              ...(after === undefined ? {} : { after }),
            },
          },
        }),
      ),
    initialPageParam: FIRST,
    getNextPageParam: ({ next }) => next,
  });
