import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ApiProblem, answerOf, answerOrNull, api } from './client.ts';
import { pollEvery } from './poll-every.ts';
import type { components, paths } from './schema.d.ts';

/*
 * Every read of the console, by name. Keys begin with the company, so that one call refreshes all that changed there.
 */

type Schemas = components['schemas'];
export type Batch = Schemas['Batch'];
export type BatchItem = Schemas['BatchItem'];
export type BatchItemDetails = Schemas['BatchItemDetails'];
export type BatchTotals = Schemas['BatchTotals'];
export type Cause = Schemas['Cause'];
export type Chart = Schemas['Chart'];
export type Company = Schemas['Company'];
export type Connection = Schemas['Connection'];
export type DocumentProblem = Schemas['DocumentProblem'];
export type Drift = Schemas['Drift'];
export type DriftCheck = Schemas['Look'];
export type Preview = Schemas['Preview'];
export type Report = Schemas['BatchReport'];
export type Schedule = Schemas['Schedule'];
export type ScheduleRun = Schemas['ScheduleRun'];
export type Target = Schemas['Target'];
export type Undo = Schemas['Undo'];
export type UnbatchedRow = Schemas['UnbatchedRow'];
export type UnbatchedPage =
  paths['/v1/companies/{company}/targets/{target}/unbatched/{list}']['get']['responses']['200']['content']['application/json'];
export type Operation = NonNullable<UnbatchedRow['operation']>;
export type ListName = 'invoices' | 'payments';
export type Filter = Omit<
  NonNullable<paths['/v1/companies/{company}/targets/{target}/unbatched/{list}']['get']['parameters']['query']>,
  'after' | 'limit' | 'sort'
>;
export type Sort = NonNullable<
  NonNullable<paths['/v1/companies/{company}/targets/{target}/unbatched/{list}']['get']['parameters']['query']>['sort']
>;
export type ItemSort = NonNullable<
  NonNullable<paths['/v1/companies/{company}/batches/{batch}/items']['get']['parameters']['query']>['sort']
>;
export type FindingSort = NonNullable<
  NonNullable<paths['/v1/companies/{company}/batches/{batch}/verification']['get']['parameters']['query']>['sort']
>;
type PreviewBody =
  paths['/v1/companies/{company}/targets/{target}/batches:preview']['post']['requestBody']['content']['application/json'];
export type Selection = NonNullable<PreviewBody['selection']>;
export type FindingStatus = Schemas['Finding']['status'];

const FIRST = undefined as string | undefined;

export const companiesQuery = queryOptions({
  queryKey: ['companies'],
  queryFn: () => answerOf(api.GET('/v1/companies', { params: { query: { limit: 500 } } })),
});

/** The installation's own journal, newest first: keys, sessions, and keys that were refused. */
export const installationJournalQuery = queryOptions({
  queryKey: ['journal'],
  queryFn: async () => (await answerOf(api.GET('/v1/journal', { params: { query: { limit: 200 } } }))).rows,
});

/** What targets count by the month for the whole installation. */
export const quotasQuery = queryOptions({
  queryKey: ['quotas'],
  queryFn: async () => (await answerOf(api.GET('/v1/quotas'))).rows,
});

export const targetsQuery = queryOptions({
  queryKey: ['targets'],
  queryFn: async () => (await answerOf(api.GET('/v1/targets'))).rows,
  staleTime: 600_000,
});

export const companyQuery = (company: string) =>
  queryOptions({
    queryKey: [company, 'company'],
    queryFn: () => answerOf(api.GET('/v1/companies/{company}', { params: { path: { company } } })),
    staleTime: 60_000,
  });

/** The keys of a company, for its admins. */
export const keysQuery = (company: string) =>
  queryOptions({
    queryKey: [company, 'keys'],
    queryFn: async () => (await answerOf(api.GET('/v1/companies/{company}/keys', { params: { path: { company } } }))).rows,
  });

export const companyTargetsQuery = (company: string) =>
  queryOptions({
    queryKey: [company, 'targets'],
    queryFn: async () => (await answerOf(api.GET('/v1/companies/{company}/targets', { params: { path: { company } } }))).rows,
  });

/** The names that the books offer; none before the target is enabled. */
export const chartQuery = (company: string, target: string) =>
  queryOptions({
    queryKey: [company, 'chart', target],
    queryFn: () =>
      answerOrNull(
        api.GET('/v1/companies/{company}/targets/{target}/chart', { params: { path: { company, target } } }),
        ({ status }) => status === 404 || status === 409,
      ),
    staleTime: 60_000,
  });

export const departmentsQuery = (company: string) =>
  queryOptions({
    queryKey: [company, 'departments'],
    queryFn: async () => (await answerOf(api.GET('/v1/companies/{company}/departments', { params: { path: { company } } }))).rows,
    staleTime: 60_000,
  });

export const connectionQuery = (company: string, target: string) =>
  queryOptions({
    queryKey: [company, 'connection', target],
    queryFn: () =>
      answerOrNull(
        api.GET('/v1/companies/{company}/targets/{target}/connection', { params: { path: { company, target } } }),
        // Connecting comes first: until then the target is not enabled.
        ({ code }) => code === 'target-not-enabled',
      ),
  });

export const schedulesQuery = (company: string) =>
  queryOptions({
    queryKey: [company, 'schedules'],
    queryFn: async () => (await answerOf(api.GET('/v1/companies/{company}/schedules', { params: { path: { company } } }))).rows,
  });

export const scheduleQuery = (company: string, target: string) =>
  queryOptions({
    queryKey: [company, 'schedule', target],
    queryFn: () =>
      answerOrNull(
        api.GET('/v1/companies/{company}/targets/{target}/schedule', { params: { path: { company, target } } }),
        ({ status }) => status === 404,
      ),
  });

export const runsQuery = (company: string, target: string) =>
  infiniteQueryOptions({
    queryKey: [company, 'schedule', target, 'runs'],
    queryFn: ({ pageParam: after }) =>
      answerOf(
        api.GET('/v1/companies/{company}/targets/{target}/schedule/runs', {
          params: { path: { company, target }, query: { limit: 10, ...(after === undefined ? {} : { after }) } },
        }),
      ),
    initialPageParam: FIRST,
    getNextPageParam: ({ next }) => next,
  });

export const unbatchedQuery = (
  company: string,
  target: string,
  list: ListName,
  filter: Filter,
  sort: Sort = 'date',
  attention = false,
) =>
  infiniteQueryOptions({
    queryKey: [company, 'unbatched', target, list, filter, sort, attention],
    queryFn: ({ pageParam: after }) =>
      answerOf(
        api.GET('/v1/companies/{company}/targets/{target}/unbatched/{list}', {
          params: {
            path: { company, target, list },
            query: {
              ...filter,
              sort,
              limit: 200,
              ...(attention ? { attention: 'only' as const } : {}),
              ...(after === undefined ? {} : { after }),
            },
          },
        }),
      ),
    // A worker renews what is known of a row within seconds.
    refetchInterval: ({ state: { data, error } }) =>
      pollEvery(data?.pages.some(({ rows }) => rows.some(({ checking }) => checking)) ? 5_000 : false)({ state: { error } }),
    initialPageParam: FIRST,
    getNextPageParam: ({ next }) => next,
  });

/** @param signal nobody waits for the answer once the question changed: the API then stops the preview */
const askPreview = (company: string, target: string, body: PreviewBody, signal: AbortSignal) =>
  answerOf(
    api.POST('/v1/companies/{company}/targets/{target}/batches:preview', { params: { path: { company, target } }, body, signal }),
  );

/** What a batch of the selection would send. It takes the database seconds for thousands of records, so it is kept for a while. */
export const previewQuery = (company: string, target: string, selection: Selection) =>
  queryOptions({
    queryKey: [company, 'preview', target, selection],
    queryFn: ({ signal }) => askPreview(company, target, { selection }, signal),
    staleTime: 30_000,
    gcTime: 60_000,
    retry: (times, error) => times < 3 && error instanceof ApiProblem && error.code === 'too-many-previews',
  });

/** How much of all that is unbatched could be sent now, where nobody looks at a batch yet. */
export const couldGoQuery = (company: string, target: string) =>
  queryOptions({
    queryKey: [company, 'preview', target, 'could-go'],
    queryFn: ({ signal }) => askPreview(company, target, { unasked: true, problems: 0 }, signal),
    staleTime: 30_000,
    gcTime: 60_000,
    retry: false,
  });

/** How much of all that is unbatched could be sent by settings that are not saved yet. */
export const tryQuery = (company: string, target: string, settings: string) =>
  queryOptions({
    queryKey: [company, 'try', target, settings],
    queryFn: ({ signal }) =>
      askPreview(company, target, { settings: JSON.parse(settings) as Record<string, unknown>, problems: 0 }, signal),
    gcTime: 60_000,
    retry: false,
  });

export const batchesQuery = (company: string, query: { target?: string; state?: Batch['state'] } = {}) =>
  infiniteQueryOptions({
    queryKey: [company, 'batches', query],
    queryFn: ({ pageParam: after }) =>
      answerOf(
        api.GET('/v1/companies/{company}/batches', {
          params: { path: { company }, query: { ...query, limit: 50, ...(after === undefined ? {} : { after }) } },
        }),
      ),
    initialPageParam: FIRST,
    getNextPageParam: ({ next }) => next,
  });

export const batchQuery = (company: string, batch: string) =>
  queryOptions({
    queryKey: [company, 'batch', batch],
    queryFn: () => answerOf(api.GET('/v1/companies/{company}/batches/{batch}', { params: { path: { company, batch } } })),
  });

export const itemsQuery = (
  company: string,
  batch: string,
  { state, search }: { readonly state: BatchItem['state'] | undefined; readonly search: string },
  sort: ItemSort,
) =>
  infiniteQueryOptions({
    queryKey: [company, 'batch', batch, 'items', state, search, sort],
    queryFn: ({ pageParam: after }) =>
      answerOf(
        api.GET('/v1/companies/{company}/batches/{batch}/items', {
          params: {
            path: { company, batch },
            query: {
              ...{ limit: 200, sort },
              ...(state === undefined ? {} : { state }),
              ...(search === '' ? {} : { search }),
              ...(after === undefined ? {} : { after }),
            },
          },
        }),
      ),
    initialPageParam: FIRST,
    getNextPageParam: ({ next }) => next,
  });

/** What is wrong with the documents of a batch, by cause. */
export const causesQuery = (company: string, batch: string) =>
  queryOptions({
    queryKey: [company, 'batch', batch, 'causes'],
    queryFn: async () =>
      (await answerOf(api.GET('/v1/companies/{company}/batches/{batch}/causes', { params: { path: { company, batch } } }))).rows,
  });

export const itemQuery = (company: string, batch: string, seq: number) =>
  queryOptions({
    queryKey: [company, 'batch', batch, 'item', seq],
    queryFn: () =>
      answerOf(api.GET('/v1/companies/{company}/batches/{batch}/items/{seq}', { params: { path: { company, batch, seq } } })),
  });

export const filesQuery = (company: string, batch: string) =>
  queryOptions({
    queryKey: [company, 'batch', batch, 'files'],
    queryFn: async () =>
      (await answerOf(api.GET('/v1/companies/{company}/batches/{batch}/files', { params: { path: { company, batch } } }))).rows,
  });

export const ledgerQuery = (company: string, batch: string) =>
  queryOptions({
    queryKey: [company, 'batch', batch, 'ledger'],
    queryFn: () => answerOf(api.GET('/v1/companies/{company}/batches/{batch}/ledger', { params: { path: { company, batch } } })),
  });

export const reportQuery = (company: string, batch: string) =>
  queryOptions({
    queryKey: [company, 'batch', batch, 'report'],
    queryFn: () => answerOf(api.GET('/v1/companies/{company}/batches/{batch}/report', { params: { path: { company, batch } } })),
    // A printed report must be current.
    staleTime: 0,
  });

export const undoQuery = (company: string, batch: string) =>
  infiniteQueryOptions({
    queryKey: [company, 'batch', batch, 'undo'],
    queryFn: ({ pageParam: after }) =>
      answerOf(
        api.GET('/v1/companies/{company}/batches/{batch}/undo', {
          params: { path: { company, batch }, query: { limit: 200, ...(after === undefined ? {} : { after }) } },
        }),
      ),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ next }) => (next === undefined ? undefined : Number(next)),
    staleTime: 0,
  });

/** The newest verification of a batch, with what it found changed or deleted; null where there was none. */
export const verificationQuery = (company: string, batch: string, sort: FindingSort) =>
  infiniteQueryOptions({
    queryKey: [company, 'batch', batch, 'verification', sort],
    queryFn: ({ pageParam: after }) =>
      answerOrNull(
        api.GET('/v1/companies/{company}/batches/{batch}/verification', {
          params: {
            path: { company, batch },
            query: { limit: 200, differing: 'only', sort, ...(after === undefined ? {} : { after }) },
          },
        }),
        ({ status }) => status === 404,
      ),
    initialPageParam: FIRST,
    getNextPageParam: (page) => page?.findings.next,
  });

/** Documents changed in the books: those of one batch, or all that are open. */
export const driftQuery = (company: string, about: { batch: string } | { state: Drift['state'] }) =>
  infiniteQueryOptions({
    queryKey: [company, 'drift', about],
    queryFn: ({ pageParam: after }) =>
      answerOf(
        api.GET('/v1/companies/{company}/drift', {
          params: { path: { company }, query: { ...about, limit: 50, ...(after === undefined ? {} : { after }) } },
        }),
      ),
    initialPageParam: FIRST,
    getNextPageParam: ({ next }) => next,
  });

export const driftCheckQuery = (company: string, target: string) =>
  queryOptions({
    queryKey: [company, 'drift-check', target],
    queryFn: () =>
      answerOrNull(
        api.GET('/v1/companies/{company}/targets/{target}/look', { params: { path: { company, target } } }),
        ({ code }) => code === 'target-not-enabled',
      ),
  });

export const journalQuery = (company: string, subject: string) =>
  queryOptions({
    queryKey: [company, 'journal', subject],
    queryFn: async () =>
      (
        await answerOf(
          api.GET('/v1/companies/{company}/journal', { params: { path: { company }, query: { subject, limit: 200 } } }),
        )
      ).rows,
  });
