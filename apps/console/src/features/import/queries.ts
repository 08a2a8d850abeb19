import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { components, paths } from '../../api/schema.d.ts';

type Schemas = components['schemas'];
export type Import = Schemas['Import'];
export type ImportReport = Schemas['ImportReport'];
export type Seen = Schemas['ImportFilesSeen'];
export type SeenFile = Seen['files'][number];
type Get<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;
export type FirstRows = Get<'/v1/companies/{company}/imports/{import}/first-rows'>;
export type Finding = Get<'/v1/companies/{company}/imports/{import}/findings'>['rows'][number];
export type FindingSort = NonNullable<
  NonNullable<paths['/v1/companies/{company}/imports/{import}/findings']['get']['parameters']['query']>['sort']
>;
export type FindingKind = Finding['kind'];
export type Correction = Import['corrections'][number];

/** The states in which something happens in the background. */
const AT_WORK: readonly Import['state'][] = ['checking', 'applying', 'undoing'];

export const isAtWork = ({ state }: Pick<Import, 'state'>): boolean => AT_WORK.includes(state);

export const importsQuery = (company: string) =>
  queryOptions({
    queryKey: [company, 'imports'],
    queryFn: async () =>
      (await answerOf(api.GET('/v1/companies/{company}/imports', { params: { path: { company }, query: { limit: 20 } } }))).rows,
  });

export const importQuery = (company: string, id: string) =>
  queryOptions({
    queryKey: [company, 'import', id],
    queryFn: () => answerOf(api.GET('/v1/companies/{company}/imports/{import}', { params: { path: { company, import: id } } })),
  });

/** The presets, and the templates that a person follows for a file of an unknown form. */
export const presetsQuery = queryOptions({
  queryKey: ['import-presets'],
  queryFn: async () => (await answerOf(api.GET('/v1/import-presets'))).rows,
  staleTime: Number.POSITIVE_INFINITY,
});

export const mappingsQuery = (company: string) =>
  queryOptions({
    queryKey: [company, 'mappings'],
    queryFn: async () => (await answerOf(api.GET('/v1/companies/{company}/mappings', { params: { path: { company } } }))).rows,
  });

/** The first rows beside the records that they make: read again whenever files or mapping change. */
export const firstRowsQuery = (company: string, { id, version }: Pick<Import, 'id' | 'version'>) =>
  queryOptions({
    queryKey: [company, 'import', id, 'first-rows', version],
    queryFn: () =>
      answerOf(api.GET('/v1/companies/{company}/imports/{import}/first-rows', { params: { path: { company, import: id } } })),
  });

export const findingsQuery = (
  company: string,
  { id, version }: Pick<Import, 'id' | 'version'>,
  kind: FindingKind,
  sort: FindingSort,
) =>
  infiniteQueryOptions({
    queryKey: [company, 'import', id, 'findings', version, kind, sort],
    queryFn: ({ pageParam: after }) =>
      answerOf(
        api.GET('/v1/companies/{company}/imports/{import}/findings', {
          params: {
            path: { company, import: id },
            query: { kind, sort, limit: 100, ...(after === undefined ? {} : { after }) },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });

/** Begins an import, and sends it the files one after the other. */
export async function importFiles(company: string, files: readonly File[]): Promise<Import> {
  const made = await answerOf(api.POST('/v1/companies/{company}/imports', { params: { path: { company } } } as never));
  return addFiles(company, made as Import, files);
}

/** Adds files to an import; one of the same name is replaced. */
export async function addFiles(company: string, made: Import, files: readonly File[]): Promise<Import> {
  let now = made;
  for (const file of files) {
    now = await answerOf(
      api.PUT('/v1/companies/{company}/imports/{import}/files/{file}', {
        params: { path: { company, import: made.id, file: file.name } },
        body: file as never,
        bodySerializer: (body: unknown) => body as BodyInit,
        headers: { 'content-type': 'application/octet-stream' },
      } as never),
    );
  }
  return now;
}
