import { Readable } from 'node:stream';
import { choicesOf, errorFile, firstRows, lookAtFiles, shownLook } from '@ledgerpost/batching';
import { Refusal } from '@ledgerpost/core';
import { readOwnMapping } from '@ledgerpost/intake';
import {
  addImportFile,
  changeImport,
  createImport,
  discardImport,
  FINDING_KINDS,
  getImport,
  IMPORT_FINDING_SORTS,
  type ImportRow,
  keepAssigned,
  listImportFiles,
  listImportFindings,
  listImports,
  removeImportFile,
} from '@ledgerpost/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { atPace } from '../../intake/at-pace.ts';
import { after, companyParams, errorAnswers, limit, page } from '../../views/views.ts';
import {
  correctionView,
  coverView,
  fileName,
  findingView,
  IMPORT,
  importParams,
  importView,
  lookedView,
  showImport,
} from './import-views.ts';

/** Everyone who may read, and those who bring files. */
const SEES = company(...READERS, 'source');
const BRINGS = company('source');

/** Files in, what they are, and what a person says about them. */
export function importRoutes(app: App, deps: RouteDeps): void {
  const { store } = deps;
  const { sql } = store;
  const at = '/v1/companies/:company/imports';

  app.post(
    at,
    {
      config: { access: BRINGS },
      schema: {
        tags: ['imports'],
        summary: 'Begin an import, with its first file or without',
        description:
          'Send a file as application/octet-stream, with its name in `file`; or send nothing, and put the files next. Files are stored as they come and deleted after 30 days.',
        consumes: ['application/octet-stream', 'application/json'],
        params: companyParams,
        querystring: z.strictObject({ file: fileName.optional() }),
        response: { 201: importView, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { file } = request.query;
      const isStream = request.body === request.raw;
      if (isStream && file === undefined)
        throw new Refusal('bad-request', 'Name the file in the query: ?file=invoices.csv.', {
          fields: [{ field: 'query.file', message: 'The name is missing.' }],
        });
      if (!isStream && Object.keys((request.body as object | null | undefined) ?? {}).length > 0)
        throw new Refusal('bad-request', 'Send the file as application/octet-stream, or begin the import with no body.');
      const made = await createImport(store, { companyId: request.company.id, actor: request.caller.actor });
      if (isStream) await receive(request as FastifyRequest, reply, made, file!);
      return reply.code(201).send(await shown(await changed(request.company.id, made.id)));
    },
  );

  app.put(
    `${at}/:import/files/:file`,
    {
      config: { access: BRINGS },
      schema: {
        tags: ['imports'],
        summary: 'Add a file to an import',
        description: 'A file of the same name is replaced. The files of an import may have 1 GB together.',
        consumes: ['application/octet-stream'],
        params: importParams.extend({ file: fileName }),
        response: { 200: importView, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { import: id, file } = request.params;
      if (request.body !== request.raw) throw new Refusal('unsupported-media-type', 'Send the file as application/octet-stream.');
      const row = await changeImport(sql, request.company.id, id, {});
      await receive(request as FastifyRequest, reply, row, file);
      return shown(await changed(request.company.id, id));
    },
  );

  app.delete(
    `${at}/:import/files/:file`,
    {
      config: { access: BRINGS },
      schema: {
        tags: ['imports'],
        summary: 'Remove a file from an import',
        params: importParams.extend({ file: fileName }),
        response: { 200: importView, ...errorAnswers },
      },
    },
    async (request) => {
      const { import: id, file } = request.params;
      await changeImport(sql, request.company.id, id, {});
      if (!(await removeImportFile(sql, id, file))) throw new Refusal('not-found', `The import has no file ${file}.`);
      return shown(await changed(request.company.id, id));
    },
  );

  app.put(
    `${at}/:import/mapping`,
    {
      config: { access: BRINGS },
      schema: {
        tags: ['imports'],
        summary: 'Say how the files of an import are read',
        description:
          'Whole mappings, or changes of a preset: `{ "extends": "jobber-invoices", "values": { "status": { "Sent": "finalized" } } }`. They come before the company’s own mappings and the presets. The answer shows what each file is now.',
        params: importParams,
        body: z.strictObject({ mappings: z.array(z.unknown()).max(20) }),
        response: { 200: importView, ...errorAnswers },
      },
    },
    async (request) => {
      const { mappings } = request.body;
      needMappings(mappings);
      await changeImport(sql, request.company.id, request.params.import, { mappings });
      return shown(await changed(request.company.id, request.params.import));
    },
  );

  app.put(
    `${at}/:import/corrections`,
    {
      config: { access: BRINGS },
      schema: {
        tags: ['imports'],
        summary: 'Correct cells of an import',
        description: 'All corrections of the import; the files stay as they came. Then check again.',
        params: importParams,
        body: z.strictObject({ corrections: z.array(correctionView).max(5_000) }),
        response: { 200: importView, ...errorAnswers },
      },
    },
    async (request) => shown(await changeImport(sql, request.company.id, request.params.import, request.body)),
  );

  app.put(
    `${at}/:import/cover`,
    {
      config: { access: BRINGS },
      schema: {
        tags: ['imports'],
        summary: 'Say what the files cover',
        description:
          'All records of a type that are dated in these days, whatever their status. The check then lists those that came by the same mappings and are no longer in the files. Without a cover, nothing is concluded from absence.',
        params: importParams,
        body: z.strictObject({ cover: coverView.nullable() }),
        response: { 200: importView, ...errorAnswers },
      },
    },
    async (request) => {
      const { cover } = request.body;
      if (cover !== null && !choicesOf(cover.type).includes(cover.choice)) {
        const message = `A ${cover.type} that is absent can be ${choicesOf(cover.type).join(' or ')}, not ${cover.choice}.`;
        throw new Refusal('bad-request', message, { fields: [{ field: 'body.cover.choice', message }] });
      }
      return shown(await changeImport(sql, request.company.id, request.params.import, { cover }));
    },
  );

  app.get(
    at,
    {
      config: { access: SEES },
      schema: {
        tags: ['imports'],
        summary: 'The imports of a company, newest first',
        params: companyParams,
        querystring: z.strictObject({ after, limit: limit(100, 20) }),
        response: { 200: page(importView), ...errorAnswers },
      },
    },
    async (request) => {
      const found = await listImports(store, { companyId: request.company.id, ...request.query });
      return { ...found, rows: await Promise.all(found.rows.map(shown)) };
    },
  );

  app.get(
    `${at}/${IMPORT}`,
    {
      config: { access: SEES },
      schema: {
        tags: ['imports'],
        summary: 'One import: its state, progress and last check',
        params: importParams,
        response: { 200: importView, ...errorAnswers },
      },
    },
    async (request) => shown(await importOf(request.company.id, request.params.import)),
  );

  app.delete(
    `${at}/${IMPORT}`,
    {
      config: { access: BRINGS },
      schema: {
        tags: ['imports'],
        summary: 'Discard an import that was not applied',
        params: importParams,
        response: { 204: z.null().describe('It is discarded, and its files are deleted'), ...errorAnswers },
      },
    },
    async (request, reply) => {
      await sql.begin((tx) => discardImport(tx, request.company.id, request.params.import, request.caller.actor));
      return reply.code(204).send(null);
    },
  );

  app.get(
    `${at}/:import/first-rows`,
    {
      config: { access: SEES },
      schema: {
        tags: ['imports'],
        summary: 'The first rows of each file beside the records that they make',
        params: importParams,
        response: {
          200: z.object({
            looked: lookedView,
            files: z
              .array(
                z.object({
                  file: z.string(),
                  headers: z.array(z.string()).readonly(),
                  rows: z.array(z.object({ row: z.number().int(), cells: z.array(z.string()).readonly() })).readonly(),
                }),
              )
              .readonly(),
            records: z
              .array(
                z.object({
                  record: z.record(z.string(), z.unknown()),
                  file: z.string(),
                  rows: z.array(z.number().int()).readonly(),
                }),
              )
              .readonly(),
            unreadable: z
              .array(
                z.object({
                  file: z.string(),
                  row: z.number().int(),
                  column: z.string().optional(),
                  value: z.string().optional(),
                  code: z.string(),
                  message: z.string(),
                }),
              )
              .readonly(),
            questions: z
              .array(
                z.object({
                  key: z.string(),
                  file: z.string(),
                  column: z.string(),
                  example: z.string(),
                  choices: z.array(z.string()).readonly(),
                }),
              )
              .readonly(),
          }),
          ...errorAnswers,
        },
      },
    },
    async (request) => {
      const row = await importOf(request.company.id, request.params.import);
      const first = await firstRows(sql, request.company, row);
      return first as unknown as typeof first & { looked: z.output<typeof lookedView> };
    },
  );

  app.get(
    `${at}/:import/findings`,
    {
      config: { access: SEES },
      schema: {
        tags: ['imports'],
        summary: 'What the last check, apply or undo found, one thing a row',
        description: 'Unreadable and held-back rows and questions are all there; of other kinds the first 1,000 of each code.',
        params: importParams,
        querystring: z.strictObject({
          kind: z.enum(FINDING_KINDS).optional(),
          sort: z
            .enum(IMPORT_FINDING_SORTS)
            .default('seq')
            .describe('With a hyphen, the other way round. `seq` is the order in which they were found'),
          after,
          limit: limit(500, 100),
        }),
        response: { 200: page(findingView), ...errorAnswers },
      },
    },
    async (request) => {
      const row = await importOf(request.company.id, request.params.import);
      const found = await listImportFindings(sql, { importId: row.id, ...request.query });
      return {
        ...found,
        rows: found.rows.map(({ importId: _, seq: __, type, recordId, ...finding }) => ({
          ...finding,
          record: type === null || recordId === null ? null : { type, id: recordId },
        })),
      };
    },
  );

  app.get(
    `${at}/:import/files/:file/errors`,
    {
      config: { access: SEES },
      schema: {
        tags: ['imports'],
        summary: 'The rows of a file that could not be read, as CSV',
        description:
          'The rows as they came, with a first column that states the reason. Of a record of several rows, all of them. Correct them and import the file again: only they come in.',
        params: importParams.extend({ file: fileName }),
        response: { 200: z.any().describe('text/csv'), ...errorAnswers },
      },
    },
    async (request, reply) => {
      const row = await importOf(request.company.id, request.params.import);
      const file = (await listImportFiles(sql, row.id)).find(({ name }) => name === request.params.file);
      if (file === undefined) throw new Refusal('not-found', `The import has no file ${request.params.file}.`);
      const name = `${file.name.replace(/\.[^.]+$/, '')} to correct.csv`;
      reply.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
      return reply
        .type('text/csv; charset=utf-8')
        .serializer(String)
        .send(Readable.from(errorFile(sql, row, file)));
    },
  );

  async function importOf(companyId: string, id: string): Promise<ImportRow> {
    const row = await getImport(sql, companyId, id);
    if (row === undefined) throw new Refusal('not-found', `The company has no import ${id}.`);
    return row;
  }

  /** After a change: what each file is now. */
  async function changed(companyId: string, id: string): Promise<ImportRow> {
    const row = await importOf(companyId, id);
    const assigned = shownLook(await lookAtFiles(sql, row));
    await keepAssigned(sql, id, assigned);
    return { ...row, assigned };
  }

  async function shown(row: ImportRow): Promise<z.output<typeof importView>> {
    return showImport(row, await listImportFiles(sql, row.id));
  }

  async function receive(request: FastifyRequest, reply: FastifyReply, { id }: ImportRow, file: string): Promise<void> {
    try {
      await addImportFile(store, id, file, atPace(request.raw.iterator({ destroyOnReturn: false })));
    } catch (error) {
      // Reads on for a moment, so that the sender receives the answer, and then closes the connection.
      reply.header('Connection', 'close');
      request.raw.resume();
      setTimeout(() => request.raw.destroy(), 5_000).unref();
      throw error;
    }
  }
}

/** @throws Refusal `bad-mapping` */
export function needMappings(mappings: readonly unknown[]): void {
  const fields = mappings.flatMap((value, at) => {
    const read = readOwnMapping(value);
    return 'known' in read
      ? []
      : read.faults.map(({ field, message }) => ({ field: `mappings.${at}${field === '' ? '' : `.${field}`}`, message }));
  });
  if (fields.length === 0) return;
  throw new Refusal('bad-mapping', `${fields[0]!.field}: ${fields[0]!.message}`, { fields: fields.slice(0, 50) });
}
